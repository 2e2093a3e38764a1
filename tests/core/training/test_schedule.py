from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.spec.recipe import RecipeSpec
from core.training.schedule import full_steps, learning_rate, reported_steps

recipes = st.builds(
    RecipeSpec,
    steps=st.integers(1, 5000),
    snapshots=st.integers(1, 200),
    warmup=st.integers(0, 6000),
    learning_rate=st.floats(1e-5, 1.0),
)


@given(recipes)
def test_full_snapshots_are_as_many_as_asked_and_end_with_the_last_step(recipe: RecipeSpec) -> None:
    steps = full_steps(recipe)
    assert len(steps) == min(recipe.snapshots, recipe.steps + 1)
    assert list(steps) == sorted(set(steps))
    assert steps[-1] == recipe.steps
    if recipe.snapshots > 1:
        assert steps[0] == 0


def test_full_snapshots_are_denser_early() -> None:
    steps = full_steps(RecipeSpec(steps=1000, snapshots=24))
    gaps = [b - a for a, b in itertools.pairwise(steps)]
    assert gaps == sorted(gaps)
    assert steps[12] < 300


@given(recipes)
def test_every_full_step_is_reported_and_lines_stay_few(recipe: RecipeSpec) -> None:
    reported = reported_steps(recipe)
    assert set(full_steps(recipe)) <= set(reported)
    assert list(reported) == sorted(set(reported))
    assert reported[0] == 0 and reported[-1] == recipe.steps
    assert len(reported) <= 101 + recipe.snapshots


def test_a_run_writes_about_a_hundred_lines() -> None:
    assert 100 <= len(reported_steps(RecipeSpec(steps=2000, snapshots=24))) <= 125


@given(recipes, st.data())
def test_rate_rises_to_its_peak_and_never_exceeds_it(
    recipe: RecipeSpec, data: st.DataObject
) -> None:
    step = data.draw(st.integers(1, recipe.steps))
    rate = learning_rate(recipe, step)
    assert 0 < rate <= recipe.learning_rate * (1 + 1e-12)
    if step < min(recipe.warmup, recipe.steps):
        assert learning_rate(recipe, step + 1) > rate
    elif recipe.warmup < step < recipe.steps:
        assert learning_rate(recipe, step + 1) < rate


def test_rate_at_its_landmarks() -> None:
    recipe = RecipeSpec(steps=110, warmup=10, learning_rate=0.5)
    assert learning_rate(recipe, 5) == pytest.approx(0.25)
    assert learning_rate(recipe, 10) == pytest.approx(0.5)
    assert learning_rate(recipe, 60) == pytest.approx(0.5 * 0.55)
    assert learning_rate(recipe, 110) == pytest.approx(0.05)
    assert math.isfinite(learning_rate(RecipeSpec(steps=1, warmup=0), 1))
