"""What the lesson on tokens claims of sizes, cleaning and stop words, each for five seeds."""

from __future__ import annotations

import pytest

from core.spec.text import CorpusSpec
from core.text.tales import tales
from lessons.tokens.counted import cleaning_cost, lengths, stopped
from tests.experiments.seeds import SEEDS


@pytest.mark.parametrize("seed", SEEDS)
def test_doubling_the_vocabulary_makes_a_text_about_a_third_shorter(seed: int) -> None:
    found = {one.entries: one.tokens for one in lengths(tales(300, seed=seed).text)}
    assert 0.25 < 1 - found[1000] / found[500] < 0.4


@pytest.mark.parametrize("seed", SEEDS)
def test_who_learns_from_cleaned_text_is_lost_in_any_other(seed: int) -> None:
    whole, capitals, signs, tags = (
        cleaning_cost(steps, seed=seed) for steps in ((), ("lower",), ("punctuation",), ("html",))
    )
    assert whole.cleaned == whole.written
    assert capitals.cleaned < whole.cleaned, "the question has become easier"
    assert capitals.written > whole.written + 0.3
    assert signs.written > whole.written + 1
    assert tags.written > whole.written + 0.3


@pytest.mark.parametrize("seed", SEEDS)
def test_without_stop_words_every_third_token_is_a_surprise(seed: int) -> None:
    found = stopped(CorpusSpec(size=400, seed=seed))
    assert found.share > 1 / 3
    assert found.without > 2.2 * found.whole
    assert " the " in f" {found.writes} " and " the " not in f" {found.writes_without.lower()} "
