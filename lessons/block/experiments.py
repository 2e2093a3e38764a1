"""The experiments of the block lesson: what each part is worth, and where the norm belongs."""

from __future__ import annotations

from core.spec.families.gpt import GPTSpec
from core.spec.recipe import RecipeSpec
from core.spec.run import RunSpec
from core.spec.text import CorpusSpec
from core.wording import N_
from lessons.experiments import WORDS, arm

_PARTS = RunSpec(
    corpus=CorpusSpec(name="tales", size=2000),
    tokenizer=WORDS,
    model=GPTSpec(layers=4, heads=4, width=48, context=32),
    recipe=RecipeSpec(steps=300, batch=16, learning_rate=5e-3),
)

PARTS = (
    arm(N_("all parts"), _PARTS),
    arm(N_("no residual"), _PARTS, residual=False),
    arm(N_("no LayerNorm"), _PARTS, norm="none"),
    arm(N_("no MLP"), _PARTS, mlp=False),
)

_NORMS = RunSpec(
    corpus=CorpusSpec(name="tales", size=2000),
    tokenizer=WORDS,
    model=GPTSpec(layers=2, heads=2, width=64, context=32),
    recipe=RecipeSpec(steps=400, batch=8, learning_rate=7e-3, warmup=0),
)
"""Without warm-up: that is where the place of the norm matters most (Xiong et al. 2020). At eight
layers pre-norm ended at 3.62, 3.49, 3.62, 3.16, 3.08 nats with the seeds 1 to 5, and post-norm at 5.23,
5.23, 5.21, 5.22, 5.22: it had not begun to learn. At half the rate some seeds of it did."""

NORMS = (
    arm(N_("pre-norm, 2 layers"), _NORMS),
    arm(N_("post-norm, 2 layers"), _NORMS, norm="post"),
    arm(N_("pre-norm, 8 layers"), _NORMS, layers=8),
    arm(N_("post-norm, 8 layers"), _NORMS, layers=8, norm="post"),
)
