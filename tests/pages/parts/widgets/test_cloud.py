"""What the cloud of words is sent: vectors in two bytes a number."""

from __future__ import annotations

import base64

import numpy as np
import pytest

from pages.parts.widgets.cloud import whole_numbers


def _read(sent: dict[str, object]) -> np.ndarray:  # type: ignore[type-arg]
    whole = np.frombuffer(base64.b64decode(str(sent["bdata"])), "<i2")
    return whole.reshape(sent["shape"]) * sent["scale"]  # type: ignore[call-overload,operator,no-any-return]


def test_vectors_come_back_with_cosines_right_to_three_decimals() -> None:
    vectors = np.random.default_rng(3).normal(size=(60, 32)).astype(np.float32)
    again = _read(whole_numbers(vectors))

    def cosines(given: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
        units = given / np.linalg.norm(given, axis=1, keepdims=True)
        return units @ units.T  # type: ignore[no-any-return]

    assert np.abs(cosines(vectors) - cosines(again)).max() < 5e-4


@pytest.mark.parametrize("vectors", [np.zeros((2, 3)), np.zeros((0, 4)), np.array([[np.nan, 1.0]])])
def test_nothing_and_what_is_no_number_are_sent_as_zeros(vectors: np.ndarray) -> None:  # type: ignore[type-arg]
    sent = whole_numbers(vectors)
    assert sent["scale"] > 0
    assert np.allclose(_read(sent), np.nan_to_num(vectors), atol=1e-4)
