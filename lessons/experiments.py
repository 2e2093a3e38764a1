"""The experiments of the course: runs that differ in one thing, trained side by side.

All arms of an experiment have the same text, seed, steps and learning rate. The settings were chosen
so that each lesson shows within seconds, and shows with other seeds too; tests hold that in small.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from core.spec.families.gpt import GPTSpec
from core.spec.recipe import RecipeSpec
from core.spec.run import RunSpec
from core.spec.text import CorpusSpec, TokenizerSpec
from core.wording import N_


@dataclass(frozen=True)
class Arm:
    """One of the runs that are compared, under the English name that the page translates."""

    name: str
    spec: RunSpec


def _arm(name: str, base: RunSpec, **changes: object) -> Arm:
    """The base with a few options of its model changed."""
    model = type(base.model).model_validate(base.model.model_dump() | changes)
    return Arm(name, base.model_copy(update={"model": model}))


def with_seed(arms: tuple[Arm, ...], seed: int) -> tuple[Arm, ...]:
    """The same experiment with another seed."""
    return tuple(Arm(arm.name, arm.spec.model_copy(update={"seed": seed})) for arm in arms)


_WORDS = TokenizerSpec(kind="words", vocabulary=1000)
_CHARACTERS = TokenizerSpec(kind="characters", vocabulary=1000)

_MASK = RunSpec(
    corpus=CorpusSpec(name="tales", size=2000),
    tokenizer=_WORDS,
    model=GPTSpec(layers=2, heads=4, width=64, context=32),
    recipe=RecipeSpec(steps=400, batch=16, learning_rate=5e-3),
)

_SHUFFLE = RunSpec(
    corpus=CorpusSpec(name="tales", size=600),
    tokenizer=_CHARACTERS,
    model=GPTSpec(layers=1, heads=4, width=48, context=32),
    recipe=RecipeSpec(steps=400, batch=16, learning_rate=1e-2),
)
"""Characters, because in spelling the order says more than in the tales' short sentences. One layer,
because from the second on a causal mask by itself tells a token how many stand before it."""

_PARTS = RunSpec(
    corpus=CorpusSpec(name="tales", size=2000),
    tokenizer=_WORDS,
    model=GPTSpec(layers=4, heads=4, width=48, context=32),
    recipe=RecipeSpec(steps=300, batch=16, learning_rate=5e-3),
)

_NORMS = RunSpec(
    corpus=CorpusSpec(name="tales", size=2000),
    tokenizer=_WORDS,
    model=GPTSpec(layers=2, heads=2, width=64, context=32),
    recipe=RecipeSpec(steps=400, batch=8, learning_rate=7e-3, warmup=0),
)
"""Without warm-up: that is where the place of the norm matters most (Xiong et al. 2020). At eight
layers pre-norm ended at 3.62, 3.49, 3.62, 3.16, 3.08 nats with the seeds 1 to 5, and post-norm at 5.23,
5.23, 5.21, 5.22, 5.22: it had not begun to learn. At half the rate some seeds of it did."""

_POSITIONS = RunSpec(
    corpus=CorpusSpec(name="tales", size=2000),
    tokenizer=_WORDS,
    model=GPTSpec(layers=2, heads=4, width=64, context=128),
    recipe=RecipeSpec(steps=300, batch=16, learning_rate=5e-3, window=32),
)
"""Trained on 32 tokens at a time, able to read 128."""

EXPERIMENTS: Mapping[str, tuple[Arm, ...]] = MappingProxyType(
    {
        "mask": (
            _arm(N_("with the causal mask"), _MASK),
            _arm(N_("without the mask"), _MASK, causal=False),
        ),
        "shuffle": (
            _arm(N_("positions, 1 layer"), _SHUFFLE),
            _arm(N_("no positions, 1 layer"), _SHUFFLE, positions="none"),
            _arm(N_("no positions, 2 layers"), _SHUFFLE, positions="none", layers=2),
        ),
        "parts": (
            _arm(N_("all parts"), _PARTS),
            _arm(N_("no residual"), _PARTS, residual=False),
            _arm(N_("no LayerNorm"), _PARTS, norm="none"),
            _arm(N_("no MLP"), _PARTS, mlp=False),
        ),
        "norms": (
            _arm(N_("pre-norm, 2 layers"), _NORMS),
            _arm(N_("post-norm, 2 layers"), _NORMS, norm="post"),
            _arm(N_("pre-norm, 8 layers"), _NORMS, layers=8),
            _arm(N_("post-norm, 8 layers"), _NORMS, layers=8, norm="post"),
        ),
        "positions": (
            _arm(N_("no positions"), _POSITIONS, positions="none"),
            _arm(N_("learned"), _POSITIONS),
            _arm(N_("sinusoidal"), _POSITIONS, positions="sinusoidal"),
            _arm(N_("rotary"), _POSITIONS, positions="rotary"),
            _arm(N_("ALiBi"), _POSITIONS, positions="alibi"),
        ),
    }
)
"""By name: mask, shuffle, parts, norms, positions."""
