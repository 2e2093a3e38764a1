from __future__ import annotations

import json
import math

import numpy as np

from core.store.snapshot import Snapshot
from core.text.coverage import Coverage


def test_a_full_snapshot_survives_json_but_for_its_arrays() -> None:
    attention = np.ones((1, 1, 2, 2), np.float16)
    before = Snapshot(
        step=3,
        tokens=192,
        seconds=1.25,
        train_loss=2.5,
        validation_loss=2.75,
        predicted=Coverage(tokens=90, unknown=3, characters=400, hidden=20, kinds=30),
        gradient_norm=0.5,
        learning_rate=1e-3,
        sample="“Hi” 猫",
        arrays={"attention": attention},
        probe=("a", "␣b"),
    )
    line = json.dumps(before.to_json())
    after = Snapshot.from_json(json.loads(line))
    assert after.arrays == {}
    for name in ("step", "tokens", "seconds", "train_loss", "validation_loss", "predicted"):
        assert getattr(after, name) == getattr(before, name)
    assert after.gradient_norm == 0.5
    assert (after.learning_rate, after.sample, after.probe) == (1e-3, "“Hi” 猫", ("a", "␣b"))
    assert after.full


def test_a_light_line_keeps_what_it_has_not() -> None:
    after = Snapshot.from_json(Snapshot(1, 64, 0.1, 6.0).to_json())
    assert after.validation_loss is None and after.sample is None and after.probe is None
    assert not after.full


def test_an_infinite_loss_is_strict_json() -> None:
    line = json.dumps(Snapshot(1, 64, 0.1, 1.0, math.inf).to_json(), allow_nan=False)
    assert Snapshot.from_json(json.loads(line)).validation_loss == math.inf
