"""Which row of a table of vectors belongs to a word."""

from __future__ import annotations

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
