"""What the GPT lesson bets on: frequencies are learned first, then pairs of neighbours."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from core.inspection.gold_links import LINK_KINDS
from core.models.neural import NeuralLanguageModel
from core.models.ngram import NGramModel
from core.spec.families.gpt import GPTSpec
from core.spec.families.ngram import NGramSpec
from core.store.starters import starters
from core.text.material import Material
from core.training import training
from tests.experiments.seeds import SEEDS

SHIPPED = next(starter.spec for starter in starters() if starter.slug == "gpt")
STEPS = 60
EVERY = 4
"""Steps between two looks."""


def _apart(p: NDArray[np.float64], q: NDArray[np.float64]) -> float:
    """Mean total variation of the next-token distributions [b v]: 0 for the same, 1 for nothing in common."""
    return float(0.5 * np.abs(p - q).sum(axis=1).mean())


def _contexts(material: Material) -> list[NDArray[np.int64]]:
    held_out = np.asarray(material.validation)
    return [held_out[place : place + 20] for place in range(0, 4000, 80)]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_gpt_learns_which_tokens_are_frequent_before_which_token_follows_which(
    seed: int, record_property: Callable[[str, object], None]
) -> None:
    """Early on its predictions are those of counting single tokens, whatever stands before; at the end
    they are nearer to those of counting pairs."""
    assert isinstance(SHIPPED.model, GPTSpec)
    recipe = SHIPPED.recipe.model_copy(update={"steps": STEPS, "snapshots": 4})
    spec = SHIPPED.model_copy(update={"recipe": recipe, "seed": seed})
    material = training.prepare(spec)
    contexts = _contexts(material)
    size = material.tokenizer.vocabulary_size
    single, pairs = (
        np.exp(
            NGramModel.fit(
                material.training, size, NGramSpec(order=order, smoothing="add_k", k=0.1)
            ).next_log_probabilities(contexts)
        )
        for order in (1, 2)
    )
    running = training.Training(spec)
    to_single, to_pairs = [], []
    for snapshot in running.snapshots():
        if snapshot.step % EVERY == 0:
            model = NeuralLanguageModel(running.model.eval())
            said = np.exp(model.next_log_probabilities(contexts))
            running.model.train()
            to_single.append(_apart(said, single))
            to_pairs.append(_apart(said, pairs))
    first, second = int(np.argmin(to_single)), int(np.argmin(to_pairs))
    record_property("steps", (EVERY * first, EVERY * second))
    assert 0 < first < second
    assert to_single[first] < to_pairs[first] / 1.5
    assert to_pairs[-1] < to_single[-1] / 1.5


@pytest.mark.parametrize("seed", SEEDS)
def test_the_head_that_finds_the_subject_forms_when_most_of_the_loss_has_fallen(
    seed: int, record_property: Callable[[str, object], None]
) -> None:
    """At the first look at which it has half of the attention that it ends with, nine tenths of the fall of
    the validation loss have happened; before half of the fall no head has found the link."""
    kind = LINK_KINDS.index("agreement")
    spec = SHIPPED.model_copy(update={"seed": seed})
    looked = [one for one in training.Training(spec).snapshots() if one.full]
    losses = np.array([one.validation_loss for one in looked], dtype=np.float64)
    shares = np.stack([one.arrays["links"][kind].astype(np.float64) for one in looked])
    chance = float(looked[0].arrays["link_chance"][kind])
    fallen = (losses[0] - losses) / (losses[0] - losses[-1])
    best = shares.reshape(len(looked), -1)[:, int(shares[-1].argmax())]
    half_way = int(np.argmax(best >= best[-1] / 2))
    record_property("fallen", float(fallen[half_way]))
    assert best[-1] > 5 * chance
    assert fallen[half_way] >= 0.9
    assert shares[fallen < 0.5].max() < 2 * chance
