"""What the two experiments of the lesson on word vectors show, they show with five seeds."""

from __future__ import annotations

from functools import cache

import pytest

from core.spec.run import RunSpec
from core.text.meaning.word_classes import word_classes, word_groups
from core.training import training
from core.worked.vectors.neighbours import ClassAccuracy, class_accuracy
from core.worked.vectors.words import words_of
from lessons.embeddings.experiments import WIDTH, WIDTH_ZH, WINDOW, WINDOW_ZH
from lessons.experiments import Arm, arm
from tests.experiments.seeds import SEEDS

_ALL_SEEDS = [pytest.param(seed, marks=pytest.mark.experiments) for seed in (1, 2, 3, 4, 5)]
"""Twenty seconds each: too long for every test run."""


@cache
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
    """Of 32 more than nine of ten in English, eight or nine in Chinese; of two numbers five or six, far above
    chance."""
    (narrow, _), (wide, _) = _measured(arms[0], seed), _measured(arms[-1], seed)
    assert wide.mean > 0.95 if arms is WIDTH else 0.8 < wide.mean < 0.9
    assert 0.48 < narrow.mean < 0.6 and narrow.mean > 2 * narrow.chance
    assert 0.5 < narrow.mean / wide.mean < 0.7


@pytest.mark.parametrize("arms", [WIDTH, WIDTH_ZH], ids=["en", "zh"])
@pytest.mark.parametrize("seed", SEEDS)
def test_four_numbers_do_much_better_than_two(seed: int, arms: tuple[Arm, ...]) -> None:
    two, four = (_measured(arm, seed)[0].mean for arm in arms[:2])
    assert four > two + 0.22


@pytest.mark.parametrize("seed", _ALL_SEEDS)
def test_a_narrow_window_misses_topics_and_a_wide_one_blurs_kinds(seed: int) -> None:
    """In English; one in the middle has both."""
    narrow, middle, wide = (_measured(arm, seed) for arm in WINDOW)
    assert narrow[0].mean > wide[0].mean + 0.03
    assert narrow[1].mean < narrow[1].chance + 0.05
    assert wide[1].mean > narrow[1].mean + 0.1
    assert middle[0].mean > 0.95
    assert middle[1].mean > narrow[1].mean + 0.1


@pytest.mark.parametrize("seed", _ALL_SEEDS)
def test_in_chinese_a_narrow_window_has_both(seed: int) -> None:
    """Measure words stand right before their nouns."""
    narrow, _middle, wide = (_measured(arm, seed) for arm in WINDOW_ZH)
    assert narrow[0].mean > wide[0].mean + 0.08
    assert narrow[1].mean > narrow[1].chance + 0.3
    assert narrow[1].mean > wide[1].mean


@pytest.mark.parametrize("arms", [WIDTH, WIDTH_ZH], ids=["en", "zh"])
@pytest.mark.parametrize("seed", _ALL_SEEDS)
def test_cbow_comes_out_about_the_same(seed: int, arms: tuple[Arm, ...]) -> None:
    skipgram = arms[-1]
    cbow = arm("CBOW", skipgram.spec, objective="cbow")
    assert abs(_measured(cbow, seed)[0].mean - _measured(skipgram, seed)[0].mean) < 0.08
