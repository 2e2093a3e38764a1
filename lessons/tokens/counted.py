"""What this lesson counts live about a text and its tokens. NumPy only."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from core.errors import LearnerError
from core.models.decoding import Sampling, generate
from core.models.metrics import cross_entropy
from core.models.ngram import NGramModel
from core.spec.families.ngram import NGramSpec
from core.spec.text import CorpusSpec, TokenizerSpec
from core.text.bpe import BPETokenizer
from core.text.characters import CharacterTokenizer
from core.text.corpora import load_corpus, split
from core.text.coverage import coverage
from core.text.signs.cleaning import clean
from core.text.tokenizers import train_tokenizer
from core.text.words import WordTokenizer
from lessons.tokens.web import as_web_pages

SIZES = (257, 300, 500, 1000, 2000, 4000, 8000)
"""Vocabularies of byte pairs whose length is measured."""
LONGEST = 80_000
"""Characters of a text that are counted here at most."""
FEWEST_WORDS = 200
WIDTH = 64
"""Numbers in a row of the embedding table that a vocabulary is priced by."""

REFERENCE = CorpusSpec(name="python", size=80)
ORDER = 5

STOP_WORDS = frozenset(
    (
        "a",
        "an",
        "the",
        "and",
        "or",
        "but",
        "if",
        "of",
        "in",
        "on",
        "at",
        "to",
        "from",
        "by",
        "with",
        "for",
        "as",
        "is",
        "was",
        "were",
        "are",
        "be",
        "been",
        "it",
        "its",
        "this",
        "that",
        "these",
        "those",
        "he",
        "she",
        "they",
        "them",
        "his",
        "her",
        "their",
        "him",
        "i",
        "you",
        "we",
        "me",
        "my",
        "your",
        "our",
        "not",
        "no",
        "so",
        "then",
        "there",
    )
)
"""Short words that carry grammar more than content; a list of our own."""
STOP_SIGNS = frozenset("的了在是和与着过把被从到对给就都也还又很不没一这那他她它们我你之其而")


@dataclass(frozen=True)
class Length:
    """A text of so many characters cut by one tokenizer: entries of its vocabulary, and tokens."""

    kind: str
    entries: int
    tokens: int


def lengths(text: str) -> tuple[Length, ...]:
    """As characters, as byte pairs with ever larger vocabularies, and as words, each learned from it."""
    text = text[:LONGEST]
    characters = CharacterTokenizer.train(text, len(set(text)) + 1)
    found = [Length("characters", characters.vocabulary_size, len(text))]
    whole = BPETokenizer.train(text, max(SIZES))
    for size in (*(size for size in SIZES if size < whole.vocabulary_size), whole.vocabulary_size):
        found.append(Length("bpe", size, len(whole.with_entries(size).encode(text))))
    words = Counter(WordTokenizer.entries(text))
    return (*found, Length("words", len(words) + 1, words.total()))


@dataclass(frozen=True, eq=False)
class Law:
    """Numbers that lie about on a line in a picture with two logarithmic axes, and its ``slope``."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    slope: float
    words: tuple[str, ...] = ()


def _words(text: str) -> list[str]:
    """Its words, without the spaces before them: what has a letter. LearnerError if they are too few."""
    pieces = map(str.strip, WordTokenizer.cut(text[:LONGEST]))
    found = [piece for piece in pieces if any(map(str.isalpha, piece))]
    if len(found) < FEWEST_WORDS:
        raise LearnerError(
            "These laws need a longer text: at least {fewest} words, and there are {count}.",
            fewest=FEWEST_WORDS,
            count=len(found),
        )
    return found


def zipf(text: str) -> Law:
    """Rank and count of each word, the commonest first (Zipf 1949): count ≈ c / rank^s."""
    ranked = Counter(word.lower() for word in _words(text)).most_common()
    counts = np.array([count for _word, count in ranked], dtype=np.float64)
    ranks = np.arange(1, len(counts) + 1, dtype=np.float64)
    fitted = counts > 1  # the long row of ones at the end would pull the line down
    if fitted.sum() < 2:
        raise LearnerError(
            "Zipf's law compares how often words come again: give a text that repeats at least two of its "
            "words."
        )
    return Law(ranks, counts, -_slope(ranks[fitted], counts[fitted]), tuple(w for w, _ in ranked))


def heaps(text: str) -> Law:
    """Words read, and how many different ones there were by then (Heaps 1978): different ≈ c · read^β."""
    seen: set[str] = set()
    different = []
    for word in _words(text):
        seen.add(word.lower())
        different.append(len(seen))
    read = np.arange(1, len(different) + 1, dtype=np.float64)
    kept = np.unique(np.geomspace(1, len(different), 80).astype(int)) - 1
    x, y = read[kept], np.array(different, dtype=np.float64)[kept]
    later = x >= 50
    return Law(x, y, _slope(x[later], y[later]))


def _slope(x: NDArray[np.float64], y: NDArray[np.float64]) -> float:
    """Of the line through the logarithms, by least squares."""
    if len(x) < 2:
        return math.nan
    return float(np.polyfit(np.log(x), np.log(y), 1)[0])


@dataclass(frozen=True)
class CleaningCost:
    """Nats per character of a model that learned from a cleaned text: on new text that was cleaned as well,
    and on new text as people write it."""

    steps: tuple[str, ...]
    cleaned: float
    written: float


def cleaning_cost(
    steps: tuple[str, ...], corpus: CorpusSpec = REFERENCE, seed: int = 1
) -> CleaningCost:
    """Count characters of web pages after these steps, order 5, Kneser–Ney, and try both texts."""
    training, held_out = split(as_web_pages(load_corpus(corpus).text, seed))
    counted = clean(training, steps)
    tokenizer = CharacterTokenizer.train(counted, 2000)
    size = tokenizer.vocabulary_size
    model = NGramModel.fit(tokenizer.encode(counted), size, NGramSpec(order=ORDER))
    costs = []
    for text in (clean(held_out, steps), held_out):
        loss = cross_entropy(model, tokenizer.encode(text))
        covered = coverage(tokenizer, text, first=1)
        costs.append(covered.nats_per_character(loss))
    return CleaningCost(steps, *costs)


@dataclass(frozen=True)
class Stopped:
    """What stop words are worth: their share of all words; nats per word of the text as it is, for a model
    that learned from it and for one that never saw a stop word; and what each of them writes."""

    share: float
    whole: float
    without: float
    writes: str
    writes_without: str


def is_stop_word(piece: str) -> bool:
    return piece.strip().lower() in STOP_WORDS or piece in STOP_SIGNS


def without_stop_words(text: str) -> str:
    return "".join(piece for piece in WordTokenizer.cut(text) if not is_stop_word(piece))


@lru_cache(maxsize=8)
def stopped(corpus: CorpusSpec, seed: int = 1) -> Stopped:
    """Two N-grams of order 3, Kneser–Ney, with one vocabulary: only what they counted differs."""
    training, held_out = split(load_corpus(corpus).text)
    tokenizer = train_tokenizer(TokenizerSpec(), training)
    new = tokenizer.encode(held_out)
    pieces = list(WordTokenizer.cut(training))
    found, written = [], []
    for text in (training, without_stop_words(training)):
        model = NGramModel.fit(tokenizer.encode(text), tokenizer.vocabulary_size, NGramSpec())
        found.append(cross_entropy(model, new))
        start = np.empty(0, dtype=np.int64)
        drawn = generate(model, start, 40, Sampling(temperature=0.8), seed)
        written.append(tokenizer.decode([one.token for one in drawn]))
    share = sum(map(is_stop_word, pieces)) / len(pieces)
    return Stopped(share, found[0], found[1], written[0].strip(), written[1].strip())
