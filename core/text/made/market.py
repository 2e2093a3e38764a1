"""*Market days*: a thing is needed, others are seen, and the needed one is bought.

    Leo needs soap, sees bread, fish, salt, and buys soap.

The last word was said at the beginning, and what lies between looks exactly like it: only who can
keep it, or look back, says it. *Errands* asks the same (see there) in longer sentences and with
more things; here a story is half as long and a network learns it in seconds.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.text.corpus import Corpus
from core.text.story_writer import STORY_BREAK, StoryWriter

MOST_SEEN = 10
"""So that a story, with words as tokens, fits into a window of 40."""

_ONE_MORE = 0.6
"""How likely one more thing is seen: short ways are frequent, since a memory that does not yet last a few
words learns nothing from long ones."""


@dataclass(frozen=True)
class Stall:
    """Market days in one language; a thing is one token wherever it stands. ``needs`` and ``buys`` are
    templates, ``sees`` and ``seen`` stand before and after the row of things that are seen, and
    ``between`` between two of them."""

    names: tuple[str, ...]
    things: tuple[str, ...]
    needs: str
    sees: str
    between: str
    seen: str
    buys: str

    @property
    def spaced(self) -> bool:
        """Whether a space stands before each word."""
        return " " in self.needs


ENGLISH = Stall(
    names=("Anna", "Ben", "Clara", "David", "Emma", "Leo", "Mia", "Noah"),
    things=(
        *("tea", "bread", "fish", "cheese", "honey", "rice"),
        *("salt", "soap", "milk", "corn", "rope", "wool"),
    ),
    needs="{name} needs {needed}",
    sees=", sees ",
    between=", ",
    seen=",",
    buys=" and buys {bought}.",
)
CHINESE = Stall(
    names=("小红", "小美", "小云", "小玉", "小明", "小刚", "小军", "小龙"),
    things=tuple("茶鱼米菜花布糖纸盐油蛋酒"),
    needs="{name}要{needed}，",
    sees="看见",
    between="、",
    seen="，",
    buys="买了{bought}。",
)
STALLS = {"market": ENGLISH, "market_zh": CHINESE}
"""By the name of their corpus."""


def market(count: int, seed: int) -> Corpus:
    """``count`` English market days, a blank line between two; the same seed begins the same way."""
    return _write(ENGLISH, count, seed)


def market_zh(count: int, seed: int) -> Corpus:
    """``count`` Chinese market days, a blank line between two; the same seed begins the same way."""
    return _write(CHINESE, count, seed)


def one_day(stall: Stall, seen: int, seed: int) -> tuple[str, str]:
    """A market day with exactly so many things seen, up to the thing that is bought; and that thing as it
    goes on there, with the space before it if there is one."""
    writer = StoryWriter(np.random.default_rng((seed, seen)))
    _tell(writer, stall, seen)
    (recall,) = (link for link in writer.corpus().links if link.kind == "recall")
    told = writer.corpus().text[: recall.source[1]]
    start = len(told[: recall.source[0]].rstrip(" "))
    return told[:start], told[start:]


def _write(stall: Stall, count: int, seed: int) -> Corpus:
    rng = np.random.default_rng(seed)
    writer = StoryWriter(rng)
    for number in range(count):
        if number:
            writer.write(STORY_BREAK)
        seen = math.floor(math.log(1 - rng.random()) / math.log(_ONE_MORE))
        _tell(writer, stall, min(seen, MOST_SEEN))
        writer.end_story()
    writer.write("\n")
    return writer.corpus()


def _tell(writer: StoryWriter, stall: Stall, seen: int) -> None:
    """Write one day with so many things seen on the way."""
    name, needed = writer.choose(stall.names), writer.choose(stall.things)

    def fill(slot: str) -> None:
        match slot:
            case "name":
                writer.mention("hero", name)
            case "needed":
                writer.mention("thing", needed)
            case "bought":
                writer.refer("recall", "thing", needed)

    writer.tell(stall.needs, fill)
    if seen:
        row = stall.between.join(writer.choose(stall.things) for _ in range(seen))
        writer.write(stall.sees + row + stall.seen)
    writer.tell(stall.buys, fill)
