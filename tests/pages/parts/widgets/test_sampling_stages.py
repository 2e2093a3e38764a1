"""What the picture of a draw is sent, and its table."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from core.models.decoding import Sampling, distribution_stages
from pages.parts.widgets.sampling_stages import Drawing, LookedAt, sent, table

KINDS = {"f8": "<f8", "i4": "<i4", "u1": "u1"}


def read(packed: dict[str, str]) -> NDArray[Any]:
    return np.frombuffer(base64.b64decode(packed["bdata"]), KINDS[packed["dtype"]])


@pytest.mark.parametrize(
    "sampling",
    [Sampling(), Sampling(0.0), Sampling(1.7, top_k=9, top_p=0.7, min_p=0.2, penalty=1.5)],
)
def test_arrays_are_by_rank_and_numbers_fall_where_the_model_draws(sampling: Sampling) -> None:
    rng = np.random.default_rng(4)
    logits, numbers, written = 2 * rng.normal(size=30), rng.random(50), (3, 7, 7)
    drawing = Drawing([f"t{i}" for i in range(30)], logits, written, sampling, numbers)
    stages = distribution_stages(logits, sampling, written)
    data = sent(drawing, LookedAt(), "key", "label")
    arrays = {name: read(packed) for name, packed in data["arrays"].items()}
    order, line = arrays["order"], arrays["line"]
    assert data["tokens"] == [f"t{i}" for i in order]
    assert sorted(order[np.array(data["written"])]) == [3, 7]
    assert (np.diff(stages.penalised[order]) <= 0).all()
    assert np.array_equal(order[line], np.arange(30)), "the line is in the vocabulary's order"
    for name in ("tempered", "final"):
        assert np.array_equal(arrays[name], getattr(stages, name)[order])
    assert np.array_equal(arrays["cut"] == 0, stages.kept[order])
    assert np.array_equal(arrays["cut"] != 1, stages.kept_k[order])
    edges = np.cumsum(arrays["final"][line])
    for u, fallen in zip(numbers, arrays["fallen"], strict=True):
        low = edges[order[fallen]] - arrays["final"][fallen]
        assert low - 1e-9 <= u <= low + arrays["final"][fallen] + 1e-9
    header, rows = table(drawing, 20)
    assert len(header) == len(rows[0]) and len(rows) == 30
    assert sum(int(str(row[-1])) for row in rows) == 20
