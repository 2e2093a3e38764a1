"""The tokens of a text of tasks: its lines, and which tokens are answers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.protocol import Tokens
from core.text.tasks.task import ASK, END
from core.text.tokenizers import Tokenizer


def answered(tokens: Tokens, tokenizer: Tokenizer) -> NDArray[np.bool_]:
    """Which tokens [t] of a text belong to an answer, the END that ends it included."""
    ask, end = _signs(tokenizer)
    place = np.arange(len(tokens))
    # Where the last ASK and the last END before each token stand.
    asked = np.maximum.accumulate(np.where(tokens == ask, place, -1))
    ended = np.maximum.accumulate(np.where(tokens == end, place, -1))
    within: NDArray[np.bool_] = np.zeros(len(tokens), dtype=np.bool_)
    within[1:] = (asked > ended)[:-1]
    return within


def lines(tokens: Tokens, tokenizer: Tokenizer) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Each line with an END before it, filled up with more of them [b t]; and which of its tokens are of the
    answer [b t]. What follows the last END is no line."""
    _ask, end = _signs(tokenizer)
    ends = np.flatnonzero(tokens == end)
    starts = np.concatenate([[0], ends[:-1] + 1])
    whole = ends > starts  # without the blank line between the parts
    starts, lengths = starts[whole], (ends - starts)[whole] + 1
    place = np.arange(int(lengths.max(initial=0)))
    inside = place < lengths[:, None]
    at = np.where(inside, starts[:, None] + place, 0)
    ids = np.where(inside, tokens[at], end)
    learned = answered(tokens, tokenizer)[at] & inside
    return np.pad(ids, ((0, 0), (1, 0)), constant_values=end), np.pad(learned, ((0, 0), (1, 0)))


def _signs(tokenizer: Tokenizer) -> tuple[int, int]:
    ask, end = (int(tokenizer.encode(sign)[0]) for sign in (ASK, END))
    return ask, end
