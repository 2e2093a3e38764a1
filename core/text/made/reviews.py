"""*Reviews* of an inn: each is for it or against it, and the generator knows which.

Three kinds. In a *plain* one every opinion points the same way. A *negated* one says it by what is not
so: "The soup was not at all stale." A *mixed* one says both, and grammar tells what counts: the
main clause, and what follows "but". "The soup was tasty, but the cook was rude." is against it;
"The soup was tasty, although the cook was rude." has the same opinions and is for it. So whoever counts
words can do the plain ones only. After the contrasts of Socher et al. 2013, "Recursive deep models for
semantic compositionality over a sentiment treebank", section 5.3. Words and templates are our own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.text.corpus import Corpus, Labelled
from core.text.story_writer import STORY_BREAK, StoryWriter
from core.wording import N_

LABELS = (N_("negative"), N_("positive"))
KINDS = (N_("plain"), N_("negated"), N_("mixed"))

_NEGATED, _MIXED = 0.15, 0.25
_ONE_MORE, _NEUTRAL = 0.5, 0.4
_NEGATED_IN_MIXED = 0.25


@dataclass(frozen=True)
class Group:
    """Things at an inn, and what is said against and for them."""

    things: tuple[str, ...]
    against: tuple[str, ...]
    praising: tuple[str, ...]


@dataclass(frozen=True)
class Style:
    """Reviews in one language. ``plain`` and ``negated`` are clauses with a {thing} and a {word};
    ``mixed`` join what does not count, {other}, and what does, {main}; ``neutral`` say nothing."""

    groups: tuple[Group, ...]
    plain: tuple[str, ...]
    negated: tuple[str, ...]
    mixed: tuple[str, ...]
    neutral: tuple[str, ...]
    stop: str
    joined: str


def _group(things: str, against: str, praising: str) -> Group:
    return Group(tuple(things.split()), tuple(against.split()), tuple(praising.split()))


ENGLISH = Style(
    groups=(
        _group(
            "soup bread fish cake coffee salad", "bland stale awful tasteless cold",
            "tasty fresh delicious wonderful crisp",
        ),
        _group(
            "cook waiter staff owner", "rude slow careless grumpy lazy",
            "kind friendly quick helpful polite",
        ),
        _group(
            "room garden terrace kitchen", "dirty noisy dark crowded shabby",
            "clean cosy bright quiet lovely",
        ),
    ),
    plain=("the {thing} was {word}", "the {thing} was very {word}", "the {thing} was really {word}"),
    negated=(
        "the {thing} was not {word}", "the {thing} was not at all {word}",
        "the {thing} was far from {word}",
    ),
    mixed=("{other}, but {main}", "although {other}, {main}", "{main}, although {other}"),
    neutral=(
        "We came on Monday.", "We came by train.", "My sister chose the place.", "It rained all day.",
        "We sat near the door.", "There were four of us.",
    ),
    stop=".",
    joined=" ",
)  # fmt: skip
CHINESE = Style(
    groups=(
        _group("汤 鱼 面条 蛋糕 点心 饺子", "难吃 油腻 寡淡 发酸 粗糙", "好吃 新鲜 可口 地道 清爽"),
        _group("服务员 老板 厨师 店员", "冷淡 马虎 粗心 急躁 懒散", "热情 耐心 细心 周到 亲切"),
        _group("房间 院子 大厅 包间", "脏乱 嘈杂 昏暗 拥挤 破旧", "干净 舒适 明亮 安静 雅致"),
    ),
    plain=("{thing}很{word}", "{thing}非常{word}", "{thing}真的{word}"),
    negated=("{thing}并不{word}", "{thing}一点也不{word}", "{thing}谈不上{word}"),
    mixed=("{other}，但是{main}", "虽然{other}，{main}", "{main}，虽然{other}"),
    neutral=(
        "我们星期一去的。", "我们坐火车去的。", "地方是妹妹选的。", "那天一直下雨。",
        "我们坐在门口。", "我们一共四个人。",
    ),
    stop="。",
    joined="",
)  # fmt: skip


def reviews(count: int, seed: int) -> Corpus:
    """``count`` English reviews, a blank line between two; the same seed begins the same way."""
    return _write(ENGLISH, count, seed)


def reviews_zh(count: int, seed: int) -> Corpus:
    """``count`` Chinese reviews, a blank line between two; the same seed begins the same way."""
    return _write(CHINESE, count, seed)


def _write(style: Style, count: int, seed: int) -> Corpus:
    writer = StoryWriter(np.random.default_rng(seed))
    labelled = []
    for number in range(count):
        if number:
            writer.write(STORY_BREAK)
        good = writer.chance(0.5)
        kind = (
            "negated" if writer.chance(_NEGATED)
            else "mixed" if writer.chance(_MIXED / (1 - _NEGATED))
            else "plain"
        )  # fmt: skip
        review = style.joined.join(_sentences(writer, style, kind, good))
        labelled.append(Labelled(writer.write(review), int(good), kind))
    writer.write("\n")
    return Corpus(writer.corpus().text, labelled=tuple(labelled))


def _sentences(writer: StoryWriter, style: Style, kind: str, good: bool) -> list[str]:
    """One that counts, or two of plain opinions, and perhaps one before or after it that says nothing."""
    if kind == "mixed":
        one = writer.choose(style.groups)
        two = writer.choose([group for group in style.groups if group is not one])
        main = _opinion(writer, style, one, good, writer.chance(_NEGATED_IN_MIXED))
        other = _opinion(writer, style, two, not good, writer.chance(_NEGATED_IN_MIXED))
        clauses = [writer.choose(style.mixed).format(main=main, other=other)]
    else:
        clauses = []
        while not clauses or (len(clauses) < 3 and writer.chance(_ONE_MORE)):
            group = writer.choose(style.groups)
            clauses.append(_opinion(writer, style, group, good, kind == "negated"))
    sentences = [clause[:1].upper() + clause[1:] + style.stop for clause in clauses]
    if writer.chance(_NEUTRAL):
        sentences.insert(0, writer.choose(style.neutral))
    if writer.chance(_NEUTRAL):
        sentences.append(writer.choose(style.neutral))
    return sentences


def _opinion(writer: StoryWriter, style: Style, group: Group, good: bool, negated: bool) -> str:
    """A clause for or against something of the group, by a word or by the denial of its opposite."""
    word = writer.choose(group.praising if good != negated else group.against)
    clause = writer.choose(style.negated if negated else style.plain)
    return clause.format(thing=writer.choose(group.things), word=word)
