"""Words and signs that a model does not know: named under every box where text is typed for one."""

from __future__ import annotations

import json
from collections.abc import Iterable

import streamlit as st

from core.questions import LONGEST_PROMPT
from core.text.pieces import REPLACEMENT, visible
from core.text.prompt import read_prompt
from core.text.tokenizers import Tokenizer
from pages.parts.frame.escaped import escaped
from pages.parts.frame.language import _
from pages.parts.frame.services import library

_NAMED = 5
_SIGNS = (REPLACEMENT, json.dumps(REPLACEMENT).strip('"'))
"""As people see it, and as JSON spells it."""

_JOINER = "\u200d"
_LONGEST = 30
"""Characters of a word that are shown."""


def name_unknown(tokenizer: Tokenizer, text: str) -> None:
    """Name what the tokenizer has no token for; nothing where it knows all of the text."""
    found = read_prompt(tokenizer, text[-LONGEST_PROMPT:]).unknown
    if not found:
        return
    words = _(", ").join(escaped(_short(_readable(word))) for word in found[:_NAMED])
    if len(found) > _NAMED:
        words = _("{words} and {count} more").format(words=words, count=len(found) - _NAMED)
    st.caption(_("Not in the vocabulary, so counted as unknown: {words}").format(words=words))


def name_unknown_to(run: str, text: str) -> None:
    """The same for the model of a run; nothing where there is no such run."""
    tokenizer = library().tokenizer(run)
    if tokenizer is not None:
        name_unknown(tokenizer, text)


def unknown_explained(caption: str, shown: Iterable[str]) -> str:
    """The caption of a picture; with what the sign for the unknown means where it is in it."""
    return f"{caption} {unknown_words()}" if _has_unknown(shown) else caption


def explain_unknown(shown: Iterable[str]) -> None:
    """Say what the sign for what is unknown means, under a text that has it."""
    if _has_unknown(shown):
        st.caption(unknown_words())


def _has_unknown(shown: Iterable[str]) -> bool:
    return any(sign in part for part in shown for sign in _SIGNS)


def unknown_words() -> str:
    """What the sign for what is unknown means."""
    return _("“�” is a word or sign that is not in the vocabulary.")


def _readable(word: str) -> str:
    """The word with its control signs to be seen, but for those that join an emoji."""
    parts = word.split(_JOINER)
    return _JOINER.join(map(visible, parts)) if all(parts) else visible(word)


def _short(word: str) -> str:
    return word if len(word) <= _LONGEST else f"{word[:_LONGEST]}…"
