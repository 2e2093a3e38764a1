"""The runs that learn tasks with exact answers: one of each family, sized for a few seconds. No torch."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from core.spec.families.gpt import GPTSpec
from core.spec.families.ngram import NGramSpec
from core.spec.families.recurrent import RecurrentSpec
from core.spec.family import FamilySpec
from core.spec.recipe import RecipeSpec
from core.spec.recipes import FAST
from core.spec.run import RunSpec
from core.spec.text import CorpusSpec, TaskName, TokenizerSpec
from core.text.tasks.registry import TASKS

Solver = Literal["ngram", "rnn", "lstm", "gpt", "gpt_learned", "gpt_alibi", "gpt_none"]
"""The GPT has rotary positions, its variants others, or none."""

PROBLEMS = 10_000
CONTEXT = 64
"""Room for the longest problem that is asked, with its answer."""
ADAM = RecipeSpec(steps=1000, batch=64, schedule="linear", weight_decay=0, snapshots=6)
MUON = FAST.model_copy(update={"steps": 1000, "batch": 64, "snapshots": 6})


def _gpt(positions: Literal["rotary", "learned", "alibi", "none"]) -> tuple[FamilySpec, RecipeSpec]:
    model = GPTSpec(
        layers=2,
        heads=4,
        width=48,
        context=CONTEXT,
        positions=positions,
        qk_norm=True,
        previous=True,
    )
    return model, MUON


MODELS: Mapping[Solver, tuple[FamilySpec, RecipeSpec]] = MappingProxyType(
    {
        "ngram": (NGramSpec(order=5), RecipeSpec()),
        "rnn": (
            RecurrentSpec(cell="rnn", width=64, context=CONTEXT),
            ADAM.model_copy(update={"learning_rate": 3e-3}),
        ),
        "lstm": (
            RecurrentSpec(cell="lstm", width=64, context=CONTEXT),
            ADAM.model_copy(update={"learning_rate": 1e-2}),
        ),
        "gpt": _gpt("rotary"),
        "gpt_learned": _gpt("learned"),
        "gpt_alibi": _gpt("alibi"),
        "gpt_none": _gpt("none"),
    }
)


FAMILIES: tuple[Solver, ...] = ("ngram", "rnn", "lstm", "gpt")
"""One of each."""
SHIPPED: Mapping[TaskName, tuple[Solver, ...]] = MappingProxyType(
    {"parity": FAMILIES, "addition": FAMILIES, "copy": ("gpt",)}
)
"""Whose models come with the course: so that one's own problems are answered at once, and to look into the
one that copies."""


def solving(task: TaskName, solver: Solver, seed: int = 1) -> RunSpec:
    """A model that learns a task. Its window is the task's longest line: what lies beyond is never read in
    training."""
    model, recipe = MODELS[solver]
    if model.descends:
        recipe = recipe.model_copy(update={"window": TASKS[task].longest_line - 1})
    return RunSpec(
        corpus=CorpusSpec(name="tasks", task=task, size=PROBLEMS),
        tokenizer=TokenizerSpec(kind="characters", vocabulary=64),
        model=model,
        recipe=recipe,
        seed=seed,
    )
