"""Asides: brackets close, quotations end, lines are full, and verbs fit their subjects."""

from __future__ import annotations

import pytest

from core.text.corpus import Corpus
from core.text.made.asides import CHINESE, DEEPEST, ENGLISH, Tongue, asides, asides_zh

MADE = {"en": (ENGLISH, asides), "zh": (CHINESE, asides_zh)}


@pytest.fixture(params=MADE, scope="module")
def made(request: pytest.FixtureRequest) -> tuple[Tongue, Corpus]:
    tongue, make = MADE[request.param]
    return tongue, make(400, seed=3)


def test_brackets_close_and_are_of_every_depth(made: tuple[Tongue, Corpus]) -> None:
    tongue, corpus = made
    opening, closing = tongue.brackets
    for passage in corpus.text.split("\n\n"):
        depth, depths = 0, set()
        for sign in passage:
            depth += (sign == opening) - (sign == closing)
            depths.add(depth)
        assert depth == 0 and min(depths) == 0 and max(depths) <= DEEPEST
    assert opening * 1 in corpus.text and corpus.text.count(opening) == corpus.text.count(closing)


def test_quotations_end_in_their_passage(made: tuple[Tongue, Corpus]) -> None:
    tongue, corpus = made
    opening, closing = tongue.quotes
    for passage in corpus.text.split("\n\n"):
        assert passage.count(opening) == passage.count(closing)
        if opening == closing:
            assert passage.count(opening) % 2 == 0


def test_no_line_is_longer_than_it_may_be_and_most_are_full(made: tuple[Tongue, Corpus]) -> None:
    tongue, corpus = made
    lines = [line for passage in corpus.text.strip().split("\n\n") for line in passage.split("\n")]
    # Signs that may not begin a line stay on the one before.
    assert max(map(len, lines)) <= tongue.width + (0 if tongue.spaced else 4)
    inner = [
        line for passage in corpus.text.strip().split("\n\n") for line in passage.split("\n")[:-1]
    ]
    assert min(map(len, inner)) >= tongue.width - 12
    assert not any(line.startswith((" ", "。", "”", "）")) for line in lines)
    assert not any(line.endswith((" ", "“", "（")) for line in lines)


def test_verbs_fit_their_subjects_and_links_say_where_they_are(
    made: tuple[Tongue, Corpus],
) -> None:
    tongue, corpus = made
    assert len(corpus.links) > 1000
    nouns = {subject.one: False for subject in tongue.subjects}
    nouns |= {subject.many: True for subject in tongue.subjects}
    likes = {like for subject in tongue.subjects for like in subject.like}
    counts = [0, 0]
    for link in corpus.links:
        noun = corpus.text[slice(*link.target)].replace("\n", "")
        verb = corpus.text[slice(*link.source)].replace("\n", "")
        many = nouns[noun]
        expected = tongue.verbs[many]
        assert verb == expected if expected else verb in likes
        counts[many] += 1
    assert min(counts) > 0.4 * sum(counts)
