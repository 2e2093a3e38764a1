"""The fixed answers of the memory lesson are what torch counts and what its formulas give."""

from __future__ import annotations

import pytest
from torch import nn

from lessons.exercises import load_exercises

EXERCISES = load_exercises("lstm", "en")


def test_the_layer_table_is_what_torch_counts() -> None:
    table = EXERCISES["layer_table"]
    lstm = nn.LSTM(256, 128)
    one_bias = sum(p.numel() for p in lstm.parameters()) - 4 * 128
    parts = [10_000 * 256, one_bias, sum(p.numel() for p in nn.Linear(128, 10_000).parameters())]
    assert [row[1] for row in table.answer] == [*parts, sum(parts)]
    assert EXERCISES["bet_count"].answer == one_bias
    for slip in table.slips:
        assert sum(row[1] for row in slip.numbers[:3]) in (slip.numbers[3][1], sum(parts))


def test_the_printed_rows_do_not_even_sum_to_the_printed_total() -> None:
    *rows, total = [int(row[0]) for row in EXERCISES["layer_table"].given]
    assert sum(rows) == 3_842_048 != total


def test_what_is_left_and_what_is_new() -> None:
    assert EXERCISES["bet_left"].answer == pytest.approx(0.9**10, abs=1e-4)
    assert EXERCISES["bet_step"].answer == pytest.approx(0.9 * 0.5 + 0.4 * 0.5)
