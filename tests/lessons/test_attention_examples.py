"""The attention lesson's examples do what their titles say, and its printed numbers are as claimed."""

from __future__ import annotations

import numpy as np
import pytest

from core.errors import LearnerError
from lessons.attention.examples import (
    EXAMPLES,
    MOST_COLUMNS,
    MOST_TOKENS,
    PRINTED,
    WRITTEN,
    Example,
    Matrix,
    attend_itself,
    attend_previous,
    attend_uniformly,
    example,
    random_inputs,
    random_matrices,
    resized,
    softmax,
)


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


@pytest.mark.parametrize("chosen", EXAMPLES, ids=lambda chosen: chosen.slug)
def test_queries_keys_and_values_come_from_x_where_there_is_one(chosen: Example) -> None:
    if chosen.x is None:
        assert chosen.w_q is chosen.w_k is chosen.w_v is None
        return
    assert chosen.x.shape == (len(chosen.tokens), len(chosen.features))
    for name in "qkv":
        np.testing.assert_array_equal(
            chosen.x @ getattr(chosen, f"w_{name}"), getattr(chosen, name)
        )


def test_the_sentence_keeps_its_numbers() -> None:
    chosen = example("sentence")
    her = chosen.tokens.index("her")
    assert chosen.q[her].tolist() == [2, -1, 0, 0] and chosen.k[her].tolist() == [0, 0, 1, 0]
    assert chosen.v[her].tolist() == [0.5, 0, 0, 0]


def shares(q: Matrix, k: Matrix) -> Matrix:
    return softmax(q @ k.T / np.sqrt(q.shape[1]))


@pytest.mark.parametrize("t", [1, 2, 3, 5, 8, 9, 17, MOST_TOKENS])
@pytest.mark.parametrize("e", [2, 3, 4, 5, MOST_COLUMNS])
def test_presets_of_any_size_look_where_they_say(t: int, e: int) -> None:
    for preset in (attend_previous, attend_itself, attend_uniformly):
        assert [matrix.shape for matrix in preset(t, e)] == [(t, e)] * 3
        assert max(np.abs(matrix).max() for matrix in preset(t, e)) <= 100
    q, k, _ = attend_itself(t, e)
    assert np.diag(shares(q, k)).min() >= 0.9
    q, k, _ = attend_previous(t, e)
    assert not q[0].any()
    assert all(shares(q, k)[i, i - 1] >= 0.9 for i in range(1, t))
    q, k, _ = attend_uniformly(t, e)
    np.testing.assert_allclose(shares(q, k), 1 / t)


def test_one_number_cannot_single_out_a_token() -> None:
    assert np.diag(shares(*attend_itself(2, 1)[:2])).min() >= 0.9
    assert attend_uniformly(7, 1)[1].shape == (7, 1)
    for preset in (attend_itself, attend_previous):
        with pytest.raises(LearnerError, match="one of 3 tokens"):
            preset(3, 1)


def test_random_matrices_are_the_seeds_and_short() -> None:
    first, again, other = (random_matrices(3, 2, seed) for seed in (1, 1, 2))
    assert all((a == b).all() for a, b in zip(first, again, strict=True))
    assert not (first[0] == other[0]).all()
    x, *projections = random_inputs(3, 4, 2, seed=5)
    assert x.shape == (3, 4) and [w.shape for w in projections] == [(4, 2)] * 3
    for matrix in (*first, x, *projections):
        np.testing.assert_array_equal(np.round(matrix, 1), matrix)


def test_each_slip_is_at_its_cell_or_in_its_shapes() -> None:
    for entry in PRINTED:
        assert entry.slip
        if entry.slip_stage == "softmax":
            column = entry.slip_column
            true = weights(example(entry.repaired))[entry.slip_row, column]
            assert true == pytest.approx(entry.computed[column])
            assert abs(entry.printed[column] - true) > 0.2
    two, _, heads = PRINTED
    assert [product.fits for product in two.products] == [True, False]
    assert [product.fits for product in heads.products] == [True, False]
    assert all(entry.claim and entry.truth and entry.slip for entry in WRITTEN)
