"""What is asked about how good the shipped models are."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from core.answers import Answerer
from core.answers.measuring import of_tokens
from core.errors import LearnerError
from core.models.metrics import accuracy
from core.questions.measuring import HeldOut, TextLosses
from core.store.starters import starters
from core.store.store import Library, Store
from core.text.corpora import load_corpus, split

SHIPPED = Path(__file__).parents[3] / "starters"
RUNS = {one.slug: one.spec.id for one in starters() if one.spec.model.language_model}
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
    came = zip(found.tokens[1:], found.log_probabilities, found.ranks, strict=True)
    for (token, logp, rank), best in zip(came, found.expected, strict=True):
        assert len(best) == 5 and best == tuple(sorted(best, key=lambda one: -one[1]))
        assert (rank <= 5) == (token in dict(best))
        if rank <= 5:
            assert best[rank - 1] == (token, pytest.approx(math.exp(logp)))
    with pytest.raises(LearnerError):
        answerer.answer(TextLosses(RUNS[slug], "Mia"))


@pytest.mark.parametrize("slug", RUNS)
def test_held_out_passages_are_scored_as_the_metrics_score_them(
    answerer: Answerer, slug: str
) -> None:
    found = answerer.answer(HeldOut(RUNS[slug], passages=3))
    loaded = answerer.loaded(RUNS[slug])
    held_out = split(load_corpus(loaded.spec.corpus).text)[1].strip()
    for place, passage in enumerate(held_out.split("\n\n")[:3]):
        here = found.passages == place
        tokens = loaded.tokenizer.encode(passage)[: loaded.spec.model.longest_window()]
        past = [tokens[:end] for end in range(1, len(tokens))]
        logp = loaded.model.next_log_probabilities(past)
        assert found.log_probabilities[here] == pytest.approx(
            loaded.model.token_log_probabilities(tokens), abs=1e-5
        )
        assert found.confidence[here] == pytest.approx(np.exp(logp.max(axis=1)), abs=1e-5)
        assert (found.ranks[here] == 1).mean() == pytest.approx(accuracy(logp, tokens[1:]))
    assert set(found.passages.tolist()) == {0, 1, 2}
    assert found.vocabulary == loaded.model.vocabulary_size
    with pytest.raises(LearnerError):
        answerer.answer(HeldOut(RUNS[slug], passages=0))


def test_of_equally_likely_tokens_the_first_stands_first() -> None:
    logp = np.log([[0.2, 0.3, 0.3, 0.2]])
    ranks = [int(of_tokens(logp, np.array([token]))[1][0]) for token in range(4)]
    assert ranks == [3, 1, 2, 4]
