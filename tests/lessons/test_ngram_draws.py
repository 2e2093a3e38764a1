"""Every draw of the N-gram lesson is true, and each of its slips is wrong and is told so."""

from __future__ import annotations

import math

import numpy as np
import pytest

from lessons.exercises import load_exercises, posed
from lessons.judging import judge
from lessons.ngram.draws import DRAWS

SEEDS = range(40)


@pytest.mark.parametrize("name", DRAWS)
def test_the_truth_is_judged_right_and_each_slip_by_its_own_sentence(name: str) -> None:
    for language in ("en", "zh"):
        exercise = load_exercises("ngram", language)[name]
        for seed in SEEDS:
            asked = posed("ngram", exercise, seed)
            assert "{{" not in asked.question + asked.explanation + "".join(asked.hints)
            assert judge(asked, repr(asked.answer)).correct
            for slip in asked.slips:
                assert "{{" not in slip.feedback
                verdict = judge(asked, repr(slip.value))
                assert not verdict.correct, (seed, slip)
                assert verdict.feedback == slip.feedback


def test_every_slip_of_the_file_is_drawn() -> None:
    for name, draw in DRAWS.items():
        wanted = {slip.id for slip in load_exercises("ngram", "en")[name].slips}
        assert wanted == set(draw(np.random.default_rng(0)).slips)


def test_a_perplexity_is_e_to_the_power_of_the_loss() -> None:
    exercise = load_exercises("ngram", "en")["bet_perplexity"]
    for seed in SEEDS:
        asked = posed("ngram", exercise, seed)
        shown = asked.question.split("probabilities ")[1].split(". What")[0]
        p = [1 / float(part.removeprefix("1/")) for part in shown.split(", ")]
        assert asked.answer == pytest.approx(math.exp(-sum(map(math.log, p)) / 3))
