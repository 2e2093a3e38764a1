"""Where Chinese words end: the longest one that is known, from left to right.

Chinese is written without spaces. The course's own stories know their words; of any other text, what
stands in no list is cut into single characters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from core.text.lexicon_zh import ANIMALS, BOYS, FOODS, GIRLS, PLACES, SPOTS, THING_GROUPS, WORDS
from core.text.meaning import opposites, professions


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_OF_THE_TEMPLATES = _words(
    "一天 早上 昨天 下午 星期一 星期六 星期天 春天 夏天 秋天 冬天 上个月 时候 放学 以后 午饭 下雨 来到 "
    "发现 感到 很久 听见 看见 帮忙 帮 回来 找到 接过 送给 带来 拿出 拿起 想要 放在 来看 走到 上去 吃饱 "
    "跟着 遇见 喜欢 后来 自己 我们 你们 他们 她们 起来 过来 高兴 大声 小声 着急 不停 开心 回家 睡着 晚饭 "
    "休息 心里 舍不得 离开 忘了 时间 一直 天黑 怎么办 帮帮 哪儿 真是 谢谢 幸运 害怕 担心 这儿 竹子 木头 "
    "问道 喊道"
)
"""What the stories say between their nouns and verbs."""


def cut_han(run: str) -> Iterator[str]:
    """The words of a text without spaces: at each place the longest that is known, else one character
    (forward maximum matching)."""
    known, place = _lengths(), 0
    while place < len(run):
        for length in known.get(run[place], ()):
            if run[place : place + length] in _known_words():
                break
        else:
            length = 1
        yield run[place : place + length]
        place += length


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """The lengths of the known words by their first character, the longest first."""
    lengths: dict[str, set[int]] = defaultdict(set)
    for word in _known_words():
        lengths[word[0]].add(len(word))
    return {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}


@cache
def _known_words() -> frozenset[str]:
    """All known words of two characters and more."""
    nouns = [noun for group in THING_GROUPS for noun in group] + [*ANIMALS, *FOODS]
    told = [*WORDS["mood"], *WORDS["sorrow"], *WORDS["side"]]
    found = {*GIRLS, *BOYS, *PLACES, *SPOTS, *_OF_THE_TEMPLATES, *told}
    found |= opposites.CHINESE_WORDS | professions.CHINESE_WORDS
    for noun in nouns:
        found |= {noun.word, noun.verb, *noun.predicates}
        found |= {attribute.removesuffix("的") for attribute in noun.attributes}
    return frozenset(w for w in found if len(w) > 1 and not w.startswith("又") and "做" not in w)
