"""What the ``tokenizers`` library learns from a text: its merges, and the pieces within which it merges."""

from __future__ import annotations

from dataclasses import dataclass

from core.text.bpe import BYTES, BPETokenizer

Pair = tuple[int, int]


@dataclass(frozen=True)
class Merge:
    """Wherever ``pair`` stands, the token ``made`` takes its place."""

    pair: Pair
    made: int


@dataclass(frozen=True)
class Learned:
    """``pieces`` is the text, cut where no merge reaches across, each piece as the ids of its bytes;
    ``tokens`` are the bytes of each id. The ids are those of the course's own BPE tokenizer."""

    pieces: tuple[tuple[int, ...], ...]
    merges: tuple[Merge, ...]
    tokens: tuple[bytes, ...]


def learn(text: str, merges: int) -> Learned:
    """What the course's BPE tokenizer learns from the text in at most so many merges, 1 or more; fewer where
    nothing is left to merge."""
    tokenizer = BPETokenizer.train(text, BYTES + merges)
    tokens = tuple(map(tokenizer.content, range(tokenizer.vocabulary_size)))
    id_of = {content: token for token, content in enumerate(tokens)}
    return Learned(
        tuple(map(tuple, tokenizer.pieces(text))),
        tuple(
            Merge((left, right), id_of[tokens[left] + tokens[right]])
            for left, right in tokenizer.merges
        ),
        tokens,
    )
