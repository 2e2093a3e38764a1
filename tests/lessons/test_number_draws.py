"""Every draw of these lessons is true, and each of its slips is wrong and is told so."""

from __future__ import annotations

import math

import numpy as np
import pytest

from core.models.decoding import Sampling, distribution_stages
from lessons.embeddings import draws as embeddings
from lessons.exercises import draw_of, load_exercises, posed
from lessons.gpt import draws as gpt
from lessons.judging import judge
from lessons.learning import draws as learning
from lessons.measuring import draws as measuring
from lessons.ngram import draws as ngram

SEEDS = range(40)
DRAWN = [
    *(("ngram", name) for name in ngram.DRAWS),
    *(("measuring", name) for name in measuring.DRAWS),
    *(("gpt", name) for name in gpt.DRAWS),
    *(("embeddings", name) for name in embeddings.DRAWS),
    *(("learning", name) for name in learning.DRAWS if name != "slopes"),
]


@pytest.mark.parametrize(("slug", "name"), DRAWN)
def test_the_truth_is_judged_right_and_each_slip_by_its_own_sentence(slug: str, name: str) -> None:
    for language in ("en", "zh"):
        exercise = load_exercises(slug, language)[name]
        for seed in SEEDS:
            asked = posed(slug, exercise, seed)
            assert "{{" not in asked.question + asked.explanation + "".join(asked.hints)
            assert judge(asked, _typed(asked.answer)).correct
            for slip in asked.slips:
                assert "{{" not in slip.feedback
                verdict = judge(asked, _typed(slip.value if slip.numbers is None else slip.numbers))
                assert not verdict.correct, (seed, slip)
                assert verdict.feedback == slip.feedback


@pytest.mark.parametrize(("slug", "name"), DRAWN)
def test_every_slip_of_the_file_is_drawn(slug: str, name: str) -> None:
    wanted = {slip.id for slip in load_exercises(slug, "en")[name].slips}
    assert wanted == set(draw_of(slug, name)(np.random.default_rng(0)).slips)


def test_a_perplexity_is_e_to_the_power_of_the_loss() -> None:
    exercise = load_exercises("ngram", "en")["bet_perplexity"]
    for seed in SEEDS:
        asked = posed("ngram", exercise, seed)
        shown = asked.question.split("probabilities ")[1].split(". What")[0]
        p = [1 / float(part.removeprefix("1/")) for part in shown.split(", ")]
        assert asked.answer == pytest.approx(math.exp(-sum(map(math.log, p)) / 3))


def test_the_temperature_for_a_purpose_makes_the_one_so_many_times_as_probable() -> None:
    """With two tokens, as the sampling of the course computes it."""
    exercise = load_exercises("gpt", "en")["bet_purpose"]
    for seed in SEEDS:
        asked = posed("gpt", exercise, seed)
        odds, wanted = (float(part.split()[-1]) for part in asked.question.split(" times as")[:2])
        assert isinstance(asked.answer, float)
        p = np.array([odds, 1]) / (odds + 1)
        tempered = distribution_stages(np.log(p), Sampling(asked.answer)).final
        assert tempered[0] / tempered[1] == pytest.approx(wanted)


def _typed(answer: object) -> object:
    if isinstance(answer, str):
        return answer
    if isinstance(answer, int | float):
        return repr(answer)
    return [[f"{number:g}" for number in row] for row in answer]
