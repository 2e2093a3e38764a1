"""What reading unknown tokens in training is worth: a model asked about a word it does not know."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from core.models.neural import NeuralLanguageModel
from core.spec.families.gpt import GPTSpec
from core.spec.recipe import RecipeSpec
from core.spec.run import RunSpec
from core.spec.text import CorpusSpec
from core.text.pieces import UNKNOWN_ID
from core.training import training
from tests.experiments.seeds import SEEDS

WORDS = (
    " saw",
    " found",
    " took",
    " gave",
    " went",
    " lost",
    " dog",
    " ball",
    " tree",
    " red",
    " old",
)
BEFORE = 12
"""Tokens that the model is given before the unknown one."""


def _cost(spec: RunSpec) -> float:
    """Mean nats of the token after an unknown word of the held-out text."""
    running = training.Training(spec)
    for _snapshot in running.snapshots():
        pass
    model = NeuralLanguageModel(running.model.eval())
    held_out = training.prepare(spec).validation
    words = [int(running.tokenizer.encode(word)[0]) for word in WORDS]
    places = [p for p in np.flatnonzero(np.isin(held_out, words)) if p > BEFORE][:200]
    passages = [
        held_out[place - BEFORE : place + 2].copy() for place in places if place + 2 < len(held_out)
    ]
    for passage in passages:
        passage[BEFORE] = UNKNOWN_ID
    return -float(np.mean([model.token_log_probabilities(passage)[-1] for passage in passages]))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_model_that_met_unknown_words_is_less_surprised_by_what_follows_one(
    seed: int, record_property: Callable[[str, object], None]
) -> None:
    recipe = RecipeSpec(steps=300, learning_rate=0.01, weight_decay=0.05, snapshots=1, unknown=0.01)
    spec = RunSpec(
        corpus=CorpusSpec(size=600, seed=7),
        model=GPTSpec(width=48, context=32),
        recipe=recipe,
        seed=seed,
    )
    taught = _cost(spec)
    never = _cost(spec.model_copy(update={"recipe": recipe.model_copy(update={"unknown": 0.0})}))
    record_property("nats", (taught, never))
    assert taught < never - 1, (taught, never)
