import math

import numpy as np
import pytest

from core.worked.flow import cosine, flow_steps


def test_a_step_by_hand():
    start, added = np.array([3.0, 4.0]), np.array([-4.0, 3.0])
    first, second = flow_steps(start, [("attention", added)], [start + added])
    assert (first.length, first.added, first.kept) == (5, 0, 1)
    assert math.isnan(first.turned)
    assert (second.name, second.added) == ("attention", 5)
    assert second.length == pytest.approx(math.sqrt(50))
    assert second.turned == pytest.approx(0)
    assert second.kept == pytest.approx(math.sqrt(0.5))


def test_nothing_has_no_direction():
    assert math.isnan(cosine(np.zeros(3), np.ones(3)))


def test_widths_and_counts_must_agree():
    with pytest.raises(ValueError, match="1 additions"):
        flow_steps(np.ones(2), [("a", np.ones(2))], [])
    with pytest.raises(ValueError, match="mlp"):
        flow_steps(np.ones(2), [("mlp", np.ones(3))], [np.ones(2)])
