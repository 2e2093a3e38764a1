"""The experiment of the attention lesson: what the causal mask is for."""

from __future__ import annotations

from core.spec.families.gpt import GPTSpec
from core.spec.recipe import RecipeSpec
from core.spec.run import RunSpec
from core.spec.text import CorpusSpec
from core.wording import N_
from lessons.experiments import WORDS, arm

_BASE = RunSpec(
    corpus=CorpusSpec(name="tales", size=2000),
    tokenizer=WORDS,
    model=GPTSpec(layers=2, heads=4, width=64, context=32),
    recipe=RecipeSpec(steps=400, batch=16, learning_rate=5e-3),
)

MASK = (
    arm(N_("with the causal mask"), _BASE),
    arm(N_("without the mask"), _BASE, causal=False),
)
