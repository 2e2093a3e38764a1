"""Counting, changing the order, and Kneser–Ney scoring, against nltk.lm and against counting anew.

Words are those of Python's own language reference; a megabyte of characters is that and the sources of its
library. nltk gets its grams ready made and is timed on counting them alone. Ours is timed from token ids to
a model that can be asked. Both score the same tokens with the same contexts.
"""

from __future__ import annotations

import itertools
import os
import re
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from pydoc_data.topics import topics

import numpy as np
from nltk.lm import KneserNeyInterpolated, NgramCounter, Vocabulary
from nltk.util import everygrams

from core.models.ngram import NGramModel
from core.models.ngram_tables import GramCounts
from core.spec.families.ngram import NGramSpec
from tests.benchmarks.rows import Row

ORDER = 3
SPEC = NGramSpec(order=ORDER, smoothing="kneser_ney", discount=0.75)
CHARACTERS = 1_000_000
FITTED_WORDS = 50_000
SCORED_WORDS = 400
ASKED_OF_NLTK = 40
REPEATS = 5


def rows() -> list[Row]:
    """All comparisons; about half a minute."""
    return [
        ngram_fit_vs_nltk(),
        ngram_fit_1mb_seconds(),
        ngram_order_change_ms(),
        kneser_ney_vs_nltk(),
    ]


def ngram_fit_1mb_seconds() -> Row:
    """Seconds from the ids of a million characters to a Kneser–Ney model of order 5. nltk counts a tenth of
    them, and its time is taken ten times."""
    ids, size = _characters()
    spec = NGramSpec(order=5, smoothing="kneser_ney", discount=None)
    tenth = [list(everygrams(ids[: CHARACTERS // 10].tolist(), max_len=5))]
    ours, peer = _interleaved(
        lambda: NGramModel.fit(ids, size, spec), lambda: NgramCounter(tenth), repeats=3
    )
    peer *= 10
    return Row(name="ngram_fit_1mb_seconds", ours=ours, peer=peer, ratio=peer / ours, unit="s")


def ngram_order_change_ms() -> Row:
    """Milliseconds from another order to what the lesson shows of it, on a million characters counted before:
    the next token, its arithmetic, and the loss on counted and on new text. The peer counts anew."""
    ids, size = _characters()
    grams, new = GramCounts(ids, size), ids[-20_000:]
    grams.table(8)
    places = grams.places(new, 8)
    orders = itertools.cycle((5, 6, 4, 8, 2))

    def shown(model: NGramModel, losses: Callable[[], object]) -> None:
        model.next_log_probabilities([new[:20]])
        model.explain(new[:20], int(new[20]))
        losses()

    def changed() -> None:
        model = NGramModel(grams, NGramSpec(order=next(orders), smoothing="katz"))
        shown(model, lambda: model.log_probabilities_at(places))

    def counted_anew() -> None:
        model = NGramModel.fit(ids, size, NGramSpec(order=next(orders), smoothing="katz"))
        shown(model, lambda: model.token_log_probabilities(new))

    ours, peer = (1000 * seconds for seconds in _interleaved(changed, counted_anew))
    return Row(name="ngram_order_change_ms", ours=ours, peer=peer, ratio=peer / ours, unit="ms")


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


def _characters() -> tuple[np.ndarray, int]:
    """The ids of a million characters, and how many different ones there are."""
    library = Path(os.__file__).parent
    sources = (path.read_text("utf-8", errors="replace") for path in sorted(library.glob("*.py")))
    text = "".join([*(topics[key] for key in sorted(topics)), *sources])[:CHARACTERS]
    names, ids = np.unique([*text], return_inverse=True)
    return ids.astype(np.int64), len(names)


def _interleaved(
    ours: Callable[[], object], peer: Callable[[], object], repeats: int = REPEATS
) -> tuple[float, float]:
    """Median seconds of each, run in turn so that a slow moment of the machine meets both."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(repeats):
        for work, seconds in zip((ours, peer), times, strict=True):
            before = time.perf_counter()
            work()
            seconds.append(time.perf_counter() - before)
    return statistics.median(times[0]), statistics.median(times[1])
