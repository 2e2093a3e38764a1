"""Principal axes against scikit-learn, and maps that are turned but never bent."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.decomposition import PCA

from core.worked.vectors.plane import aligned, fit_plane


@given(st.integers(0, 1000), st.sampled_from([2, 3]))
def test_the_axes_are_those_of_a_library_but_for_their_signs(seed: int, dimensions: int) -> None:
    rng = np.random.default_rng(seed)
    vectors = rng.normal(size=(40, 6)) * [5, 4, 3, 2, 1, 0.5] + 3
    plane, reference = fit_plane(vectors, dimensions), PCA(dimensions).fit(vectors)
    assert plane.explained == pytest.approx(reference.explained_variance_ratio_)
    signs = np.sign((plane.axes.T * reference.components_).sum(axis=1))
    assert plane.axes.T * signs[:, None] == pytest.approx(reference.components_)
    assert plane.place(vectors) * signs == pytest.approx(reference.transform(vectors))


def test_the_signs_are_always_the_same() -> None:
    vectors = np.random.default_rng(1).normal(size=(30, 5))
    first, mirrored = fit_plane(vectors), fit_plane(vectors[::-1])
    assert first.axes == pytest.approx(mirrored.axes)
    largest = np.abs(first.axes).argmax(axis=0)
    assert (first.axes[largest, [0, 1]] > 0).all()


def test_rows_of_zeros_are_no_words() -> None:
    vectors = np.random.default_rng(2).normal(size=(20, 4)) + 5
    with_none = np.vstack([np.zeros(4), vectors])
    assert fit_plane(with_none).axes == pytest.approx(fit_plane(vectors).axes)


@pytest.mark.parametrize("vectors", [np.zeros((3, 4)), np.ones((3, 4)), np.eye(2)[:, :1]])
def test_where_there_are_too_few_directions_the_rest_are_zeros(vectors: np.ndarray) -> None:
    plane = fit_plane(vectors, 2)
    assert np.isfinite(plane.place(vectors)).all()
    assert not plane.axes[:, 1].any() and plane.explained[1] == 0


@given(st.integers(0, 1000), st.floats(0, 6.28), st.booleans())
def test_a_turned_map_is_turned_back(seed: int, angle: float, mirrored: bool) -> None:
    places = np.random.default_rng(seed).normal(size=(12, 2))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    if mirrored:
        turn[:, 0] *= -1
    assert aligned(places @ turn + [4.0, -1.0], places) == pytest.approx(places, abs=1e-9)
    other = np.random.default_rng(seed + 1).normal(size=(12, 2))
    back = aligned(places, other)
    apart = np.linalg.norm(places[:, None] - places, axis=2)
    assert np.linalg.norm(back[:, None] - back, axis=2) == pytest.approx(apart)
    moved, fixed = places - places.mean(axis=0), other - other.mean(axis=0)
    assert np.linalg.norm(back - other) <= np.linalg.norm(moved - fixed) + 1e-9
