"""Questions behind the experiments: how far a model reads, and what its first step would feel."""

from __future__ import annotations

import numpy as np
import pytest

from core.answers import Answerer
from core.errors import LearnerError
from core.questions import GradientNorms, LossByPosition
from core.runs.engines.engine import Job
from core.runs.worker import execute
from core.spec.families.gpt import GPTSpec
from core.spec.recipe import RecipeSpec
from core.spec.run import RunSpec
from core.spec.text import CorpusSpec, TokenizerSpec
from core.store.store import Library, Store
from core.text.material import prepare

SPEC = RunSpec(
    corpus=CorpusSpec(name="tales", size=40),
    tokenizer=TokenizerSpec(kind="characters"),
    model=GPTSpec(layers=1, heads=2, width=8, context=12),
    recipe=RecipeSpec(steps=3, batch=2, snapshots=1, window=6),
)


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    root = tmp_path_factory.mktemp("runs")
    list(execute(Job(root, SPEC)))
    return Answerer(Library([Store(root)]))


def test_losses_by_position_are_those_of_the_model(answerer: Answerer) -> None:
    answer = answerer.answer(LossByPosition(SPEC.id, 12))
    assert answer.losses.shape == (12,) and answer.count == 48
    held_out = prepare(SPEC).validation
    starts = np.unique(np.linspace(0, len(held_out) - 13, 48).astype(np.int64))
    passages = [held_out[start : start + 13] for start in starts]
    model = answerer.loaded(SPEC.id).model
    for position in (0, 7, 11):
        logp = model.next_log_probabilities([p[: position + 1] for p in passages])
        expected = -np.mean([row[p[position + 1]] for row, p in zip(logp, passages, strict=True)])
        assert answer.losses[position] == pytest.approx(expected, abs=1e-5)


def test_a_model_reads_no_further_than_its_context(answerer: Answerer) -> None:
    with pytest.raises(LearnerError, match="between 1 and 12"):
        answerer.answer(LossByPosition(SPEC.id, 13))


def test_gradients_need_no_run(answerer: Answerer) -> None:
    spec = GPTSpec(layers=3, heads=2, width=8, context=8)
    norms = answerer.answer(GradientNorms(spec)).norms
    assert norms.shape == (3,) and (norms > 0).all()
    assert (norms == answerer.answer(GradientNorms(spec)).norms).all()
    assert (norms != answerer.answer(GradientNorms(spec, seed=1)).norms).any()
