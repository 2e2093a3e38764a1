"""When a run reports and how fast it learns: functions of the recipe alone. No torch."""

from __future__ import annotations

import math

from core.spec.recipe import RecipeSpec

LIGHT_LINES = 100
"""About how many lines with a training loss a run writes."""

LAST_SHARE = 0.1
"""The learning rate at the last step, as a share of the highest."""


def full_steps(recipe: RecipeSpec) -> tuple[int, ...]:
    """The rising steps with a full snapshot, from 0 to the last, denser early.

    The k-th of n lies at steps · (k / (n - 1))²: most of what a model learns, it learns at the
    beginning. A recipe with one snapshot has it at the end.
    """
    count = min(recipe.snapshots, recipe.steps + 1)
    if count == 1:
        return (recipe.steps,)
    chosen: list[int] = []
    for k in range(count):
        wished = round(recipe.steps * (k / (count - 1)) ** 2)
        earliest = chosen[-1] + 1 if chosen else 0
        chosen.append(max(wished, earliest))
    return tuple(chosen)


def reported_steps(recipe: RecipeSpec) -> tuple[int, ...]:
    """The rising steps with any line at all, light or full."""
    every = math.ceil(recipe.steps / LIGHT_LINES)
    return tuple(sorted({*full_steps(recipe), *range(0, recipe.steps + 1, every)}))


def learning_rate(recipe: RecipeSpec, step: int) -> float:
    """The rate of update ``step``, counted from 1: linear warm-up, then half a cosine to a tenth (SGDR,
    Loshchilov and Hutter 2017, section 3, with one cycle), or a straight line that would reach 0 one step
    after the last.
    """
    if step <= recipe.warmup:
        return recipe.learning_rate * step / recipe.warmup
    if recipe.schedule == "linear":
        return recipe.learning_rate * (recipe.steps + 1 - step) / (recipe.steps + 1 - recipe.warmup)
    progress = (step - recipe.warmup) / (recipe.steps - recipe.warmup)
    falling = (1 + math.cos(math.pi * progress)) / 2
    return recipe.learning_rate * (LAST_SHARE + (1 - LAST_SHARE) * falling)
