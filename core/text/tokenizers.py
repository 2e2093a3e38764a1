"""How text becomes tokens: one protocol, four kinds."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from core.protocol import Tokens
from core.spec.text import TokenizerSpec
from core.text.bare import BareWordTokenizer
from core.text.bpe import BPETokenizer
from core.text.characters import CharacterTokenizer
from core.text.corpus import Span
from core.text.words import WordTokenizer


class Tokenizer(Protocol):
    """Text to token ids and back."""

    kind: str
    lossless: bool
    """Whether decode(encode(s)) == s for every s; else only for text made of known pieces."""

    @property
    def vocabulary_size(self) -> int: ...

    def encode(self, text: str) -> Tokens:
        """Token ids, int64 [t]."""
        ...

    def spans(self, text: str) -> list[Span]:
        """The characters that each token of ``encode(text)`` stands for.

        In order, and together the whole text. Tokens that are parts of one character share it.
        """
        ...

    def decode(self, ids: Sequence[int] | Tokens) -> str: ...

    def show(self, token: int) -> str:
        """The token as people see it: "␣" for a space, "⏎" a line break, "⇥" a tab, "�" unknown."""
        ...

    def save(self, path: Path) -> None:
        """Write one JSON file that ``load_tokenizer`` reads."""
        ...


def train_tokenizer(spec: TokenizerSpec, text: str) -> Tokenizer:
    """The tokenizer for this text, with at most ``spec.vocabulary`` entries.

    Raises LearnerError if byte-level BPE is asked for fewer entries than there are bytes.
    """
    match spec.kind:
        case "characters":
            return CharacterTokenizer.train(text, spec.vocabulary)
        case "words":
            return WordTokenizer.train(text, spec.vocabulary)
        case "bpe":
            return BPETokenizer.train(text, spec.vocabulary)
        case "bare":
            return BareWordTokenizer.train(text, spec.vocabulary)


def load_tokenizer(path: Path) -> Tokenizer:
    """A tokenizer that was saved. Raises ValueError if the file is of no known kind."""
    content = json.loads(path.read_text(encoding="utf-8"))
    match content.get("kind"):
        case "characters":
            return CharacterTokenizer(content["pieces"])
        case "words":
            return WordTokenizer(content["pieces"])
        case "bpe":
            return BPETokenizer(content["tokenizer"])
        case "bare":
            return BareWordTokenizer(content["pieces"])
        case kind:
            raise ValueError(f"no tokenizer is of kind {kind!r}")
