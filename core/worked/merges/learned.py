"""What the ``tokenizers`` library learns from a text: its merges, and the pieces within which it merges."""

from __future__ import annotations

import json
from dataclasses import dataclass

from tokenizers import Tokenizer as Engine
from tokenizers import models, pre_tokenizers, trainers

from core.text.bpe import BYTES, LONGEST_WORD
from core.text.pieces import visible

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
    """Train as ``core.text.bpe`` does, for at most so many merges; fewer where nothing is left to merge."""
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    cutter = pre_tokenizers.Sequence(
        [
            pre_tokenizers.ByteLevel(add_prefix_space=False),
            pre_tokenizers.FixedLength(length=LONGEST_WORD),
        ]
    )
    engine = Engine(models.BPE())
    engine.pre_tokenizer = cutter
    trainer = trainers.BpeTrainer(
        vocab_size=BYTES + merges,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    engine.train_from_iterator([text], trainer)
    ids = engine.get_vocab()
    learned = json.loads(engine.to_str())["model"]["merges"]
    found = [Merge((ids[left], ids[right]), ids[left + right]) for left, right in learned]
    tokens = [bytes((byte,)) for byte in BYTE_OF_ID]
    for merge in sorted(found, key=lambda merge: merge.made):
        if merge.made == len(tokens):
            tokens.append(tokens[merge.pair[0]] + tokens[merge.pair[1]])
    pieces = (piece for piece, _span in cutter.pre_tokenize_str(text))
    cut = (tuple(ids[sign] for sign in piece) for piece in pieces)
    return Learned(tuple(cut), tuple(found), tuple(tokens))


_PRINTABLE = (*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100))
BYTE_OF_ID = (*_PRINTABLE, *(byte for byte in range(BYTES) if byte not in _PRINTABLE))
"""The byte of each of the first 256 ids: the library numbers them by the signs in which GPT-2 writes bytes,
the printable ones of Latin-1 first."""


def shown(content: bytes) -> str:
    """A token as people see it; a part of a character as its bytes, "<E4 BD>"."""
    try:
        return visible(content.decode("utf-8"))
    except UnicodeDecodeError:
        return f"<{content.hex(' ').upper()}>"
