import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.worked.patterns import head_statistics, mean_distance, mean_entropy


@st.composite
def causal_maps(draw):
    size = draw(st.integers(2, 8))
    seed = draw(st.integers(0, 10_000))
    power = draw(st.sampled_from([0.0, 1.0, 20.0]))
    weights = np.tril(np.random.default_rng(seed).random((2, 3, size, size)) ** power + 1e-9)
    return weights / weights.sum(-1, keepdims=True)


@given(causal_maps())
def test_every_measure_stays_within_its_bounds(maps):
    size = maps.shape[-1]
    found = head_statistics(maps, np.arange(size) % 3, [(size - 1, 0)])
    most = np.mean(np.log(np.arange(1, size + 1)))
    assert (found.entropy >= 0).all() and (found.entropy <= most + 1e-9).all()
    assert (found.spread >= 0).all() and (found.spread <= 1).all()
    furthest = (size - 1) / 2
    assert (found.distance >= 0).all() and (found.distance <= furthest + 1e-9).all()
    for scores in (found.previous, found.first, found.links):
        assert (scores >= 0).all() and (scores <= 1 + 1e-9).all()


def test_even_attention_over_three_tokens_by_hand():
    even = np.array([[1, 0, 0], [1 / 2, 1 / 2, 0], [1 / 3, 1 / 3, 1 / 3]])[None, None]
    found = head_statistics(even, [7, 8, 7], [(2, 0)])
    assert found.entropy[0, 0] == pytest.approx((0 + math.log(2) + math.log(3)) / 3)
    assert found.spread[0, 0] == pytest.approx(1)
    assert found.distance[0, 0] == pytest.approx((0 + 1 / 2 + 1) / 3)
    assert found.previous[0, 0] == pytest.approx((1 / 2 + 1 / 3) / 2)
    assert found.first[0, 0] == pytest.approx((1 / 2 + 1 / 3) / 2)
    assert found.same[0, 0] == pytest.approx(1 / 3)
    assert found.links[0, 0] == pytest.approx(1 / 3)
    assert found.even == {name: pytest.approx(v[0, 0]) for name, v in found.measures().items()}


def test_a_head_that_looks_at_itself_is_sharp_and_near():
    itself = np.eye(4)[None, None]
    assert mean_entropy(itself)[0, 0] == 0
    assert mean_distance(itself)[0, 0] == 0
    assert head_statistics(itself, [1, 2, 3, 4]).links is None


def test_without_a_causal_mask_chance_counts_all_keys():
    even = np.full((1, 1, 4, 4), 0.25)
    found = head_statistics(even, [1, 2, 3, 4], mask=np.zeros((4, 4), bool))
    assert found.spread[0, 0] == pytest.approx(1)
    assert found.even["entropy"] == pytest.approx(math.log(4))
    assert found.even["distance"] == pytest.approx(1.25)


def test_one_token_has_nothing_to_measure():
    found = head_statistics(np.ones((1, 1, 1, 1)), [5])
    assert np.isnan(found.spread).all() and np.isnan(found.previous).all()


def test_maps_must_fit_the_tokens():
    with pytest.raises(ValueError, match="3 tokens"):
        head_statistics(np.ones((1, 1, 2, 2)), [1, 2, 3])
