"""What is asked about how good the shipped models are."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from core.answers import Answerer
from core.errors import LearnerError
from core.models.metrics import accuracy
from core.questions.measuring import HeldOut, TextLosses
from core.store.starters import starters
from core.store.store import Library, Store

SHIPPED = Path(__file__).parents[3] / "starters"
RUNS = {starter.slug: starter.spec.id for starter in starters()}
TEXT = "One day Mia lost her ball in the park."


@pytest.fixture(scope="module")
def answerer() -> Answerer:
    return Answerer(Library([Store(SHIPPED, read_only=True)]))


@pytest.mark.parametrize("slug", RUNS)
def test_each_token_costs_what_the_model_says_of_it(answerer: Answerer, slug: str) -> None:
    found = answerer.answer(TextLosses(RUNS[slug], TEXT))
    loaded = answerer.loaded(RUNS[slug])
    tokens, _cut = loaded.text(TEXT)
    expected = loaded.model.token_log_probabilities(tokens)
    assert found.log_probabilities == pytest.approx(expected, abs=1e-5)
    assert len(found.tokens) == len(found.ranks) + 1 == len(found.expected) + 1
    for logp, rank, best in zip(found.log_probabilities, found.ranks, found.expected, strict=True):
        assert len(best) == 5 and best == tuple(sorted(best, key=lambda one: -one[1]))
        assert (rank == 1) == (math.exp(logp) >= best[0][1] - 1e-9)
    with pytest.raises(LearnerError):
        answerer.answer(TextLosses(RUNS[slug], "Mia"))


@pytest.mark.parametrize("slug", RUNS)
def test_held_out_passages_are_scored_as_the_metrics_score_them(
    answerer: Answerer, slug: str
) -> None:
    found = answerer.answer(HeldOut(RUNS[slug], passages=3))
    assert set(found.passages.tolist()) == {0, 1, 2}
    loaded = answerer.loaded(RUNS[slug])
    assert found.vocabulary == loaded.model.vocabulary_size
    assert (found.confidence >= np.exp(found.log_probabilities) - 1e-9).all()
    assert (
        (found.ranks == 1) == (found.confidence <= np.exp(found.log_probabilities) + 1e-9)
    ).all()
    assert found.matches.max() <= found.vocabulary
    with pytest.raises(LearnerError):
        answerer.answer(HeldOut(RUNS[slug], passages=0))


def test_ranks_are_the_accuracy(answerer: Answerer) -> None:
    loaded = answerer.loaded(RUNS["ngram"])
    tokens, _cut = loaded.text(TEXT)
    logp = loaded.model.next_log_probabilities([tokens[: at + 1] for at in range(len(tokens) - 1)])
    ranks = answerer.answer(TextLosses(RUNS["ngram"], TEXT)).ranks
    assert (ranks == 1).mean() == pytest.approx(accuracy(logp, tokens[1:]))
