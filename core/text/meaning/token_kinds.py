"""Kinds of tokens by what it takes to foresee them: names and things, new and again, small words, signs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Literal, get_args

from core.text.meaning.word_classes import word_classes
from core.wording import N_

TokenKind = Literal[
    "name_first", "name_again", "noun_first", "noun_again", "telling", "small", "sign"
]
TOKEN_KINDS: tuple[TokenKind, ...] = get_args(TokenKind)
KIND_NAMES: Mapping[TokenKind, str] = MappingProxyType(
    {
        "name_first": N_("names, first time"),
        "name_again": N_("names, again"),
        "noun_first": N_("things, first time"),
        "noun_again": N_("things, again"),
        "telling": N_("other telling words"),
        "small": N_("small words"),
        "sign": N_("punctuation"),
    }
)
"""How people call them, in English. Things are also animals, places and food; other telling words say what is
done, when, how many and what it is like; a small word is any other word."""

_NAMES = frozenset({"girls", "boys"})
_NOUNS = frozenset({"animals", "things", "spots", "places", "food"})


def token_kinds(words: Sequence[str], corpus: str) -> tuple[TokenKind, ...]:
    """The kind of each token of one passage, from its first on; a corpus without classes has none of the
    first five. Blanks around a word do not matter."""
    classes = word_classes(corpus)
    seen: set[str] = set()
    found: list[TokenKind] = []
    for word in (word.strip() for word in words):
        found.append(_kind(word, classes.get(word), word in seen))
        seen.add(word)
    return tuple(found)


def _kind(word: str, word_class: str | None, again: bool) -> TokenKind:
    if word_class in _NAMES:
        return "name_again" if again else "name_first"
    if word_class in _NOUNS:
        return "noun_again" if again else "noun_first"
    if word_class is not None:
        return "telling"
    return "small" if any(letter.isalnum() for letter in word) else "sign"
