"""Which kind of word each one of the tales is: known, since the tales are made of lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

from core.text import lexicon, lexicon_zh
from core.text.corpora import CORPORA
from core.wording import N_

CLASS_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "girls": N_("girls' names"),
        "boys": N_("boys' names"),
        "animals": N_("animals"),
        "things": N_("things"),
        "spots": N_("things to stand beside"),
        "places": N_("where it happens"),
        "food": N_("food for animals"),
        "actions": N_("what is done"),
        "qualities": N_("what things are like"),
        "feelings": N_("feelings"),
        "times": N_("when it happens"),
        "numbers": N_("how many"),
        "measures": N_("measure words"),
    }
)
"""How people call each class, in English, in the order in which they are listed."""


def word_classes(corpus: str) -> Mapping[str, str]:
    """The class of each word of a corpus that has one, a key of CLASS_NAMES. Empty for a corpus that knows of
    none.

    A word with two uses has none: who would say whether it was placed rightly?
    """
    return _CLASSES[corpus]() if corpus in _CLASSES else MappingProxyType({})


def word_groups(corpus: str) -> Mapping[str, str]:
    """For each thing of a corpus what one does with it: things of one group are told of in the same words.
    Empty for a corpus that knows of none."""
    return _GROUPS[corpus]() if corpus in _GROUPS else MappingProxyType({})


def _single(members: Mapping[str, Iterable[str]]) -> Mapping[str, str]:
    """The one set that each word is in; words of two are left out."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    for name, words in members.items():
        for word in dict.fromkeys(words):
            if found.setdefault(word, name) != name:
                twice.add(word)
    return MappingProxyType({w: name for w, name in found.items() if w not in twice})


def _forms(nouns: Iterable[lexicon.Noun]) -> list[str]:
    return [form for noun in nouns for form in (noun.singular, noun.plural)]


def _parted(phrases: Iterable[str]) -> list[str]:
    """The first words of phrases: "went" of "went home"."""
    return [phrase.split()[0] for phrase in phrases]


@cache
def _english_classes() -> Mapping[str, str]:
    words = lexicon.WORDS
    things = [noun for group in lexicon.THING_GROUPS for noun in group]
    nouns = (*things, *lexicon.ANIMALS)
    told = ("searched", "came", "saw", "said", "got", "put", "smiled", "gave", "fed", "thanked")
    actions = [word for name in (*told, "followed") for word in words[name]]
    return _single(
        {
            "girls": lexicon.GIRLS,
            "boys": lexicon.BOYS,
            "animals": _forms(lexicon.ANIMALS),
            "things": _forms(things),
            "spots": _forms(lexicon.SPOTS),
            "places": [phrase.split()[-1] for phrase in lexicon.PLACES],
            "food": _forms(lexicon.SNACKS),
            "actions": [*(noun.verb for noun in nouns), *actions, *_parted(words["went"])],
            "qualities": [adjective for noun in nouns for adjective in noun.adjectives],
            "feelings": [*words["mood"], *words["sorrow"], *words["state"]],
            "times": [
                *("morning", "evening", "day", "summer", "winter", "Monday", "Tuesday", "Friday"),
                *("Saturday", "Sunday", "week", "month", "lunch", "dinner", "breakfast"),
            ],
            "numbers": words["number"],
        }
    )


@cache
def _chinese_classes() -> Mapping[str, str]:
    words = lexicon_zh.WORDS
    things = [noun for group in lexicon_zh.THING_GROUPS for noun in group]
    nouns = (*things, *lexicon_zh.ANIMALS, *lexicon_zh.FOODS)
    like = [word for noun in nouns for word in noun.predicates]
    attributes = [a.removesuffix("的") for noun in nouns for a in noun.attributes]
    return _single(
        {
            "girls": lexicon_zh.GIRLS,
            "boys": lexicon_zh.BOYS,
            "animals": [noun.word for noun in lexicon_zh.ANIMALS],
            "things": [noun.word for noun in things],
            "spots": lexicon_zh.SPOTS,
            "places": lexicon_zh.PLACES,
            "food": [noun.word for noun in lexicon_zh.FOODS],
            "actions": [noun.verb for noun in nouns if noun.verb],
            "qualities": [*like, *attributes],
            "feelings": [*words["mood"], *words["sorrow"]],
            "times": [
                "星期一",
                "星期六",
                "星期天",
                "春天",
                "夏天",
                "秋天",
                "冬天",
                "上个月",
                "早上",
                "下午",
            ],
            "measures": [noun.measure for noun in nouns],
        }
    )


@cache
def _english_groups() -> Mapping[str, str]:
    return _single(
        {group[0].verb + group[0].singular: _forms(group) for group in lexicon.THING_GROUPS}
    )


@cache
def _chinese_groups() -> Mapping[str, str]:
    groups: dict[str, list[str]] = {}
    for group in lexicon_zh.THING_GROUPS:
        groups.setdefault(group[0].verb, []).extend(noun.word for noun in group)
    return _single(groups)


_CLASSES = {"tales": _english_classes, "tales_zh": _chinese_classes}
_GROUPS = {"tales": _english_groups, "tales_zh": _chinese_groups}
assert _CLASSES.keys() <= CORPORA.keys()
