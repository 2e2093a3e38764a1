"""The experiments of the positions lesson: what order is worth, and how far each way of telling it reads."""

from __future__ import annotations

from core.spec.families.gpt import GPTSpec
from core.spec.recipe import RecipeSpec
from core.spec.run import RunSpec
from core.spec.text import CorpusSpec
from core.wording import N_
from lessons.experiments import CHARACTERS, WORDS, arm

_SHUFFLE = RunSpec(
    corpus=CorpusSpec(name="tales", size=600),
    tokenizer=CHARACTERS,
    model=GPTSpec(layers=1, heads=4, width=48, context=32),
    recipe=RecipeSpec(steps=400, batch=16, learning_rate=1e-2),
)
"""Characters, because in spelling the order says more than in the tales' short sentences. One layer,
because from the second on a causal mask by itself tells a token how many stand before it."""

SHUFFLE = (
    arm(N_("positions, 1 layer"), _SHUFFLE),
    arm(N_("no positions, 1 layer"), _SHUFFLE, positions="none"),
    arm(N_("no positions, 2 layers"), _SHUFFLE, positions="none", layers=2),
)

_LENGTH = RunSpec(
    corpus=CorpusSpec(name="tales", size=2000),
    tokenizer=WORDS,
    model=GPTSpec(layers=2, heads=4, width=64, context=128),
    recipe=RecipeSpec(steps=300, batch=16, learning_rate=5e-3, window=32),
)
"""Trained on 32 tokens at a time, able to read 128."""

LENGTH = (
    arm(N_("no positions"), _LENGTH, positions="none"),
    arm(N_("learned"), _LENGTH),
    arm(N_("sinusoidal"), _LENGTH, positions="sinusoidal"),
    arm(N_("rotary"), _LENGTH, positions="rotary"),
    arm(N_("ALiBi"), _LENGTH, positions="alibi"),
)
