"""Byte-level byte-pair encoding (Sennrich et al. 2016; bytes as in GPT-2, Radford et al. 2019).

The merges are learned and applied by the ``tokenizers`` library. The base alphabet is the 256
bytes, so any text can be written and nothing is unknown.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
from tokenizers import Tokenizer as Engine
from tokenizers import decoders, models, pre_tokenizers, trainers

from core.errors import LearnerError
from core.protocol import Tokens
from core.text.corpus import Span
from core.text.pieces import encodable, visible

BYTES = 256
LONGEST_WORD = 96
"""Bytes. A longer run without blanks is cut there: merging takes more than linear time in a word."""


class BPETokenizer:
    """Tokens are runs of bytes; a token may be a part of a character."""

    kind: str = "bpe"
    lossless: bool = True

    def __init__(self, engine: dict[str, Any]) -> None:
        """``engine``: what the ``tokenizers`` library writes as JSON."""
        self._engine = Engine.from_str(json.dumps(engine))
        entries = sorted(self._engine.get_vocab().items(), key=lambda entry: entry[1])
        self._bytes = tuple(bytes(_BYTE_OF[sign] for sign in entry) for entry, _ in entries)
        self._ids = {content: token for token, content in enumerate(self._bytes)}

    @classmethod
    def train(cls, text: str, vocabulary: int) -> Self:
        """Learn merges until there are ``vocabulary`` entries or nothing is left to merge.

        Raises LearnerError if that is too few to hold the bytes and one merge.
        """
        if vocabulary <= BYTES:
            raise LearnerError(
                "Byte pairs need a vocabulary of at least {least}, since the {bytes} bytes are in "
                "it already; it is {count}. Raise it or choose another tokenizer.",
                least=BYTES + 1,
                bytes=BYTES,
                count=vocabulary,
            )
        engine = Engine(models.BPE())
        engine.pre_tokenizer = pre_tokenizers.Sequence(
            [
                pre_tokenizers.ByteLevel(add_prefix_space=False),
                pre_tokenizers.FixedLength(length=LONGEST_WORD),
            ]
        )
        engine.decoder = decoders.ByteLevel()
        trainer = trainers.BpeTrainer(
            vocab_size=vocabulary,
            initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
            show_progress=False,
        )
        engine.train_from_iterator([encodable(text)], trainer)
        return cls(json.loads(engine.to_str()))

    def with_entries(self, entries: int) -> Self:
        """The tokenizer as it was when it had only so many entries: merges are learned one by one.

        ValueError if that is fewer than the bytes.
        """
        if entries < BYTES:
            raise ValueError(f"{entries} entries are fewer than the {BYTES} bytes")
        engine = json.loads(self._engine.to_str())
        model = engine["model"]
        model["vocab"] = {entry: at for entry, at in model["vocab"].items() if at < entries}
        model["merges"] = model["merges"][: entries - BYTES]
        return type(self)(engine)

    @property
    def vocabulary_size(self) -> int:
        return len(self._bytes)

    @property
    def merges(self) -> list[tuple[int, int]]:
        """The pairs that were learned, in their order; each makes the token that holds both."""
        ids = self._engine.get_vocab()
        learned = json.loads(self._engine.to_str())["model"]["merges"]
        return [(ids[left], ids[right]) for left, right in learned]

    def content(self, token: int) -> bytes:
        """The bytes that a token stands for."""
        return self._bytes[token]

    def pieces(self, text: str) -> list[list[int]]:
        """The text cut where no merge reaches across, each piece as the tokens of its single bytes."""
        cut = self._engine.pre_tokenizer.pre_tokenize_str(encodable(text))
        return [[self._ids[bytes((_BYTE_OF[sign],))] for sign in piece] for piece, _span in cut]

    def encode(self, text: str) -> Tokens:
        return np.array(self._engine.encode(encodable(text)).ids, dtype=np.int64)

    def spans(self, text: str) -> list[Span]:
        """From the bytes of each token; a part of a character stands for the whole character."""
        text = encodable(text)
        character_of = [
            place for place, sign in enumerate(text) for _ in range(len(sign.encode("utf-8")))
        ]
        spans = []
        start = 0
        for token in self._engine.encode(text).ids:
            end = start + len(self._bytes[token])
            spans.append((character_of[start], character_of[end - 1] + 1))
            start = end
        return spans

    def decode(self, ids: Sequence[int] | Tokens) -> str:
        """The text of the tokens; bytes that make no character become "�"."""
        return b"".join(self._bytes[token] for token in ids).decode("utf-8", "replace")

    def show(self, token: int) -> str:
        """The token as people see it; a part of a character as its bytes, "<E4 BD>"."""
        return shown_bytes(self._bytes[token])

    def save(self, path: Path) -> None:
        content = {"kind": self.kind, "tokenizer": json.loads(self._engine.to_str())}
        path.write_text(json.dumps(content), encoding="utf-8")


def shown_bytes(content: bytes) -> str:
    """A token as people see it; a part of a character as its bytes, "<E4 BD>"."""
    try:
        return visible(content.decode("utf-8"))
    except UnicodeDecodeError:
        return f"<{content.hex(' ').upper()}>"


def _byte_signs() -> dict[str, int]:
    """The byte for each of the 256 printable signs in which GPT-2 writes bytes.

    Bytes that are printable in Latin-1 are themselves; the others follow from U+0100 on.
    """
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [byte for byte in range(BYTES) if byte not in printable]
    signs = {chr(byte): byte for byte in printable}
    return signs | {chr(0x100 + place): byte for place, byte in enumerate(others)}


_BYTE_OF = _byte_signs()
