"""Which row of a table of vectors belongs to a word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.errors import LearnerError
from core.text.pieces import UNKNOWN_ID
from core.text.prompt import read_prompt
from core.text.tokenizers import Tokenizer


def words_of(tokenizer: Tokenizer) -> tuple[str, ...]:
    """The word of each row, as shown to people."""
    return tuple(map(tokenizer.show, range(tokenizer.vocabulary_size)))


def row_of(tokenizer: Tokenizer, typed: str) -> int:
    """The row of one typed word. LearnerError if it is no single word, or one that the text does not have."""
    word = typed.strip()
    if not word:
        raise LearnerError("Type a word.")
    tokens = read_prompt(tokenizer, word).tokens
    if len(tokens) > 1:
        raise LearnerError("“{text}” is more than one word here: type a single one.", text=word)
    if not len(tokens) or (tokens[0] == UNKNOWN_ID and not tokenizer.lossless):
        raise LearnerError(
            "The text that this model read has no “{word}”, so there is no vector of it. Type a word of "
            "that text.",
            word=word,
        )
    return int(tokens[0])


@dataclass(frozen=True, eq=False)
class LookUp:
    """One-hot times matrix: ``one_hot`` [v] is 1 at the word's row; ``products`` [v d] are the matrix's rows,
    each times its number; ``result`` [d] is their sum, which is the one row."""

    one_hot: NDArray[np.float64]
    products: NDArray[np.float64]
    result: NDArray[np.float64]


def look_up(row: int, table: NDArray[Any]) -> LookUp:
    """The row of a table [v d], by way of the product that it is."""
    wide = np.asarray(table, dtype=np.float64)
    one_hot = np.zeros(len(wide))
    one_hot[row] = 1.0
    products = one_hot[:, None] * wide
    return LookUp(one_hot, products, products.sum(axis=0))
