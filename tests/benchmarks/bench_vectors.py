"""Pairs of words that skip-gram trains on in a second, beside gensim with one worker."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from itertools import pairwise

import torch
from gensim.models import Word2Vec

from core.spec.families.word_vectors import WordVectorsSpec
from core.spec.run import RunSpec
from core.store.starters import starter_of
from core.text.material import prepare
from core.text.pieces import UNKNOWN_ID
from core.training.training import Training
from tests.benchmarks.rows import Row

ROUNDS = 7
STEPS_A_ROUND = 100
SENTENCE = 1000


def rows() -> list[Row]:
    """The run that ships, and gensim with its options, each on one thread, in turns; some ten seconds."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        return [_word2vec_vs_gensim()]
    finally:
        torch.set_num_threads(threads)


def _word2vec_vs_gensim() -> Row:
    starter = starter_of("word_vectors")
    assert starter is not None and isinstance(starter.spec.model, WordVectorsSpec)
    spec = starter.spec
    ours, peer = _ours(spec), _gensim(spec)
    speeds: tuple[list[float], list[float]] = ([], [])
    for turn in range(ROUNDS + 1):
        for advance, kept in zip((ours, peer), speeds, strict=True):
            began = time.process_time()
            pairs = advance()
            if turn:
                kept.append(pairs / (time.process_time() - began))
    one, other = (statistics.median(kept) for kept in speeds)
    return Row(
        name="word2vec_vs_gensim",
        ours=one,
        peer=other,
        ratio=one / other,
        unit="pairs per CPU second",
    )


def _ours(spec: RunSpec) -> Callable[[], float]:
    """A round of steps of the ordinary training; how many true pairs they had."""
    recipe = spec.recipe.model_copy(
        update={"steps": 100 * STEPS_A_ROUND, "snapshots": 1}  # a line each round
    )
    training = Training(spec.model_copy(update={"recipe": recipe}), device="cpu")
    snapshots = training.snapshots()
    next(snapshots)
    passage = spec.model.training_window(spec.recipe)
    words = STEPS_A_ROUND * recipe.batch * passage

    def advance() -> float:
        next(snapshots)
        return words * _pairs_a_word(spec, passage)

    return advance


def _gensim(spec: RunSpec) -> Callable[[], float]:
    """One reading of the same text by gensim's compiled skip-gram."""
    model = spec.model
    assert isinstance(model, WordVectorsSpec)
    stream = [str(token) for token in prepare(spec).training if token != UNKNOWN_ID]
    edges = [*range(0, len(stream), SENTENCE), len(stream)]
    sentences = [stream[start:end] for start, end in pairwise(edges)]
    peer = Word2Vec(
        vector_size=model.dimension,
        window=model.window,
        negative=model.negatives,
        sg=1,
        sample=0,
        min_count=1,
        workers=1,
        seed=1,
    )
    peer.build_vocab(sentences)

    def advance() -> float:
        words, _ = peer.train(sentences, total_examples=len(sentences), epochs=1)
        return float(words) * _pairs_a_word(spec, SENTENCE)

    return advance


def _pairs_a_word(spec: RunSpec, length: int) -> float:
    """The mean number of words near one, in pieces of so many words: both draw the window anew for each."""
    model = spec.model
    assert isinstance(model, WordVectorsSpec)
    of_distance = ((model.window - d + 1) / model.window for d in range(1, model.window + 1))
    return sum(2 * share * (length - d) / length for d, share in enumerate(of_distance, 1))
