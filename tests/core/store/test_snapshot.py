from __future__ import annotations

import json
import math

import numpy as np

from core.store.snapshot import Snapshot


def test_a_full_snapshot_survives_json_but_for_its_arrays() -> None:
    attention = np.ones((1, 1, 2, 2), np.float16)
    before = Snapshot(
        3, 192, 1.25, 2.5, 2.75, 0.5, 1e-3, "“Hi” 猫", {"attention": attention}, ("a", "␣b")
    )
    line = json.dumps(before.to_json())
    after = Snapshot.from_json(json.loads(line))
    assert after.arrays == {}
    for name in ("step", "tokens", "seconds", "train_loss", "validation_loss", "gradient_norm"):
        assert getattr(after, name) == getattr(before, name)
    assert (after.learning_rate, after.sample, after.probe) == (1e-3, "“Hi” 猫", ("a", "␣b"))
    assert after.full


def test_a_light_line_keeps_what_it_has_not() -> None:
    after = Snapshot.from_json(Snapshot(1, 64, 0.1, 6.0).to_json())
    assert after.validation_loss is None and after.sample is None and after.probe is None
    assert not after.full


def test_an_infinite_loss_is_strict_json() -> None:
    line = json.dumps(Snapshot(1, 64, 0.1, 1.0, math.inf).to_json(), allow_nan=False)
    assert Snapshot.from_json(json.loads(line)).validation_loss == math.inf
