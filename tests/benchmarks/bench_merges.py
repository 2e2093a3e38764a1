"""Stepping through 200 merges of byte-pair encoding on 100,000 characters, forwards and backwards."""

from __future__ import annotations

import time

from core.text.tales import tales
from core.worked.merges import Stepper, learn
from tests.benchmarks.rows import Row

CHARACTERS = 100_000
MERGES = 200
TOP = 8
PROMISED_MS = 100.0


def rows() -> list[Row]:
    """The slowest of all steps, with the pairs that are drawn for it; about a second."""
    learned = learn(tales(400, seed=7).text[:CHARACTERS], MERGES)
    assert len(learned.merges) == MERGES
    stepper = Stepper(learned)
    slowest = 0.0
    for step in (*range(1, MERGES + 1), *range(MERGES - 1, -1, -1)):
        before = time.perf_counter()
        stepper.go(step)
        stepper.top(TOP)
        slowest = max(slowest, time.perf_counter() - before)
    ours = 1000 * slowest
    return [
        Row(name="bpe_step_ms", ours=ours, peer=PROMISED_MS, ratio=PROMISED_MS / ours, unit="ms")
    ]
