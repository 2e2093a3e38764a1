"""Market days: the last word is said at the beginning, and nothing but that tells it."""

from __future__ import annotations

from collections import Counter

import pytest

from core.text.corpus import Corpus
from core.text.made.market import MOST_SEEN, STALLS, Stall, market, market_zh, one_day
from core.text.words import WordTokenizer

MADE = {"market": market, "market_zh": market_zh}


@pytest.fixture(params=MADE, scope="module")
def made(request: pytest.FixtureRequest) -> tuple[Stall, Corpus]:
    return STALLS[request.param], MADE[request.param](2000, seed=3)


def test_what_is_bought_is_what_was_needed(made: tuple[Stall, Corpus]) -> None:
    stall, corpus = made
    recalls = [link for link in corpus.links if link.kind == "recall"]
    assert len(recalls) == 2000
    for link in recalls:
        bought, needed = corpus.text[slice(*link.source)], corpus.text[slice(*link.target)]
        assert bought == needed and bought in stall.things
        assert "\n\n" not in corpus.text[link.target[1] : link.source[0]]


def _things(stall: Stall, story: str) -> list[str]:
    return [sign.strip() for sign in WordTokenizer.cut(story) if sign.strip() in stall.things]


def test_ways_are_of_every_length_up_to_the_longest(made: tuple[Stall, Corpus]) -> None:
    stall, corpus = made
    stories = corpus.text.strip().split("\n\n")
    seen = Counter(len(_things(stall, story)) - 2 for story in stories)
    assert max(seen) == MOST_SEEN
    assert seen[0] > seen[1] > seen[2] > seen[4] > 0


def test_what_was_seen_last_says_nothing_of_what_is_bought(made: tuple[Stall, Corpus]) -> None:
    stall, corpus = made
    days = [_things(stall, story) for story in corpus.text.strip().split("\n\n")]
    long = [things for things in days if len(things) > 2]
    alike = sum(things[-1] == things[-2] for things in long)
    assert abs(alike / len(long) - 1 / len(stall.things)) < 0.03


@pytest.mark.parametrize("stall", STALLS.values(), ids=STALLS)
@pytest.mark.parametrize("seen", [0, 1, 5, 20])
def test_one_day_is_as_long_as_asked_for_and_stops_before_the_thing(
    stall: Stall, seen: int
) -> None:
    text, thing = one_day(stall, seen, seed=1)
    again, other = (one_day(stall, seen, seed=seed) for seed in (1, 2))
    assert (text, thing) == again != other
    assert thing.strip() in stall.things and thing.strip() in text
    assert len(_things(stall, text)) == seen + 1
    whole = [*WordTokenizer.cut(text + thing)]
    assert whole == [*WordTokenizer.cut(text), thing], "the thing is one token, in its place"


def test_a_day_fits_into_the_window_of_its_experiment() -> None:
    for stall in STALLS.values():
        text, thing = one_day(stall, MOST_SEEN, seed=1)
        assert len([*WordTokenizer.cut(text + thing)]) <= 40
