"""The lesson's tokenizers, trained once, and what each makes of a text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from core.spec.text import TokenizerSpec
from core.text.bpe import BPETokenizer
from core.text.pieces import UNKNOWN_ID, encodable, visible
from core.text.tales import tales
from core.text.tales_zh import tales_zh
from core.text.tokenizers import Tokenizer, train_tokenizer
from core.worked.merges import Cutter, train_unigram, train_wordpiece
from pages.parts.widgets.token_strip import Chip

STORIES = 400
VOCABULARY = {"characters": 2000, "words": 1000, "bpe": 1000}
"""Entries of the tokenizers that know both languages; there are fewer characters than that."""
SMALL = 600
"""Entries of those that were trained on English alone, to be compared."""


@dataclass(frozen=True)
class English:
    """Three ways to parts of words, trained on the same English stories with as many entries."""

    bpe: Tokenizer
    wordpiece: Cutter
    unigram: Cutter


@st.cache_resource(max_entries=1, show_spinner=False)
def both_languages() -> Mapping[str, Tokenizer]:
    """By kind: the tokenizers of the English and the Chinese Tiny tales together."""
    text = f"{stories()}\n\n{tales_zh(STORIES, seed=7).text}"
    return {
        kind: train_tokenizer(TokenizerSpec(kind=kind, vocabulary=VOCABULARY[kind]), text)
        for kind in ("characters", "words", "bpe")
    }


@st.cache_resource(max_entries=1, show_spinner=False)
def english() -> English:
    text = stories()
    return English(
        train_tokenizer(TokenizerSpec(kind="bpe", vocabulary=SMALL), text),
        train_wordpiece(text, SMALL),
        train_unigram(text, SMALL),
    )


@st.cache_resource(max_entries=1, show_spinner=False)
def stories() -> str:
    """The English Tiny tales that all of them were trained on: about 100,000 characters."""
    return tales(STORIES, seed=7).text


def chips(tokenizer: Tokenizer, text: str) -> list[Chip]:
    """The tokens of the text. What is unknown is shown as it stands in the text, and marked."""
    text = encodable(text)
    return [
        _chip(tokenizer, int(token), text, span)
        for token, span in zip(tokenizer.encode(text), tokenizer.spans(text), strict=True)
    ]


def other_chips(cutter: Cutter, text: str) -> list[Chip]:
    """The same for WordPiece and Unigram."""
    text = encodable(text)
    return [
        Chip(
            visible(text[slice(*cut.span)]) if cut.unknown else cut.shown,
            cut.span,
            cut.id,
            text[slice(*cut.span)].encode(),
            cut.unknown,
        )
        for cut in cutter.cut(text)
        if cut.span[0] < cut.span[1]
    ]


def _chip(tokenizer: Tokenizer, token: int, text: str, span: tuple[int, int]) -> Chip:
    piece = text[slice(*span)]
    if isinstance(tokenizer, BPETokenizer):
        return Chip(tokenizer.show(token), span, token, tokenizer.content(token))
    unknown = token == UNKNOWN_ID
    shown = visible(piece) if unknown else tokenizer.show(token)
    return Chip(shown, span, token, piece.encode(), unknown)
