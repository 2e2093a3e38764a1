"""What the models that ship say of a typed text."""

from pathlib import Path

import numpy as np
import pytest

from core.answers import Answerer
from core.questions import NextTokens
from core.store.starters import starter_of
from core.store.store import Library, Store

STARTERS = Path(__file__).parents[3] / "starters"
ALIKE = " was sad. Then she saw the"
FAR = f"Mia lost her balls in the garden. She{ALIKE}", f"Tom found a kite in the park. He{ALIKE}"


@pytest.fixture(scope="module")
def answerer() -> Answerer:
    return Answerer(Library([Store(STARTERS, read_only=True)]))


def distribution(answerer: Answerer, family: str, prompt: str) -> np.ndarray:
    starter = starter_of(family)
    assert starter is not None
    answer = answerer.answer(NextTokens(starter.spec.id, prompt, whole=True))
    assert answer.distribution is not None
    return answer.distribution


@pytest.mark.parametrize("family", ["recurrent", "gpt"])
def test_what_stands_further_back_than_five_words_makes_a_difference(
    answerer: Answerer, family: str
) -> None:
    first, second = (distribution(answerer, family, prompt) for prompt in FAR)
    assert np.abs(first - second).sum() / 2 > 0.001


def test_but_not_to_counts_of_three(answerer: Answerer) -> None:
    first, second = (distribution(answerer, "ngram", prompt) for prompt in FAR)
    assert np.array_equal(first, second)


@pytest.mark.parametrize("family", ["ngram", "recurrent", "gpt"])
@pytest.mark.parametrize("typed", ["cat sat", "cat sat ", "cat\u00a0sat", " cat  sat"])
def test_a_learners_first_word_is_no_unknown_one(
    answerer: Answerer, family: str, typed: str
) -> None:
    read = distribution(answerer, family, typed)
    assert np.array_equal(read, distribution(answerer, family, " cat sat"))
