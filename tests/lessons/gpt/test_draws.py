"""The drawn numbers of the GPT lesson: a mistake that looks like a probability, a memory in gigabytes."""

from __future__ import annotations

import math

import numpy as np
import pytest

from lessons.exercises import load_exercises, posed
from lessons.gpt.draws import long_chat, wrong_softmax
from lessons.judging import judge


@pytest.mark.parametrize("seed", range(40))
def test_the_wrong_line_is_a_share_of_logits(seed: int) -> None:
    drawn = wrong_softmax(np.random.default_rng(seed))
    n = {name: float(text) for name, text in drawn.shown.items()}
    assert n["z1"] == n["a1"] * n["x1"] + n["a2"] * n["x2"]
    assert n["z2"] == n["b1"] * n["x1"] + n["b2"] * n["x2"]
    powers = math.exp(n["z1"]), math.exp(n["z2"])
    assert n["right"] == pytest.approx(powers[0] / sum(powers), abs=0.0051)
    assert n["wrong"] == pytest.approx(n["z1"] / (n["z1"] + n["z2"]), abs=0.0051)
    assert n["right"] > n["wrong"] + 0.05, "else the mistake would not matter"
    assert drawn.answer == "share"


@pytest.mark.parametrize("seed", range(10))
def test_a_long_chats_memory_is_told_from_its_slips(seed: int) -> None:
    drawn = long_chat(np.random.default_rng(seed))
    exercise = posed("gpt", load_exercises("gpt", "en")["long_chat"], seed)
    layers, width, tokens = (
        int(drawn.shown[name].replace(",", "")) for name in ("layers", "width", "tokens")
    )
    assert drawn.answer == 2 * layers * tokens * width * 2 / 1e9
    assert judge(exercise, drawn.shown["answer"], None).correct
    for wrong in drawn.slips.values():
        verdict = judge(exercise, f"{wrong:.3f}", None)
        assert not verdict.correct and verdict.feedback
