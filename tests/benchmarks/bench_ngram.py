"""Counting and Kneser–Ney scoring against nltk.lm, on the words of Python's own language reference.

nltk gets its grams ready made and is timed on counting them alone. Ours is timed from token ids to
a model that can be asked. Both score the same tokens with the same contexts.
"""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable
from pydoc_data.topics import topics

import numpy as np
from nltk.lm import KneserNeyInterpolated, NgramCounter, Vocabulary
from nltk.util import everygrams

from core.models.ngram import NGramModel
from core.spec.families.ngram import NGramSpec
from tests.benchmarks.rows import Row

ORDER = 3
SPEC = NGramSpec(order=ORDER, smoothing="kneser_ney", discount=0.75)
FITTED_WORDS = 50_000
SCORED_WORDS = 400
ASKED_OF_NLTK = 40
REPEATS = 5


def rows() -> list[Row]:
    """Both comparisons; about ten seconds."""
    return [ngram_fit_vs_nltk(), kneser_ney_vs_nltk()]


def ngram_fit_vs_nltk() -> Row:
    """Seconds to count all grams of 1 to 3 words, and for ours to be a Kneser–Ney model too."""
    words, ids, vocabulary_size = _text()
    grams = list(everygrams(words, max_len=ORDER))
    ours, peer = _interleaved(
        lambda: NGramModel.fit(ids, vocabulary_size, SPEC), lambda: NgramCounter([grams])
    )
    return Row(name="ngram_fit_vs_nltk", ours=ours, peer=peer, ratio=peer / ours, unit="s")


def kneser_ney_vs_nltk() -> Row:
    """Seconds for each scored token; raises AssertionError unless the probabilities are equal.

    nltk takes milliseconds a token, so it is asked only about some of those that ours scores.
    """
    words, ids, vocabulary_size = _text()
    model = NGramModel.fit(ids, vocabulary_size, SPEC)
    reference = KneserNeyInterpolated(ORDER, SPEC.discount, vocabulary=Vocabulary(words))
    reference.fit([list(everygrams(words, max_len=ORDER))])
    start = len(ids) // 2
    scored = ids[start : start + SCORED_WORDS]
    scored = np.concatenate([scored, scored[::-1]])  # backwards, to meet grams never seen
    names = sorted(set(words))
    rng = np.random.default_rng(0)
    asked = rng.choice(np.arange(ORDER - 1, len(scored)), ASKED_OF_NLTK, replace=False)
    queries = [
        (names[scored[i]], tuple(names[token] for token in scored[i - ORDER + 1 : i]))
        for i in asked
    ]

    def ask_nltk() -> list[float]:
        return [reference.score(word, context) for word, context in queries]

    p = np.exp(model.token_log_probabilities(scored))
    np.testing.assert_allclose(p[asked - 1], ask_nltk(), rtol=1e-9)
    ours, peer = _interleaved(lambda: model.token_log_probabilities(scored), ask_nltk)
    ours, peer = ours / (len(scored) - 1), peer / len(queries)
    return Row(name="kneser_ney_vs_nltk", ours=ours, peer=peer, ratio=peer / ours, unit="s a token")


def _text() -> tuple[list[str], np.ndarray, int]:
    """Words and their ids. The first words come again at the end: nltk's Kneser–Ney does not sum to
    one after a gram that only begins the text."""
    words = re.findall(r"\w+|[^\w\s]", "\n".join(topics[key] for key in sorted(topics)))
    words = words[:FITTED_WORDS] + words[: ORDER - 1]
    names, ids = np.unique(words, return_inverse=True)
    return words, ids.astype(np.int64), len(names)


def _interleaved(ours: Callable[[], object], peer: Callable[[], object]) -> tuple[float, float]:
    """Median seconds of each, run in turn so that a slow moment of the machine meets both."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(REPEATS):
        for work, seconds in zip((ours, peer), times, strict=True):
            before = time.perf_counter()
            work()
            seconds.append(time.perf_counter() - before)
    return statistics.median(times[0]), statistics.median(times[1])
