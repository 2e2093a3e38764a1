"""A small text about people at work in which "she" and "he" are as unequal as one likes.

The half of the work that is listed first is done by women in the share of its sentences that is asked
for, and the other half by men in the same share. So it is known how unequal the text is, and one can see
whether vectors of its words are. The other sentences say what women and men do besides, both the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

Language = Literal["en", "zh"]

JOBS: Mapping[Language, tuple[str, ...]] = {
    "en": (
        *("nurse", "teacher", "dancer", "writer", "baker", "singer", "doctor"),
        *("pilot", "judge", "farmer", "painter", "driver", "lawyer", "plumber"),
    ),
    "zh": (
        *("护士", "老师", "舞蹈家", "作家", "面包师", "歌手", "医生"),
        *("飞行员", "法官", "农民", "画家", "司机", "律师", "水管工"),
    ),
}
"""The work that people do; of the first half the share of women is what is asked for."""

PAIRS: Mapping[Language, tuple[tuple[str, str], ...]] = {
    "en": (("he", "she"), ("man", "woman"), ("brother", "sister"), ("Mr", "Mrs")),
    "zh": (("他", "她"), ("男人", "女人"), ("哥哥", "姐姐"), ("先生", "女士")),
}
"""Words that differ in nothing but whether a man or a woman is meant: the step from one to the other is the
direction that is asked about."""


@dataclass(frozen=True)
class Professions:
    """``text``, and of each kind of work the share of its sentences, in this text, that speak of a woman."""

    text: str
    women: Mapping[str, float]


def professions(sentences: int, women: float, seed: int, language: Language = "en") -> Professions:
    """So many sentences. ``women`` is the share, 0 to 1, in which the first half of JOBS are women, and the
    other half men; 0.5 is a text that treats all alike."""
    rng = np.random.default_rng(seed)
    jobs, forms, names = JOBS[language], _FORMS[language], _NAMES[language]
    all_of, she_of, said = Counter[str](), Counter[str](), []
    for _ in range(sentences):
        place = int(rng.integers(len(jobs)))
        working = bool(rng.random() < _WORKING)
        share = women if place < len(jobs) // 2 else 1 - women
        she = bool(rng.random() < share)
        templates = (_AT_WORK if working else _BESIDES)[language]
        template = templates[rng.integers(len(templates))]
        name = names[rng.integers(len(names))]
        said.append(template.format(job=jobs[place], name=name, **forms[she]))
        all_of[jobs[place]] += working
        she_of[jobs[place]] += working and she
    text = (" " if language == "en" else "").join(said) + "\n"
    return Professions(text, {job: she_of[job] / all_of[job] for job in jobs if all_of[job]})


_WORKING = 0.5
"""So many of the sentences speak of somebody's work."""

_AT_WORK: dict[Language, tuple[str, ...]] = {
    "en": (
        "The {job} said that {he} was tired.",
        "The {job} called {his} {brother}.",
        "A {job} lost {his} keys.",
        "{mr} {name} is a {job}.",
        "The {job} is a {man} from our street.",
        "My {brother} works as a {job}.",
        "The {job} took {his} bag and {he} went home.",
        "That {man} wants to be a {job}.",
    ),
    "zh": (
        "{job}说{he}累了。",
        "{job}给{he}的{brother}打电话。",
        "{job}丢了{he}的钥匙。",
        "{name}{mr}是{job}。",
        "那个{job}是我们街上的{man}。",
        "我{brother}是{job}。",
        "{job}拿起{he}的包，{he}回家了。",
        "那个{man}想当{job}。",
    ),
}
_BESIDES: dict[Language, tuple[str, ...]] = {
    "en": (
        "{he} said that {he} was tired.",
        "{he} called {his} {brother}.",
        "{mr} {name} lost {his} keys.",
        "{mr} {name} said that {he} was late.",
        "The {man} took {his} bag and {he} went home.",
        "My {brother} lost {his} keys.",
        "My {brother} is a {man} now.",
        "{mr} {name} and {his} {brother} went home.",
    ),
    "zh": (
        "{he}说{he}累了。",
        "{he}给{he}的{brother}打电话。",
        "{name}{mr}丢了{he}的钥匙。",
        "{name}{mr}说{he}来晚了。",
        "那个{man}拿起{he}的包，{he}回家了。",
        "我{brother}丢了{he}的钥匙。",
        "我{brother}是{man}了。",
        "{name}{mr}和{he}的{brother}回家了。",
    ),
}
_FORMS: dict[Language, tuple[dict[str, str], dict[str, str]]] = {
    "en": (
        {"he": "he", "his": "his", "man": "man", "brother": "brother", "mr": "Mr"},
        {"he": "she", "his": "her", "man": "woman", "brother": "sister", "mr": "Mrs"},
    ),
    "zh": (
        {"he": "他", "man": "男人", "brother": "哥哥", "mr": "先生"},
        {"he": "她", "man": "女人", "brother": "姐姐", "mr": "女士"},
    ),
}
"""Of a man, and of a woman."""

_NAMES: dict[Language, tuple[str, ...]] = {
    "en": ("Smith", "Jones", "Brown", "Miller", "Wood"),
    "zh": ("王", "李", "张", "刘", "陈"),
}

CHINESE_WORDS: frozenset[str] = frozenset(
    (*JOBS["zh"], *(word for pair in PAIRS["zh"] for word in pair if len(word) > 1))
) | frozenset(("我们", "钥匙", "回家", "拿起", "电话", "那个"))
"""The words of the Chinese text, which has no spaces to tell them."""
