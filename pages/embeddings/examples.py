"""Analogies and an odd one out to begin with, in each language."""

from __future__ import annotations

from dataclasses import dataclass

from core.text import lexicon, lexicon_zh


def _plural_animals() -> frozenset[str]:
    return frozenset(noun.plural for noun in lexicon.ANIMALS)


@dataclass(frozen=True)
class Example:
    """``a`` is to ``b`` as ``c`` is to ``answer``."""

    a: str
    b: str
    c: str
    answer: str


EXAMPLES: dict[str, tuple[Example, ...]] = {
    "en": (
        Example("he", "she", "him", "her"),
        Example("Anna", "she", "Tom", "he"),
        Example("it", "them", "was", "were"),
        Example("dog", "dogs", "cat", "cats"),
    ),
    "zh": (
        Example("自行车", "骑上", "苹果", "吃完"),
        Example("书", "本", "自行车", "辆"),
        Example("他", "她", "小明", "小红"),
    ),
}
"""With five seeds each but the last comes out right; the Chinese third one does too."""
ASKED = {language: examples[-1] for language, examples in EXAMPLES.items()}
"""What the bet asks: it never comes out right."""
NEAR_ANSWERS = {"en": _plural_animals(), "zh": frozenset((*lexicon_zh.GIRLS, *lexicon_zh.BOYS))}
"""What else comes out: words of the same kind."""
ODD_FIRST = {"en": "dog cat mouse piano horse", "zh": "小狗 小猫 兔子 围巾 小马"}
