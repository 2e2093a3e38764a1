"""WordPiece and Unigram, trained by the ``tokenizers`` library as neighbours of byte-pair encoding.

WordPiece (Schuster and Nakajima 2012) chooses its pairs by how much more often they stand together than
their parts would by chance; the library's trainer leaves that out, merges by count, and differs from BPE
in how it cuts: from the left, always the longest entry. Unigram (Kudo 2018) begins with far too many entries,
drops those that the text misses least, and cuts a word along the most probable path.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from tokenizers import Tokenizer as Engine
from tokenizers import decoders, models, pre_tokenizers, trainers

from core.text.corpus import Span
from core.text.pieces import encodable
from core.worked.merges.learned import Learned, Pair

UNKNOWN = "[UNK]"
INSIDE = "##"
"""Before a WordPiece entry that goes on with a word."""
BEGINS = "▁"
"""Before a Unigram entry that begins a word: it stands for the space."""
_WORDS = re.compile(f"{BEGINS}?[^{BEGINS}\n]+")


@dataclass(frozen=True)
class Cut:
    """One token of a text; an unknown one has the id of all that are."""

    shown: str
    id: int
    span: Span
    unknown: bool


class Cutter:
    """A trained tokenizer of the library, that cuts and joins texts."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._unknown = engine.token_to_id(UNKNOWN)

    @property
    def vocabulary_size(self) -> int:
        size: int = self._engine.get_vocab_size()
        return size

    def cut(self, text: str) -> list[Cut]:
        """The tokens of the text; blanks between words may belong to none."""
        found = self._engine.encode(encodable(text))
        return [
            Cut(shown, token, span, token == self._unknown)
            for shown, token, span in zip(found.tokens, found.ids, found.offsets, strict=True)
        ]

    def round_trip(self, text: str) -> str:
        """decode(encode(text)); what is unknown is left out by the library, here it is "�"."""
        ids = self._engine.encode(encodable(text)).ids
        decoded: str = self._engine.decode(ids, skip_special_tokens=False)
        return decoded.replace(UNKNOWN, "�")

    def log_probabilities(self) -> dict[str, float]:
        """Of a Unigram tokenizer: ln p of each entry; of others, nothing."""
        entries = json.loads(self._engine.to_str())["model"]["vocab"]
        if isinstance(entries, Mapping):
            return {}
        return {piece: float(value) for piece, value in entries if piece != UNKNOWN}


def train_wordpiece(text: str, vocabulary: int) -> Cutter:
    """WordPiece with at most ``vocabulary`` entries."""
    engine = Engine(models.WordPiece(unk_token=UNKNOWN, max_input_chars_per_word=100))
    engine.pre_tokenizer = pre_tokenizers.Whitespace()
    engine.decoder = decoders.WordPiece(prefix=INSIDE)
    trainer = trainers.WordPieceTrainer(
        vocab_size=vocabulary, special_tokens=[UNKNOWN], show_progress=False
    )
    engine.train_from_iterator([encodable(text)], trainer)
    return Cutter(engine)


def train_unigram(text: str, vocabulary: int) -> Cutter:
    """Unigram with about ``vocabulary`` entries."""
    engine = Engine(models.Unigram())
    engine.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split("\n", "isolated"),
            pre_tokenizers.Metaspace(replacement=BEGINS, prepend_scheme="never"),
        ]
    )
    engine.decoder = decoders.Metaspace(replacement=BEGINS, prepend_scheme="never")
    trainer = trainers.UnigramTrainer(
        vocab_size=vocabulary,
        special_tokens=[UNKNOWN],
        unk_token=UNKNOWN,
        show_progress=False,
    )
    engine.train_from_iterator([encodable(text)], trainer)
    return Cutter(engine)


def unigram_words(text: str) -> list[str]:
    """The words within which Unigram looks for its way, as it writes them: "▁" for the space before."""
    return _WORDS.findall(encodable(text).replace(" ", BEGINS))


@dataclass(frozen=True)
class Score:
    """A pair with its count c(ab), those of its parts, and the score c(ab) / (c(a) · c(b))."""

    pair: Pair
    times: int
    left: int
    right: int

    @property
    def score(self) -> float:
        return self.times / (self.left * self.right)


def scores(learned: Learned) -> list[Score]:
    """All pairs of the text's bytes, the one that WordPiece's score would merge first at the front."""
    singles = Counter(token for piece in learned.pieces for token in piece)
    pairs = Counter(pair for piece in learned.pieces for pair in pairwise(piece))
    found = (Score(pair, times, *(singles[part] for part in pair)) for pair, times in pairs.items())
    return sorted(found, key=lambda score: (-score.score, -score.times, score.pair))


@dataclass(frozen=True)
class Path:
    """A way to cut a word: its pieces, ln p of each, and their sum."""

    pieces: tuple[str, ...]
    parts: tuple[float, ...]

    @property
    def total(self) -> float:
        return sum(self.parts)


def best_paths(word: str, log_p: Mapping[str, float], most: int = 3) -> list[Path]:
    """The most probable ways to cut a word into known pieces, the best first; none if there is no way.

    Viterbi's search (Kudo 2018, section 3.2): the best ways to a place go on from the best to those before.
    """
    ways: list[list[Path]] = [[Path((), ())]]
    for end in range(1, len(word) + 1):
        here = [
            Path((*path.pieces, piece), (*path.parts, log_p[piece]))
            for start in range(end)
            if (piece := word[start:end]) in log_p
            for path in ways[start]
        ]
        ways.append(sorted(here, key=lambda path: -path.total)[:most])
    return ways[-1] if word else []
