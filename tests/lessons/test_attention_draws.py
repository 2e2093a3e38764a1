"""The drawn exercises of the attention lesson have true answers, and their slips are wrong ones."""

from __future__ import annotations

import numpy as np
import pytest

from core.worked.trace import attention_trace
from lessons.attention.draws import DRAWS
from lessons.exercises import load_exercises, posed
from lessons.judging import judge

SEEDS = range(12)


def softmax(scores: list[float]) -> list[float]:
    """Of one row, by attention itself: a query of one number on keys of one number."""
    keys = np.array(scores)[:, None]
    return [float(w) for w in attention_trace([[1.0]], keys, np.ones_like(keys)).weights[0]]


@pytest.mark.parametrize("seed", SEEDS)
def test_one_weight_is_the_softmax_of_two_scores(seed: int) -> None:
    drawn = DRAWS["one_weight"](np.random.default_rng(seed))
    first, second = softmax([float(drawn.shown["score"]), 0.0])
    assert drawn.answer == pytest.approx(first, abs=0.005)
    assert float(drawn.shown["weight"]) == pytest.approx(first, abs=0.01)
    assert float(drawn.shown["power"]) == pytest.approx(
        np.exp(float(drawn.shown["score"])), rel=0.01
    )
    assert drawn.slips["other"] == pytest.approx(second, abs=0.005)


@pytest.mark.parametrize("seed", SEEDS)
def test_one_output_is_the_weighted_sum_of_the_values_shown(seed: int) -> None:
    drawn = DRAWS["one_output"](np.random.default_rng(seed))
    first, second, a, b = (float(drawn.shown[name]) for name in ("first", "second", "a", "b"))
    assert first + second == pytest.approx(1)
    assert drawn.answer == pytest.approx(np.dot([first, second], [a, b]))
    assert float(drawn.shown["output"]) == pytest.approx(drawn.answer)
    assert drawn.slips["swapped"] == pytest.approx(np.dot([second, first], [a, b]))
    assert all(abs(float(slip) - float(drawn.answer)) > 0.05 for slip in drawn.slips.values())


@pytest.mark.parametrize("seed", SEEDS)
def test_filled_weights_are_the_softmax_of_the_visible_scores(seed: int) -> None:
    drawn = DRAWS["fill_weights"](np.random.default_rng(seed))
    body = drawn.shown["exponentials"].split("} ")[1].split(r" \end")[0]
    exponentials = [[float(cell) for cell in line.split("&")] for line in body.split(r"\\")]
    for row, line in enumerate(exponentials):
        assert not any(line[row + 1 :])
        wanted = softmax([float(np.log(cell)) for cell in line[: row + 1]])
        assert drawn.answer[row] == pytest.approx([*wanted, *line[row + 1 :]])
        assert [cell is None for cell in drawn.given[row]] == [place <= row for place in range(3)]
    assert float(drawn.shown["last_sum"]) == sum(exponentials[2])
    assert float(drawn.shown["last_first"]) == exponentials[2][0]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", DRAWS)
def test_the_truth_is_judged_right_and_every_slip_wrong(name: str, seed: int) -> None:
    exercise = posed("attention", load_exercises("attention", "en")[name], seed)
    assert judge(exercise, written(exercise.answer), None).correct
    for slip in exercise.slips:
        verdict = judge(exercise, written(slip.numbers or slip.value), None)
        assert not verdict.correct and verdict.feedback == slip.feedback


def test_the_softmax_of_a_single_score_is_one() -> None:
    exercise = load_exercises("attention", "en")["single_score"]
    assert exercise.answer == pytest.approx(softmax([0.71])[0])
    assert exercise.slips[1].value == pytest.approx(np.exp(0.71), abs=0.005)
    assert not judge(exercise, "0.71", None).correct and judge(exercise, "1", None).correct


def written(answer: object) -> object:
    """As a learner would type it."""
    if isinstance(answer, float | int):
        return f"{answer:.2f}"
    return [[f"{cell:.2f}" for cell in line] for line in answer]
