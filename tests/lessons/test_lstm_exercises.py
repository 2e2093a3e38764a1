"""The answers of the memory lesson are what torch counts and what its formulas give, whatever is drawn."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from core.worked.recurrent.cell import CellWeights, reckon
from lessons.exercises import load_exercises
from lessons.lstm.draws import DRAWS, count, step, update

EXERCISES = load_exercises("lstm", "en")
SEEDS = range(60)


def test_the_layer_table_is_what_torch_counts() -> None:
    table = EXERCISES["layer_table"]
    lstm = nn.LSTM(256, 128)
    one_bias = sum(p.numel() for p in lstm.parameters()) - 4 * 128
    parts = [10_000 * 256, one_bias, sum(p.numel() for p in nn.Linear(128, 10_000).parameters())]
    assert [row[1] for row in table.answer] == [*parts, sum(parts)]
    for slip in table.slips:
        assert sum(row[1] for row in slip.numbers[:3]) in (slip.numbers[3][1], sum(parts))


def test_the_printed_rows_do_not_even_sum_to_the_printed_total() -> None:
    *rows, total = [int(row[0]) for row in EXERCISES["layer_table"].given]
    assert sum(rows) == 3_842_048 != total


def test_about_a_third_is_left_of_what_0_99_keeps_a_hundred_times() -> None:
    asked = EXERCISES["keep_hundred"]
    (right,) = [option for option in asked.options if option.right]
    assert right.id == "third" and pytest.approx(1 / 3, abs=0.04) == 0.99**100
    assert "0.37" in asked.explanation and round(0.99**100, 2) == 0.37
    assert "0.61" in asked.hints[1] and round(0.99**50, 2) == 0.61


@pytest.mark.parametrize("seed", SEEDS)
def test_a_drawn_step_is_what_the_cell_reckons(seed: int) -> None:
    """Gates at the drawn values come from biases alone."""
    drawn = step(np.random.default_rng(seed))
    c, f, i, g = (float(drawn.shown[name]) for name in "cfig")
    logit = lambda share: np.log(share / (1 - share))  # noqa: E731
    weights = CellWeights(
        w=np.zeros((4, 1)),
        u=np.zeros((4, 1)),
        b_w=np.array([logit(f), logit(i), 0.0, np.arctanh(g)]),
    )
    values = reckon("lstm", weights, np.zeros(1), np.zeros(1), np.array([c]))
    assert drawn.answer == pytest.approx(values.cell[0])
    assert all(abs(slip - drawn.answer) > 0.006 for slip in drawn.slips.values())


@pytest.mark.parametrize("seed", SEEDS)
def test_a_drawn_update_is_what_the_gru_reckons(seed: int) -> None:
    drawn = update(np.random.default_rng(seed))
    h, n, z = (float(drawn.shown[name]) for name in "hnz")
    weights = CellWeights(
        w=np.zeros((3, 1)),
        u=np.zeros((3, 1)),
        b_w=np.array([0.0, np.log(z / (1 - z)), np.arctanh(n)]),
    )
    values = reckon("gru", weights, np.zeros(1), np.array([h]))
    assert drawn.answer == pytest.approx(values.hidden[0])
    assert all(abs(slip - drawn.answer) > 0.006 for slip in drawn.slips.values())


@pytest.mark.parametrize("seed", SEEDS)
def test_a_drawn_layer_has_what_torch_counts(seed: int) -> None:
    drawn = count(np.random.default_rng(seed))
    e, d = int(drawn.shown["e"]), int(drawn.shown["d"])
    with torch.device("meta"):
        torchs = nn.LSTM(e, d)
    assert drawn.answer == sum(p.numel() for p in torchs.parameters()) - 4 * d
    assert drawn.answer not in drawn.slips.values()


def test_every_drawn_exercise_has_its_draw() -> None:
    assert DRAWS.keys() == {one.id for one in EXERCISES.values() if one.drawn}


def test_the_wrong_line_is_the_only_wrong_one() -> None:
    said = {option.id: option.text for option in EXERCISES["wrong_line"].options}
    assert said["accuracy"].endswith("0.75") and (40 + 35) / 100 == 0.75
    assert said["precision"].endswith("0.73") and round(40 / 55, 2) == 0.73
    assert not said["recall"].endswith("0.80") and 40 / 50 == 0.8
