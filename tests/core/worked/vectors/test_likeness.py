"""Cosines, neighbours, analogies, the odd one out and directions, against numbers by hand and by others."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.metrics.pairwise import cosine_similarity

from core.worked.vectors.analogy import analogy, odd_one_out
from core.worked.vectors.bias import along, direction
from core.worked.vectors.cosine import cosine, cosines, unit
from core.worked.vectors.neighbours import NEIGHBOURS, class_accuracy, kept_on_map, nearest

NUMBERS = st.floats(-5, 5, allow_nan=False).map(lambda x: round(x, 3))


def test_a_cosine_by_hand() -> None:
    found = cosine(np.array([3.0, 4.0]), np.array([4.0, 3.0]))
    assert found.products.tolist() == [12.0, 12.0] and found.dot == 24.0
    assert (found.squares_a.tolist(), found.length_a, found.length_b) == ([9.0, 16.0], 5.0, 5.0)
    assert found.value == pytest.approx(24 / 25)
    assert math.isnan(cosine(np.zeros(2), np.ones(2)).value)


@given(arrays(np.float64, (5, 3), elements=NUMBERS))
def test_all_ways_to_a_cosine_agree_with_a_library(vectors: np.ndarray) -> None:
    reference = cosine_similarity(vectors)
    assert unit(vectors) @ unit(vectors).T == pytest.approx(reference, abs=1e-9)
    assert cosines(vectors, vectors[0]) == pytest.approx(reference[0], abs=1e-9)
    if vectors[0].any() and vectors[1].any():
        assert cosine(vectors[0], vectors[1]).value == pytest.approx(reference[0, 1], abs=1e-9)
    lengths = np.linalg.norm(unit(vectors), axis=1)
    assert np.all(np.isclose(lengths, 1) | (lengths == 0))


def test_the_nearest_come_first_and_no_word_is_left_out_by_mistake() -> None:
    vectors = np.array([[0, 0], [1, 0], [2, 0.1], [0, 1], [-1, 0.0]])
    found = nearest(vectors, np.array([1.0, 0.0]), 10, without=[1])
    assert found.rows.tolist() == [2, 3, 4]  # the row of zeros is no word
    assert found.cosines == pytest.approx([2 / math.hypot(2, 0.1), 0, -1])
    assert nearest(vectors, np.array([1.0, 0.0]), 2).rows.tolist() == [1, 2]


def test_class_accuracy_counts_neighbours_of_the_same_class() -> None:
    vectors = np.array([[1, 0], [1, 0.1], [1, -0.1], [0, 1], [0.1, 1], [9, 9.0]])
    classes = ["a", "a", "a", "b", "b", None]
    one = class_accuracy(vectors, classes, count=1)
    assert (one.mean, one.by_class) == (1.0, {"a": 1.0, "b": 1.0})
    two = class_accuracy(vectors, classes, count=2)
    assert two.mean == pytest.approx((3 * 1.0 + 2 * 0.5) / 5)
    assert two.chance == pytest.approx((3 * 2 + 2 * 1) / (5 * 4))
    assert dict(two.words) == {"a": 3, "b": 2}
    assert math.isnan(class_accuracy(vectors, [None] * 6).mean)


@given(st.integers(0, 10_000))
def test_vectors_at_random_score_about_chance(seed: int) -> None:
    rng = np.random.default_rng(seed)
    found = class_accuracy(rng.normal(size=(300, 16)), [f"{row % 3}" for row in range(300)])
    assert found.mean == pytest.approx(found.chance, abs=0.1)


def test_an_analogy_goes_the_same_step_from_another_word() -> None:
    vectors = np.array([[0, 0, 0], [1, 0, 0], [1, 0, 1], [0, 1, 0], [0, 1, 1], [-1, -1, 0.0]])
    found = analogy(vectors, 1, 2, 3)
    va, vb, vc = unit(vectors[[1, 2, 3]])
    assert found.target == pytest.approx(vb - va + vc)
    assert found.step == pytest.approx(vb - va)
    assert found.best.rows[0] == 4 and not {1, 2, 3} & set(found.best.rows.tolist())
    short = analogy(np.array([[0, 0], [1, 0.0], [1, 0.01], [0, 1], [-1, 1]]), 1, 2, 3)
    assert short.with_inputs.rows[0] == 3  # so short a step leads back to where it began


def test_the_odd_one_out_is_least_like_the_mean() -> None:
    vectors = np.array([[1, 0], [1, 0.2], [0, 1], [1, -0.2]])
    found = odd_one_out(vectors, [3, 2, 0, 1])
    assert found.odd == 1
    mean = unit(vectors[[3, 2, 0, 1]]).mean(axis=0)
    assert found.mean == pytest.approx(mean)
    assert found.cosines == pytest.approx(cosines(vectors[[3, 2, 0, 1]], mean))
    with pytest.raises(ValueError):
        odd_one_out(vectors, [0, 1])


def test_a_direction_is_the_mean_of_its_steps_and_words_lie_along_it() -> None:
    vectors = np.array([[1, 0, 0], [1, 0, 1], [0, 1, 0], [0, 1, 1], [0, 0, 5], [0, 0, -2.0]])
    found = direction(vectors, [(0, 1), (2, 3)])
    assert np.linalg.norm(found.vector) == pytest.approx(1)
    assert found.agreement[0] == pytest.approx(found.agreement[1])
    up, down, start, end = along(vectors, [4, 5, 0, 1], found)
    assert up == pytest.approx(-down) and up > 0.8 and end > start


def test_each_step_counts_the_same_in_a_direction_however_long_it_is() -> None:
    """The first goes far along one axis, the second a little along another."""
    near = np.array([math.cos(0.1), math.sin(0.1)])
    vectors = np.array([[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, *near]])[:, [0, 1, 2, 3]]
    found = direction(vectors, [(0, 1), (2, 3)])
    first, second = (step / np.linalg.norm(step) for step in found.steps)
    assert np.linalg.norm(found.steps[0]) > 10 * np.linalg.norm(found.steps[1])
    mean = (first + second) / 2
    assert found.vector == pytest.approx(mean / np.linalg.norm(mean))
    assert found.agreement[0] == pytest.approx(found.agreement[1])


@given(st.integers(0, 1000))
def test_what_a_map_keeps_is_counted_word_by_word(seed: int) -> None:
    rng = np.random.default_rng(seed)
    vectors, places = rng.normal(size=(12, 5)), rng.normal(size=(12, 2))
    shared = 0
    for row in range(12):
        alike = {*nearest(vectors, vectors[row], NEIGHBOURS, without=[row]).rows.tolist()}
        apart = np.linalg.norm(places - places[row], axis=1)
        shared += len(alike & {*np.argsort(apart, kind="stable")[1 : NEIGHBOURS + 1].tolist()})
    assert kept_on_map(vectors, places) == pytest.approx(shared / (12 * NEIGHBOURS))
