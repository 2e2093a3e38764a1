"""Measuring memory: models that remember by construction are found to, and others are not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from core.text.made.market import CHINESE, ENGLISH, Stall, market, market_zh, one_day
from core.text.words import WordTokenizer
from core.worked.recurrent.needed import READ, needed
from core.worked.recurrent.recall import SEEN, guesses, kept_by_unit, needed_at, recall

TOKENIZERS = {
    "en": (ENGLISH, WordTokenizer.train(market(300, 1).text, 100)),
    "zh": (CHINESE, WordTokenizer.train(market_zh(300, 1).text, 100)),
}


class _Knows:
    """Puts everything on the first thing of the text that it can see."""

    def __init__(self, things: list[int], size: int, sees: int) -> None:
        self._things, self._size, self._sees = things, size, sees

    def __call__(self, tokens: Sequence[np.ndarray]) -> np.ndarray:
        out = np.zeros((len(tokens), self._size))
        for row, line in enumerate(tokens):
            things = [token for token in line[-self._sees :] if token in self._things]
            out[row, things[0] if things else 0] = 1
        return out


def _model(stall: Stall, tokenizer: WordTokenizer, sees: int) -> _Knows:
    space = " " if stall.spaced else ""
    things = [int(tokenizer.encode("needs要" + space + thing)[-1]) for thing in stall.things]
    return _Knows(things, tokenizer.vocabulary_size, sees)


@pytest.mark.parametrize("language", TOKENIZERS)
def test_who_remembers_the_first_thing_is_always_right(language: str) -> None:
    stall, tokenizer = TOKENIZERS[language]
    measured = recall(_model(stall, tokenizer, 1000), tokenizer, stall, seed=5)
    assert measured.right == (1.0,) * len(SEEN)
    assert measured.chance == 1 / 12
    assert list(measured.distances) == sorted(set(measured.distances))
    assert measured.distances[SEEN.index(12)] - measured.distances[SEEN.index(2)] == 2 * 10


@pytest.mark.parametrize("language", TOKENIZERS)
def test_who_remembers_nothing_long_is_right_only_nearby(language: str) -> None:
    stall, tokenizer = TOKENIZERS[language]
    measured = recall(_model(stall, tokenizer, 7), tokenizer, stall, seed=5)
    assert measured.right[0] == 1
    assert max(measured.right[2:]) < 0.3


def test_guesses_are_of_the_things_alone() -> None:
    stall, tokenizer = TOKENIZERS["en"]
    text = "Anna needs tea, sees rice, and buys"
    shares = guesses(_model(stall, tokenizer, 1000), tokenizer, stall, text)
    assert list(shares) == list(stall.things)
    assert {thing for thing, share in shares.items() if share} == {"tea"}


def test_what_a_unit_keeps_is_the_product_of_its_forget_gates_since_the_thing() -> None:
    forget = np.array([[0.1, 0.1], [0.2, 0.1], [0.5, 1.0], [0.125, 1.0]], dtype=np.float32)
    np.testing.assert_allclose(kept_by_unit(forget, 1), [0.25, 1.0])


@pytest.mark.parametrize(("language", "place"), [("en", 2), ("zh", 3)])
def test_the_needed_thing_is_the_first_in_the_text(language: str, place: int) -> None:
    stall, tokenizer = TOKENIZERS[language]
    text, _thing = one_day(stall, 3, seed=4)
    assert needed_at(tokenizer, stall, text) == place


class _LooksBack:
    """Gives nine tenths to the token that stood ``back`` before the one to come."""

    def __init__(self, back: int) -> None:
        self._back = back

    def next_probabilities(self, tokens: np.ndarray) -> np.ndarray:
        if tokens.shape[1] < self._back:
            return np.full((len(tokens), 5), 0.2)
        return np.eye(5)[tokens[:, -self._back]] * 0.875 + 0.025


def test_as_many_tokens_are_needed_as_the_model_looks_back() -> None:
    text = np.tile([0, 1, 2, 3, 4, 2], 60)
    measured = needed(_LooksBack(6), text)
    before, after = READ.index(4), READ.index(6)
    assert measured.enough(0.05) == 6
    assert measured.losses[before] == pytest.approx(-np.log(0.2))
    assert measured.losses[after] == pytest.approx(-np.log(0.9))
    assert measured.missing[before] == 1 and measured.missing[after] == 0
