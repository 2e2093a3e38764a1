"""Errands: the last word is said at the beginning, and nothing but that tells it."""

from __future__ import annotations

from collections import Counter

import pytest

from core.text.corpus import Corpus
from core.text.errands import (
    CHINESE,
    ENGLISH,
    MARKETS,
    MOST_SEEN,
    Market,
    errands,
    errands_zh,
    one_errand,
)
from core.text.words import WordTokenizer

MADE = {"errands": errands, "errands_zh": errands_zh}


@pytest.fixture(params=MADE, scope="module")
def made(request: pytest.FixtureRequest) -> tuple[Market, Corpus]:
    return MARKETS[request.param], MADE[request.param](2000, seed=3)


def test_what_is_bought_is_what_was_needed(made: tuple[Market, Corpus]) -> None:
    market, corpus = made
    recalls = [link for link in corpus.links if link.kind == "recall"]
    assert len(recalls) == 2000
    for link in recalls:
        bought, needed = corpus.text[slice(*link.source)], corpus.text[slice(*link.target)]
        assert bought == needed and bought in market.things
        assert "\n\n" not in corpus.text[link.target[1] : link.source[0]]


def test_ways_are_of_every_length_up_to_the_longest(made: tuple[Market, Corpus]) -> None:
    market, corpus = made
    stories = corpus.text.strip().split("\n\n")
    seen = Counter(sum(story.count(thing) for thing in market.things) - 2 for story in stories)
    assert max(seen) == MOST_SEEN
    assert seen[0] > seen[1] > seen[2] > seen[4] > 0


def test_what_was_seen_last_says_nothing_of_what_is_bought(made: tuple[Market, Corpus]) -> None:
    market, corpus = made
    alike, of = 0, 0
    for story in corpus.text.strip().split("\n\n"):
        things = [sign for sign in WordTokenizer.cut(story) if sign.strip() in market.things]
        if len(things) > 2:
            of += 1
            alike += things[-1] == things[-2]
    assert abs(alike / of - 1 / len(market.things)) < 0.03


@pytest.mark.parametrize("market", [ENGLISH, CHINESE], ids=["en", "zh"])
@pytest.mark.parametrize("seen", [0, 1, 5, 20])
def test_one_errand_is_as_long_as_asked_for_and_stops_before_the_thing(
    market: Market, seen: int
) -> None:
    text, thing = one_errand(market, seen, seed=1)
    again, other = (one_errand(market, seen, seed=seed) for seed in (1, 2))
    assert (text, thing) == again != other
    assert thing.strip() in market.things and thing.strip() in text
    assert sum(sign.strip() in market.things for sign in WordTokenizer.cut(text)) == seen + 1
    whole = [*WordTokenizer.cut(text + thing)]
    assert whole == [*WordTokenizer.cut(text), thing], "the thing is one token, in its place"


def test_an_errand_fits_into_the_window_of_its_experiment() -> None:
    for market in MARKETS.values():
        text, thing = one_errand(market, MOST_SEEN, seed=1)
        assert len([*WordTokenizer.cut(text + thing)]) <= 64
