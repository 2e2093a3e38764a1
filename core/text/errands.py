"""*Errands*: one thing to keep in mind past many that do not matter.

    Anna needs tea. She sees fish. She sees rice. She buys tea.

Every word but the last can be guessed from the few words before it, or is left to chance. The last
one was said at the beginning, and any number of other things lies between: nothing but memory can say it.
After the long time lag problems of Hochreiter and Schmidhuber 1997, section 5, which made the LSTM
known; there, too, what stands between looks like what must be kept.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.text.corpus import Corpus
from core.text.story_writer import STORY_BREAK, StoryWriter

MOST_SEEN = 12
"""So that an errand, with words as tokens, fits into a window of 64."""

_ONE_MORE = 0.6
"""How likely one more thing is seen: short ways are frequent, since a memory that does not yet last a few
words learns nothing from long ones."""


@dataclass(frozen=True)
class Market:
    """Errands in one language. ``girls`` and ``boys`` are those who are "she" and "he"; a thing is one
    token wherever it stands. The sentences are templates, see ``_tell``."""

    girls: tuple[str, ...]
    boys: tuple[str, ...]
    she: str
    he: str
    things: tuple[str, ...]
    needs: str
    sees: str
    buys: str

    @property
    def spaced(self) -> bool:
        """Whether a space stands before each word."""
        return self.needs.count(" ") > 0


ENGLISH = Market(
    girls=("Anna", "Clara", "Emma", "Mia"),
    boys=("Ben", "David", "Leo", "Noah"),
    she="She",
    he="He",
    things=(
        *("tea", "bread", "fish", "cheese", "honey", "rice", "salt", "soap"),
        *("milk", "butter", "sugar", "wine", "rope", "wool", "corn", "paper"),
    ),
    needs="{name} needs {needed}.",
    sees=" {he} sees {other}.",
    buys=" {he} buys {bought}.",
)
CHINESE = Market(
    girls=("小红", "小美", "小云", "小玉"),
    boys=("小明", "小刚", "小军", "小龙"),
    she="她",
    he="他",
    things=tuple("茶鱼米菜花肉布书盐糖油蛋纸笔酒瓜"),
    needs="{name}要买{needed}。{he}",
    sees="看见{other}，",
    buys="买了{bought}。",
)
MARKETS = {"errands": ENGLISH, "errands_zh": CHINESE}
"""By the name of their corpus."""


def errands(count: int, seed: int) -> Corpus:
    """``count`` English errands, a blank line between two; the same seed begins the same way."""
    return _write(ENGLISH, count, seed)


def errands_zh(count: int, seed: int) -> Corpus:
    """``count`` Chinese errands, a blank line between two; the same seed begins the same way."""
    return _write(CHINESE, count, seed)


def one_errand(market: Market, seen: int, seed: int) -> tuple[str, str]:
    """An errand with exactly so many things seen, up to the thing that is bought; and that thing as it
    goes on there, with the space before it if there is one."""
    writer = StoryWriter(np.random.default_rng((seed, seen)))
    _tell(writer, market, seen)
    (recall,) = (link for link in writer.corpus().links if link.kind == "recall")
    told = writer.corpus().text[: recall.source[1]]
    start = len(told[: recall.source[0]].rstrip(" "))
    return told[:start], told[start:]


def _write(market: Market, count: int, seed: int) -> Corpus:
    rng = np.random.default_rng(seed)
    writer = StoryWriter(rng)
    for number in range(count):
        if number:
            writer.write(STORY_BREAK)
        seen = math.floor(math.log(1 - rng.random()) / math.log(_ONE_MORE))
        _tell(writer, market, min(seen, MOST_SEEN))
        writer.end_story()
    writer.write("\n")
    return writer.corpus()


def _tell(writer: StoryWriter, market: Market, seen: int) -> None:
    """Write one errand with so many things seen on the way."""
    she = writer.chance(0.5)
    name = writer.choose(market.girls if she else market.boys)
    needed = writer.choose(market.things)

    def fill(slot: str) -> None:
        match slot:
            case "name":
                writer.mention("hero", name)
            case "he":
                writer.refer("pronoun", "hero", market.she if she else market.he)
            case "needed":
                writer.mention("thing", needed)
            case "other":
                writer.write(writer.choose(market.things))
            case "bought":
                writer.refer("recall", "thing", needed)

    for sentence in (market.needs, *(market.sees,) * seen, market.buys):
        writer.tell(sentence, fill)
