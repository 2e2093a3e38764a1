"""The attention lesson's examples do what their titles say, and its printed numbers are as claimed."""

from __future__ import annotations

import numpy as np
import pytest

from lessons.attention.examples import (
    EXAMPLES,
    MOST_COLUMNS,
    MOST_TOKENS,
    PRINTED,
    Example,
    example,
    resized,
    softmax,
)
from lessons.exercises import judge, load_exercises


def weights(chosen: Example) -> np.ndarray:
    scores = chosen.q @ chosen.k.T / np.sqrt(chosen.q.shape[1])
    hidden = np.triu(np.ones(scores.shape, dtype=bool), 1) & chosen.causal
    return softmax(np.where(hidden, -np.inf, scores))


@pytest.mark.parametrize("chosen", EXAMPLES, ids=lambda chosen: chosen.slug)
def test_shapes_fit(chosen: Example) -> None:
    shape = (len(chosen.tokens), len(chosen.columns))
    assert chosen.q.shape == chosen.k.shape == chosen.v.shape == shape
    assert shape[0] <= MOST_TOKENS and shape[1] <= MOST_COLUMNS
    np.testing.assert_allclose(weights(chosen).sum(axis=1), 1.0)


def test_her_looks_at_mia() -> None:
    chosen = example("sentence")
    row = weights(chosen)[chosen.tokens.index("her")]
    assert chosen.tokens[int(row.argmax())] == "Mia"
    assert row.max() > 0.85


def test_previous_itself_and_uniform_are_what_they_say() -> None:
    previous, itself = weights(example("previous")), weights(example("itself"))
    assert all(previous[i, i - 1] > 0.9 for i in range(1, 4))
    assert all(itself[i, i] > 0.9 for i in range(4))
    assert weights(example("uniform"))[3] == pytest.approx([0.25] * 4)


def test_corrected_two_tokens() -> None:
    chosen = example("two_tokens")
    assert weights(chosen)[0] == pytest.approx([0.7311, 0.2689], abs=1e-4)
    assert (weights(chosen) @ chosen.v)[:, 0] == pytest.approx([0.2689, 0.2689], abs=1e-4)


def test_corrected_four_scores() -> None:
    row = weights(example("four_scores"))[0]
    assert row == pytest.approx([0.4505, 0.1832, 0.1832, 0.1832], abs=1e-4)


def test_printed_numbers_fail_the_test_the_lesson_teaches() -> None:
    for entry in PRINTED:
        if entry.adds_up:
            assert sum(entry.computed) == pytest.approx(1.0)
            assert sum(entry.printed) != pytest.approx(1.0)
    heads = next(entry for entry in PRINTED if not entry.adds_up)
    assert len(heads.computed) == 8 and heads.printed == pytest.approx((0.3, 0.5, 0.3, 0.7))


def test_resized_keeps_what_fits_and_fills_with_zeros() -> None:
    matrix = np.arange(6.0).reshape(2, 3)
    assert (resized(matrix, 3, 2) == [[0, 1], [3, 4], [0, 0]]).all()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_number_exercises_agree_with_the_formula(language: str) -> None:
    exercises = load_exercises("attention", language)
    e = np.exp
    truths = {
        "one_weight": e(1.1) / (e(1.1) + 1),
        "one_output": 8 * e(1.1) / (e(1.1) + 1) + 4 / (e(1.1) + 1),
        "mask_first": 1.0,
        "single_score": e(0.71) / e(0.71),
        "printed_softmax": e(1) / (e(1) + 3 * e(0.1)),
    }
    for name, truth in truths.items():
        assert judge(exercises[name], f"{truth:.3f}").correct, name
        for slip in exercises[name].slips:
            verdict = judge(exercises[name], str(slip.value))
            assert not verdict.correct and verdict.feedback == slip.feedback, (name, slip.value)
