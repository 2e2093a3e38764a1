"""*Asides*: sentences with quotations, brackets within brackets, and lines that end where they are full.

    Mia says: "The dogs near the well are asleep."
    The key (since May (or June)) behind the bowls is
    rusty. ...

Made for looking for a unit that keeps track of something. Each of four things is known at every
token: whether it stands between quotation marks, how deep in brackets, how far from the beginning of
its line, and whether the sentence that is going on has a subject of one or of many. After the cells of
Karpathy, Johnson and Fei-Fei 2015, "Visualizing and understanding recurrent networks", section 4.2,
and the number of Linzen, Dupoux and Goldberg 2016. Words and templates are our own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from core.text.corpus import Corpus, Link
from core.text.story_writer import STORY_BREAK, StoryWriter

DEEPEST = 3
"""Brackets within brackets."""

_QUOTED, _ONE_MORE_QUOTED = 0.35, 0.4
_BRACKETS, _DEEPER = 0.5, 0.5
_BESIDE = 0.7
_MANY = 0.5


@dataclass(frozen=True)
class Subject:
    """A noun for one and for many, and what such a thing can be like."""

    one: str
    many: str
    like: tuple[str, ...]


@dataclass(frozen=True)
class Tongue:
    """Asides in one language. ``width``: the most characters in a line. ``spaced``: whether lines end at
    spaces only. ``verbs`` are for one and for many; ``says`` is a template of who speaks."""

    names: tuple[str, ...]
    subjects: tuple[Subject, ...]
    before: str
    beside: Callable[[StoryWriter, str], str]
    verbs: tuple[str, str]
    says: str
    quotes: tuple[str, str]
    brackets: tuple[str, str]
    asides: tuple[str, ...]
    stop: str
    width: int
    spaced: bool


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _subjects(rows: Sequence[str]) -> tuple[Subject, ...]:
    subjects = []
    for row in rows:
        noun, like = row.split(":")
        one, many = noun.split("/")
        subjects.append(Subject(one, many, _words(like)))
    return tuple(subjects)


_NEAR = _words("near behind beside under")
_NEAR_ZH = _words("旁边 后面 前面")

ENGLISH = Tongue(
    names=_words("Anna Ben Clara David Emma Leo Mia Noah"),
    subjects=_subjects(
        (
            "dog/dogs:asleep hungry wet",
            "cat/cats:asleep shy hungry",
            "bird/birds:shy loud wet",
            "key/keys:rusty old lost",
            "cup/cups:clean old full",
            "bell/bells:loud old rusty",
            "coat/coats:wet old lost",
            "box/boxes:full heavy old",
        )
    ),
    before="The ",
    beside=lambda writer, noun: f" {writer.choose(_NEAR)} the {noun}",
    verbs=("is", "are"),
    says="{name} says: ",
    quotes=('"', '"'),
    brackets=("(", ")"),
    asides=(
        "since May",
        "so they say",
        "it seems",
        "all day long",
        "as ever",
        "or nearly so",
        "who knows why",
        "at least today",
    ),
    stop=".",
    width=44,
    spaced=True,
)
CHINESE = Tongue(
    names=_words("小红 小美 小云 小玉 小明 小刚 小军 小龙"),
    subjects=_subjects(
        (
            "孩子/孩子们:睡着了 饿了 累了",
            "老师/老师们:累了 走了 来了",
            "小猫/小猫们:睡着了 饿了 躲着",
            "小狗/小狗们:饿了 湿了 来了",
            "小鸟/小鸟们:飞了 湿了 躲着",
            "客人/客人们:来了 走了 醒着",
        )
    ),
    before="",
    beside=lambda writer, noun: f"在{noun}{writer.choose(_NEAR_ZH)}",
    verbs=("", "都"),
    says="{name}说：",
    quotes=("“", "”"),
    brackets=("（", "）"),
    asides=_words("从早上起 听人说 好像是 整整一天 和往常一样 差不多 谁知道呢 至少今天"),
    stop="。",
    width=18,
    spaced=False,
)


def asides(count: int, seed: int) -> Corpus:
    """``count`` English passages, a blank line between two; the same seed begins the same way."""
    return _write(ENGLISH, count, seed)


def asides_zh(count: int, seed: int) -> Corpus:
    """``count`` Chinese passages, a blank line between two; the same seed begins the same way."""
    return _write(CHINESE, count, seed)


def _write(tongue: Tongue, count: int, seed: int) -> Corpus:
    writer = StoryWriter(np.random.default_rng(seed))
    for number in range(count):
        if number:
            writer.write(STORY_BREAK)
        for sentence in range(3 + int(3 * _uniform(writer))):
            if sentence and tongue.spaced:
                writer.write(" ")
            _tell(writer, tongue)
        writer.end_story()
    writer.write("\n")
    return _in_lines(writer.corpus(), tongue)


def _uniform(writer: StoryWriter) -> float:
    """From 0 to below 1, in hundredths."""
    return writer.choose(range(100)) / 100


def _tell(writer: StoryWriter, tongue: Tongue) -> None:
    """A sentence, or what somebody says: one sentence or some."""
    if not writer.chance(_QUOTED):
        _state(writer, tongue)
        return
    opening, closing = tongue.quotes
    writer.write(tongue.says.format(name=writer.choose(tongue.names)) + opening)
    _state(writer, tongue)
    while writer.chance(_ONE_MORE_QUOTED):
        writer.write(" " * tongue.spaced)
        _state(writer, tongue)
    writer.write(closing)


def _state(writer: StoryWriter, tongue: Tongue) -> None:
    """A subject, perhaps what it is beside, perhaps an aside, and what it is like."""
    subject = writer.choose(tongue.subjects)
    many = writer.chance(_MANY)
    writer.write(tongue.before)
    writer.mention("subject", subject.many if many else subject.one)
    if writer.chance(_BESIDE):
        other = writer.choose([one for one in tongue.subjects if one is not subject])
        writer.write(tongue.beside(writer, other.many if writer.chance(_MANY) else other.one))
    if writer.chance(_BRACKETS):
        writer.write(" " * tongue.spaced)
        _aside(writer, tongue, 1)
    writer.write(" " * tongue.spaced)
    like = writer.choose(subject.like)
    verb = tongue.verbs[many]
    writer.refer("agreement", "subject", verb or like)
    writer.write((" " * tongue.spaced + like if verb else "") + tongue.stop)


def _aside(writer: StoryWriter, tongue: Tongue, depth: int) -> None:
    """Words in brackets, perhaps with more brackets in them."""
    opening, closing = tongue.brackets
    writer.write(opening + writer.choose(tongue.asides))
    if depth < DEEPEST and writer.chance(_DEEPER):
        writer.write(" " * tongue.spaced)
        _aside(writer, tongue, depth + 1)
    writer.write(closing)


def _in_lines(corpus: Corpus, tongue: Tongue) -> Corpus:
    """The same text, broken where the next word, or sign, would not fit into the line.

    A space becomes the break. Where there are none a break comes between two signs, and what follows moves
    on by one; a closing sign or a stop stays on the line that it ends, an opening one goes to the next.
    """
    if tongue.spaced:
        return Corpus(_broken_at_spaces(corpus.text, tongue.width), corpus.links)
    pieces: list[str] = []
    moved: list[int] = []
    length = added = 0
    never_first = {tongue.stop, tongue.quotes[1], tongue.brackets[1], "："}
    never_last = {tongue.quotes[0], tongue.brackets[0]}
    for sign in corpus.text:
        if sign == "\n":
            length = 0
        elif length >= tongue.width - (sign in never_last) and sign not in never_first:
            pieces.append("\n")
            length, added = 1, added + 1
        else:
            length += 1
        moved.append(added)
        pieces.append(sign)
    links = tuple(
        Link(link.kind, _moved(link.source, moved), _moved(link.target, moved))
        for link in corpus.links
    )
    return Corpus("".join(pieces), links)


def _moved(span: tuple[int, int], moved: Sequence[int]) -> tuple[int, int]:
    """Where the signs of a span stand now; a break within it belongs to it."""
    start, end = span
    return start + moved[start], end + moved[end - 1]


def _broken_at_spaces(text: str, width: int) -> str:
    """With as many words in each line as fit."""
    signs = list(text)
    line = last = 0
    for place, sign in enumerate(signs):
        if sign == "\n":
            line = place + 1
        elif sign == " ":
            last = place
        if place - line >= width and last > line:
            signs[last] = "\n"
            line = last + 1
    return "".join(signs)
