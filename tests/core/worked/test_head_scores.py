"""Head scores on maps whose scores are known."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.worked.head_scores import (
    first_token,
    link_score,
    mean_link_score,
    previous_token,
    same_token,
    token_links,
)

T = 6
UNIFORM = np.tril(np.ones((T, T))) / np.arange(1, T + 1)[:, None]
BEFORE = np.eye(T, k=-1)
BEFORE[0, 0] = 1
FIRST = np.zeros((T, T))
FIRST[:, 0] = 1
MAPS = np.stack([UNIFORM, BEFORE, FIRST])[None]


def test_known_patterns_get_their_known_scores() -> None:
    harmonic = np.mean([1 / n for n in range(2, T + 1)])
    np.testing.assert_allclose(previous_token(MAPS), [[harmonic, 1, 1 / (T - 1)]])
    np.testing.assert_allclose(first_token(MAPS), [[harmonic, 1 / (T - 1), 1]])
    ids = [4, 2, 4, 9, 2, 4]
    expected = np.mean([1 / 3, 1 / 5, 2 / 6])
    np.testing.assert_allclose(same_token(MAPS, ids), [[expected, 0, 2 / 3]])
    assert np.isnan(same_token(MAPS, range(T))).all()


def test_links_are_scored_by_share_accuracy_and_chance() -> None:
    score = link_score(MAPS, [(3, 2), (4, 3), (5, 0)])
    np.testing.assert_allclose(score.share, [[(1 / 4 + 1 / 5 + 1 / 6) / 3, 2 / 3, 1 / 3]])
    np.testing.assert_allclose(score.accuracy[0, 1:], [2 / 3, 1 / 3])
    assert score.chance == pytest.approx((1 / 4 + 1 / 5 + 1 / 6) / 3)
    assert score.share[0, 0] == pytest.approx(score.chance)
    assert score.links == 3


@settings(max_examples=30)
@given(arrays(np.float64, (2, 2, 5, 5), elements=st.floats(0.01, 1)), st.data())
def test_scores_stay_between_nothing_and_all(raw: np.ndarray, data: st.DataObject) -> None:
    maps = np.tril(raw)
    maps /= maps.sum(axis=-1, keepdims=True)
    query = data.draw(st.integers(0, 4))
    links = [(query, data.draw(st.integers(0, query)))]
    score = link_score(maps, links)
    for values in (score.share, score.accuracy, previous_token(maps), first_token(maps)):
        assert values.shape == (2, 2) and (values >= 0).all() and (values <= 1 + 1e-12).all()
    total = sum(link_score(maps, [(query, key)]).share for key in range(query + 1))
    np.testing.assert_allclose(total, 1.0)


def test_several_texts_count_link_by_link() -> None:
    both = mean_link_score([(MAPS, [(1, 0), (2, 0)]), (MAPS[..., :3, :3], [(2, 1)]), (MAPS, [])])
    np.testing.assert_allclose(both.share[0, 2], 2 / 3)
    assert both.links == 3 and both.chance == pytest.approx((1 / 2 + 1 / 3 + 1 / 3) / 3)


def test_character_links_become_token_links() -> None:
    spans = [(0, 3), (3, 6), (6, 9), (9, 13)]
    links = [((9, 13), (0, 3)), ((10, 13), (1, 5)), ((0, 3), (9, 13)), ((20, 22), (0, 3))]
    assert token_links(spans, links) == [(3, 0), (3, 1)]


def test_impossible_links_are_refused() -> None:
    for link in ((1, 2), (T, 0), (2, -1)):
        with pytest.raises(ValueError, match="cannot look back"):
            link_score(MAPS, [link])
    with pytest.raises(ValueError, match="no link"):
        link_score(MAPS, [])
    with pytest.raises(ValueError, match="two tokens"):
        previous_token(MAPS[..., :1, :1])
