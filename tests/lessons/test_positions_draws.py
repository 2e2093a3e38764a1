"""The drawn exercises of the positions lesson: true for every seed, friendly, and with slips that differ."""

from __future__ import annotations

import math
import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.exercises import load_exercises, posed
from lessons.judging import judge
from lessons.positions.draws import DRAWS

SEEDS = st.integers(0, 2**32 - 1)


@settings(max_examples=40)
@given(SEEDS)
def test_a_wave_is_the_formula_of_the_lesson(seed: int) -> None:
    exercise = posed("positions", load_exercises("positions", "en")["pe_value"], seed)
    found = re.search(r"PE\[(\d+), (\d+)\]", exercise.question)
    assert found is not None
    t, column = int(found[1]), int(found[2])
    angle = t / 10_000 ** (2 * (column // 2) / 8)
    wanted = math.cos(angle) if column % 2 else math.sin(angle)
    assert judge(exercise, f"{wanted:.2f}").correct
    for slip in exercise.slips:
        assert slip.value is not None
        assert judge(exercise, f"{slip.value:.6f}").feedback
    told = sorted([wanted, *(float(slip.value) for slip in exercise.slips)])
    assert min(b - a for a, b in pairwise(told)) > 2 * exercise.tolerance, (
        "each mistake has its own"
    )


@settings(max_examples=40)
@given(SEEDS)
def test_an_angle_is_the_distance_times_the_frequency(seed: int) -> None:
    exercise = posed("positions", load_exercises("positions", "en")["angle"], seed)
    found = re.search(r"i = (\d).*position (\d+), the key at (\d+)", exercise.question)
    assert found is not None
    pair, m, n = map(int, found.groups())
    wanted = (m - n) * 10.0 ** (-pair)
    assert judge(exercise, f"{wanted:g}").correct
    assert not judge(exercise, f"{(m + n) * 10.0**-pair:g}").correct
    assert judge(exercise, f"{(m + n) * 10.0**-pair:g}").feedback


@settings(max_examples=40)
@given(SEEDS)
def test_biases_are_minus_the_slope_times_the_distance(seed: int) -> None:
    exercise = posed("positions", load_exercises("positions", "en")["alibi_matrix"], seed)
    found = re.search(r"with (\d+) heads. Fill in what head (\d)", exercise.question)
    assert found is not None
    heads, head = map(int, found.groups())
    slope = 2 ** (-8 * (head + 1) / heads)
    wanted = [[-slope * (query - key) + 0.0 for key in (0, 1, 2)] for query in (2, 3)]
    typed = [[f"{value:g}" for value in row] for row in wanted]
    assert judge(exercise, typed).correct
    assert exercise.given[0][2] == "0"
    far = judge(exercise, [[f"{query - key}" for key in (0, 1, 2)] for query in (2, 3)])
    assert far.feedback.startswith("These are the distances themselves.")
    turned = [[f"{-value + 0.0:g}" for value in row] for row in wanted]
    assert "sign" in judge(exercise, turned).feedback


@pytest.mark.parametrize("name", list(DRAWS))
def test_numbers_are_drawn_anew(name: str) -> None:
    shown = {str(DRAWS[name](np.random.default_rng(seed)).shown) for seed in range(12)}
    assert len(shown) >= 3


@pytest.mark.parametrize("language", ["en", "zh"])
def test_there_are_enough_of_enough_kinds(language: str) -> None:
    exercises = load_exercises("positions", language)
    assert len(exercises) >= 6
    assert len({exercise.kind for exercise in exercises.values()}) == 6
    assert all(len(exercise.hints) == 2 for exercise in exercises.values())
