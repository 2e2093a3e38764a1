"""Every draw of the block lesson is friendly to reckon with, true, and its slips are wrong."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional as F

from core.models.transformer import Block
from core.spec.families.gpt import GPTSpec
from lessons.block.draws import DRAWS
from lessons.exercises import load_exercises, posed
from lessons.judging import judge

SEEDS = range(40)


@pytest.mark.parametrize("name", DRAWS)
def test_the_truth_is_judged_right_and_each_slip_by_its_own_sentence(name: str) -> None:
    for language in ("en", "zh"):
        exercise = load_exercises("block", language)[name]
        for seed in SEEDS:
            asked = posed("block", exercise, seed)
            assert "{{" not in asked.question + asked.explanation + "".join(asked.hints)
            assert judge(asked, _typed(asked.answer)).correct
            for slip in asked.slips:
                wrong = slip.value if slip.numbers is None else slip.numbers
                verdict = judge(asked, _typed(wrong))
                assert not verdict.correct, (seed, slip)
                assert verdict.feedback


def test_every_slip_of_the_file_is_drawn() -> None:
    for name, draw in DRAWS.items():
        wanted = {slip.id for slip in load_exercises("block", "en")[name].slips}
        assert wanted == set(draw(np.random.default_rng(0)).slips)


def test_layer_norm_is_torchs() -> None:
    for seed in SEEDS:
        drawn = DRAWS["ln_by_hand"](np.random.default_rng(seed))
        x = torch.tensor([float(number) for number in drawn.shown["x"].split(", ")])
        np.testing.assert_allclose(drawn.answer[1], F.layer_norm(x, (4,)).numpy(), atol=1e-4)
        np.testing.assert_allclose(drawn.answer[0], x - x.mean(), atol=1e-6)


def test_the_counts_are_those_of_real_blocks() -> None:
    for seed in range(8):
        drawn = DRAWS["block_count"](np.random.default_rng(seed))
        width = int(drawn.shown["d"])
        block = Block(GPTSpec(heads=1, width=width, layers=1))
        assert drawn.answer == sum(p.numel() for p in block.parameters())


def test_a_neuron_is_one_row_in_and_one_column_out() -> None:
    drawn = DRAWS["neuron_weights"](np.random.default_rng(1))
    width = int(drawn.shown["d"])
    widen, narrow = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
    assert drawn.answer == widen.weight[0].numel() + 1 + narrow.weight[:, 0].numel()


def _typed(answer: object) -> object:
    if isinstance(answer, (int, float)):
        return f"{answer:.0f}"
    return [[f"{number:.2f}" for number in row] for row in answer]
