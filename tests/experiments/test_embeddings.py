"""What the two experiments of the lesson on word vectors show, they show with five seeds."""

from __future__ import annotations

import pytest

from core.spec.run import RunSpec
from core.text.meaning.word_classes import word_classes, word_groups
from core.training import training
from core.worked.vectors.neighbours import ClassAccuracy, class_accuracy
from core.worked.vectors.words import words_of
from lessons.embeddings.experiments import WIDTH, WIDTH_ZH, WINDOW, WINDOW_ZH
from lessons.experiments import Arm
from tests.experiments.seeds import SEEDS

_ALL_SEEDS = [pytest.param(seed, marks=pytest.mark.experiments) for seed in (1, 2, 3, 4, 5)]
"""Twenty seconds each: too long for every test run."""


def _measured(arm: Arm, seed: int) -> tuple[ClassAccuracy, ClassAccuracy]:
    """How well the nearest words tell kinds, and topics, once the arm is trained with this seed."""
    recipe = arm.spec.recipe.model_copy(update={"snapshots": 1})
    spec: RunSpec = arm.spec.model_copy(update={"seed": seed, "recipe": recipe})
    running = training.Training(spec)
    for _snapshot in running.snapshots():
        pass
    vectors = running.model.given.weight.detach().numpy()
    words, corpus = words_of(running.tokenizer), spec.corpus.name
    kinds, topics = (
        class_accuracy(vectors, [known.get(word) for word in words])
        for known in (word_classes(corpus), word_groups(corpus))
    )
    return kinds, topics


@pytest.mark.parametrize("arms", [WIDTH, WIDTH_ZH], ids=["en", "zh"])
@pytest.mark.parametrize("seed", SEEDS)
def test_two_numbers_a_word_tell_about_half_as_much_as_thirty_two(
    seed: int, arms: tuple[Arm, ...]
) -> None:
    (narrow, _), (wide, _) = _measured(arms[0], seed), _measured(arms[-1], seed)
    assert narrow.chance + 0.1 < narrow.mean < 0.75 * wide.mean


@pytest.mark.parametrize("seed", SEEDS)
def test_four_numbers_do_much_better_than_two(seed: int) -> None:
    assert _measured(WIDTH[1], seed)[0].mean > _measured(WIDTH[0], seed)[0].mean + 0.2


@pytest.mark.parametrize("arms", [WINDOW, WINDOW_ZH], ids=["en", "zh"])
@pytest.mark.parametrize("seed", _ALL_SEEDS)
def test_a_narrow_window_tells_kinds_and_a_wide_one_topics(
    seed: int, arms: tuple[Arm, ...]
) -> None:
    narrow, wide = _measured(arms[0], seed), _measured(arms[-1], seed)
    assert narrow[0].mean > wide[0].mean + 0.03
    assert wide[1].mean > narrow[1].mean + 0.05
