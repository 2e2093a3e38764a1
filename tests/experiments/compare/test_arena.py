"""What the arena says holds with five seeds, with fewer steps than on its page: who leads early and late."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from core.models.metrics import cross_entropy
from core.models.ngram import NGramModel
from core.spec.families.ngram import NGramSpec
from core.store.further import shipped_runs
from core.text.material import prepare
from core.training.training import train
from tests.experiments.seeds import SEEDS

RUNS = shipped_runs()
STEPS = 160
EARLY_STEP = 14
"""At 1,024 tokens a step."""


def _losses(name: str, seed: int) -> dict[int, float]:
    """By step: a short training of the shipped run's kind."""
    spec = RUNS[name]
    changed = {"steps": STEPS, "snapshots": 11, "warmup": min(spec.recipe.warmup, 20)}
    recipe = spec.recipe.model_copy(update=changed)
    full = train(spec.model_copy(update={"seed": seed, "recipe": recipe}))
    return {s.step: s.validation_loss for s in full if s.validation_loss is not None}


@pytest.mark.parametrize("seed", SEEDS)
def test_counting_leads_early_and_the_gpt_at_the_end(
    seed: int, record_property: Callable[[str, object], None]
) -> None:
    """After 14,336 tokens each the N-gram has the lowest loss; after ten times as many the GPT has, and the
    recurrent networks are near the N-gram that has counted all of the text."""
    spec = RUNS["ngram"]
    assert isinstance(spec.model, NGramSpec)
    material = prepare(spec)
    tokens = EARLY_STEP * 1024
    size = material.tokenizer.vocabulary_size
    counted, whole = (
        cross_entropy(NGramModel.fit(part, size, spec.model), material.validation[:2049])
        for part in (material.training[:tokens], material.training)
    )
    found = {name: _losses(name, seed) for name in ("rnn", "lstm", "gpt")}
    early = {name: losses[EARLY_STEP] for name, losses in found.items()}
    last = {name: losses[STEPS] for name, losses in found.items()}
    record_property("early", {"ngram": counted, **early})
    record_property("last", {"ngram": whole, **last})
    assert counted < min(early.values()) - 0.3
    assert last["gpt"] < min(whole, last["rnn"], last["lstm"]) - 0.3
