"""What a model reads of a typed text: its words as the tokens that they are within a text.

A tokenizer of pieces keeps the space before a word in the word's token, so the first word of what is
typed, which has none, would mostly be a token that no training has seen; a space at the end would be one
by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from core.protocol import Tokens
from core.text.corpus import Span
from core.text.pieces import UNKNOWN_ID
from core.text.tokenizers import Tokenizer


@dataclass(frozen=True, eq=False)
class Prompt:
    """The tokens [t] of a typed text. ``end`` is where the last of them ends in it, in characters.
    ``unknown`` are the words, or signs, that the tokenizer has no token for, as typed, each once."""

    tokens: Tokens
    end: int
    unknown: tuple[str, ...]


def read_prompt(tokenizer: Tokenizer, text: str) -> Prompt:
    """Read what somebody has typed.

    A word that is known only with a space before it, or only without, is that token. Blanks that
    the tokenizer does not know are read as spaces, and spaces that belong to no word are left out,
    unless they are tokens themselves, as in a text of indented code.
    """
    if tokenizer.lossless:
        return Prompt(tokenizer.encode(text), len(text), ())
    plain = _with_known_blanks(tokenizer, text)
    tokens: list[int] = []
    last = 0
    strange: list[Span] = []
    for token, (start, end) in zip(tokenizer.encode(plain), tokenizer.spans(plain), strict=True):
        piece = plain[start:end]
        if token == UNKNOWN_ID and piece.isspace():
            continue
        if token == UNKNOWN_ID:
            token = _with_space_or_without(tokenizer, piece)
        tokens.append(int(token))
        last = end
        if token == UNKNOWN_ID:
            strange.append((start, end))
    return Prompt(np.array(tokens, dtype=np.int64), last, _words(plain, strange))


def _with_known_blanks(tokenizer: Tokenizer, text: str) -> str:
    """The text with a space for each blank that has no token, so that no place moves."""
    blanks = {sign for sign in text if sign.isspace() and sign != " "}
    lost = {sign for sign in blanks if tokenizer.encode(sign).tolist() == [UNKNOWN_ID]}
    return text.translate({ord(sign): " " for sign in lost})


def _with_space_or_without(tokenizer: Tokenizer, piece: str) -> int:
    other = piece[1:] if piece.startswith(" ") else f" {piece}"
    tokens = tokenizer.encode(other)
    return int(tokens[0]) if len(tokens) == 1 else UNKNOWN_ID


def _words(text: str, strange: list[Span]) -> tuple[str, ...]:
    """Pieces that touch are one word to a reader: 房子 is no two signs, nor is a joined emoji."""
    if not strange:
        return ()
    touching = [end == start and text[start] != " " for (_, end), (start, _) in pairwise(strange)]
    words: list[str] = []
    for (start, end), joined in zip(strange, [False, *touching], strict=True):
        if joined:
            words[-1] += text[start:end]
        else:
            words.append(text[start:end].strip(" "))
    return tuple(dict.fromkeys(words))
