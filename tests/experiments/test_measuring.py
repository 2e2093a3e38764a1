"""What the lesson on measuring claims, each for five seeds and in small."""

from __future__ import annotations

import pytest

from core.models.bootstrap import paired_bootstrap
from core.models.calibration import calibration_error, reliability
from core.spec.text import CorpusSpec
from core.text.corpora import load_corpus, split
from core.training import evaluation, next_token, training
from core.worked.counting.copying import longest_stretch
from lessons.measuring.counted import (
    CUTS,
    OVER_LONG,
    counted_confidence,
    leaks,
    loss_of_cut,
    passage_losses,
    random_text,
)
from pages.measuring.doubt import truth_doubt
from tests.experiments.seeds import SEEDS


@pytest.mark.parametrize("seed", SEEDS)
def test_a_smaller_vocabulary_lowers_the_loss_per_token_and_raises_it_per_character(
    seed: int,
) -> None:
    corpus = CorpusSpec(size=700, seed=seed)
    few, some, many = (loss_of_cut(at, corpus) for at in (0, 1, 2))
    assert CUTS[0][0].vocabulary < CUTS[1][0].vocabulary < CUTS[2][0].vocabulary
    assert few.per_token < some.per_token - 0.1 and some.per_token < many.per_token - 0.1
    assert few.per_character > some.per_character + 0.1
    assert some.per_character > many.per_character + 0.1
    assert few.unknown > some.unknown > many.unknown


@pytest.mark.parametrize("seed", SEEDS)
def test_a_leak_lowers_the_validation_loss_alone(seed: int) -> None:
    none, half, all_ = leaks(CorpusSpec(size=700, seed=seed), (0.0, 0.5, 1.0))
    assert none.validation - half.validation > 0.2 and half.validation - all_.validation > 0.2
    assert abs(none.test - all_.test) < 0.1


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("words", [100, 10_000])
def test_random_words_are_learned_by_heart_only(words: int, seed: int) -> None:
    found = random_text(words, seed)
    assert found.seen_accuracy > 0.98 and found.seen_loss < 1.62 < found.guessing
    assert found.new_accuracy < 0.05 and found.new_loss > found.guessing


@pytest.mark.parametrize("seed", SEEDS)
def test_a_model_trained_too_long_gets_worse_on_new_text_and_copies(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At half the length of the lesson's: the lowest loss comes early."""
    monkeypatch.setattr(next_token, "sample", evaluation.sample)
    recipe = OVER_LONG.recipe.model_copy(update={"steps": 200, "snapshots": 8})
    corpus = CorpusSpec(size=13, seed=seed)
    running = training.Training(
        OVER_LONG.model_copy(update={"corpus": corpus, "recipe": recipe, "seed": seed})
    )
    full = [snapshot for snapshot in running.snapshots() if snapshot.full]
    losses = [snapshot.validation_loss or 0.0 for snapshot in full]
    best = full[losses.index(min(losses))]
    counted = split(load_corpus(corpus).text)[0]
    assert _copied(full[-1].sample, counted) > 2 * _copied(best.sample, counted)
    assert losses[0] > min(losses) + 0.4
    assert losses[-1] > min(losses) + 0.3
    assert full[-1].train_loss is not None and full[-1].train_loss < min(losses) / 3


@pytest.mark.parametrize("seed", SEEDS)
def test_counting_without_smoothing_is_too_sure(seed: int) -> None:
    corpus = CorpusSpec(size=2000, seed=seed)
    raw, smooth = (
        reliability(found.confidence, found.right)
        for found in (counted_confidence(kind, corpus) for kind in ("mle", "kneser_ney"))
    )
    assert raw[-1].said > 0.98 and 0.75 < raw[-1].happened < 0.93
    assert calibration_error(smooth) < calibration_error(raw) - 0.03


@pytest.mark.parametrize("seed", SEEDS)
def test_all_passages_decide_and_a_few_are_far_less_sure(seed: int) -> None:
    found = passage_losses(CorpusSpec(size=2000, seed=seed))
    a, b = found.losses[1], found.losses[0]
    few = paired_bootstrap(a[:5], b[:5], found.tokens[:5]).interval()
    many = paired_bootstrap(a, b, found.tokens).interval()
    assert many[1] < 0, "order 5 is better than order 4"
    assert few[1] - few[0] > 2 * (many[1] - many[0])


def test_five_passages_of_the_lesson_do_not_decide() -> None:
    assert truth_doubt() == "undecided"


def _copied(sample: str | None, text: str) -> int:
    start, end = longest_stretch(sample or "", text)
    return end - start
