"""Counts as a tree, the drawn number on its line, and what was copied: held to plain counting."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.models.ngram import NGramModel
from core.models.ngram_tables import GramCounts
from core.spec.families.ngram import NGramSpec
from core.worked.counting.continuations import (
    branch_of,
    continuations,
    most_frequent_grams,
)
from core.worked.counting.copying import (
    TokenPlaces,
    copied_runs,
    copied_share,
    longest_run,
    longest_stretch,
)
from core.worked.counting.costs import sizes, time_of
from core.worked.counting.drawing import (
    ALONE,
    SEEN,
    drawn_number,
    edges_after,
    stretches,
    written_tokens,
)

SIZE = 5
TEXTS = st.lists(st.integers(0, SIZE - 1), min_size=3, max_size=60)
SOME = st.lists(st.integers(0, SIZE - 1), max_size=12)


@settings(max_examples=60)
@given(text=TEXTS, gram=SOME.map(lambda tokens: tuple(tokens[:3])))
def test_a_tree_has_what_followed_and_how_often(text: list[int], gram: tuple[int, ...]) -> None:
    after = len(gram)
    followed = Counter(
        text[i + after] for i in range(len(text) - after) if tuple(text[i : i + after]) == gram
    )
    branches = continuations(GramCounts(np.array(text), SIZE), gram)
    assert {branch.gram[-1]: branch.count for branch in branches} == dict(followed)
    assert [b.count for b in branches] == sorted(followed.values(), reverse=True)
    assert all(b.total == followed.total() for b in branches)
    for branch in branches:
        assert branch_of(GramCounts(np.array(text), SIZE), branch.gram) == branch


@settings(max_examples=40)
@given(text=TEXTS, length=st.integers(1, 4))
def test_the_most_frequent_grams_are_those(text: list[int], length: int) -> None:
    grams = Counter(tuple(text[i : i + length]) for i in range(len(text) - length + 1))
    found = most_frequent_grams(GramCounts(np.array(text), SIZE), length, 6)
    assert [b.count for b in found] == sorted(grams.values(), reverse=True)[:6]
    assert all(grams[b.gram] == b.count for b in found)


def test_what_was_never_counted_has_no_branch() -> None:
    grams = GramCounts(np.array([0, 1, 2]), SIZE)
    assert branch_of(grams, (1, 1)) is None
    assert branch_of(grams, ()) is None
    assert continuations(grams, (4,)) == []
    assert continuations(grams, (0, 1, 2)) == []


def _stands_in(text: list[int], run: list[int]) -> bool:
    return any(text[i : i + len(run)] == run for i in range(len(text) - len(run) + 1))


@settings(max_examples=150)
@given(text=TEXTS, written=st.lists(st.integers(0, SIZE), max_size=14))
def test_a_copied_run_is_the_longest_that_the_token_lies_in(
    text: list[int], written: list[int]
) -> None:
    found = copied_runs(TokenPlaces.of(np.array(text), SIZE + 1), written)
    assert len(found) == len(written)
    for at, run in enumerate(found):
        longest = max(
            (
                end - start
                for start in range(at + 1)
                for end in range(at + 1, len(written) + 1)
                if _stands_in(text, written[start:end])
            ),
            default=0,
        )
        assert (0 if run is None else len(run)) == longest
        if run is not None:
            assert run.start <= at < run.end
            assert text[run.place : run.place + len(run)] == written[run.start : run.end]


def test_the_share_copied_counts_tokens_in_long_runs() -> None:
    text = TokenPlaces.of(np.array([0, 1, 2, 3, 4, 0]), SIZE)
    runs = copied_runs(text, [1, 2, 3, 3, 4])
    assert [len(run) for run in runs if run] == [3, 3, 3, 2, 2]
    assert copied_share(runs, 3) == pytest.approx(3 / 5)
    assert copied_share([]) == 0
    longest = longest_run(runs)
    assert longest is not None and (longest.start, longest.end, longest.place) == (0, 3, 1)


@pytest.mark.parametrize("smoothing", ["mle", "kneser_ney", "stupid_backoff"])
@pytest.mark.parametrize("order", [1, 3])
def test_the_number_on_the_line_falls_on_the_token_that_is_written(
    order: int, smoothing: str
) -> None:
    rng = np.random.default_rng(3)
    text = rng.integers(0, 40, 400)
    model = NGramModel.fit(text, 40, NGramSpec(order=order, smoothing=smoothing))
    start = text[:2]
    for seed in (1, 2, 3):
        written = written_tokens(model, start, 25, seed)
        assert written == written_tokens(model, start, 40, seed)[:25]
        for step, token in enumerate(written):
            edges = edges_after(model, np.array([*start, *written[:step]]))
            u = drawn_number(seed, step)
            assert edges[token] <= u < edges[token + 1]


@settings(max_examples=60)
@given(
    shares=st.lists(st.integers(0, 9), min_size=2, max_size=40).filter(any),
    ends=st.tuples(st.floats(0, 0.49), st.floats(0.5, 1)),
)
def test_the_stretches_cover_what_is_shown_of_the_line(
    shares: list[int], ends: tuple[float, float]
) -> None:
    edges = np.concatenate(([0.0], np.cumsum(shares) / sum(shares)))
    for low, high in ((0.0, 1.0), ends):
        found = stretches(edges, low, high)
        assert found[0].low <= low and found[-1].high >= high - 1e-12
        for before, after in pairwise(found):
            assert before.high == pytest.approx(after.low)
        wide = [width for width in np.diff(np.clip(edges, low, high)) if width >= SEEN]
        alone = sum(one.count == 1 for one in found)
        assert alone >= min(ALONE, len(wide)) and alone >= 1
        assert sum(found_.count for found_ in found) == np.count_nonzero(
            np.minimum(edges[1:], high) > np.maximum(edges[:-1], low)
        )


def test_what_is_zoomed_in_comes_to_single_tokens() -> None:
    edges = np.linspace(0, 1, 1001)
    low, high, zooms = 0.0, 1.0, 0
    while together := [one for one in stretches(edges, low, high) if one.count > 1]:
        widest = max(together, key=lambda one: one.count)
        low, high, zooms = widest.low, widest.high, zooms + 1
        assert zooms < 200
    token = 567
    kept = stretches(edges, keep=token)
    assert [one for one in kept if one.first == one.last == token]


def test_a_longer_memory_takes_more_and_is_measured() -> None:
    text = np.random.default_rng(1).integers(0, SIZE, 300)
    grams = GramCounts(text, SIZE)
    found = sizes(grams, (1, 2, 3, 4))
    assert [size.grams for size in found] == [
        len({tuple(text[i : i + n]) for i in range(len(text) - n + 1)}) for n in (1, 2, 3, 4)
    ]
    assert [size.bytes for size in found] == sorted(size.bytes for size in found)
    time = time_of(NGramSpec(order=2), text, text[:50], SIZE)
    assert time.order == 2 and time.counting > 0 and time.scoring > 0


@given(st.text("ab ", max_size=12), st.text("ab ", max_size=30))
def test_no_stretch_is_longer_than_the_longest(written: str, text: str) -> None:
    start, end = longest_stretch(written, text)
    assert written[start:end] in text
    length = end - start
    longer = (written[at : at + length + 1] for at in range(len(written) - length))
    assert not any(one in text for one in longer)


def test_the_longest_stretch_of_a_text() -> None:
    assert longest_stretch("a cat sat up", "the cat sat on the mat") == (1, 10)
    assert longest_stretch("zzz", "the cat") == longest_stretch("", "the cat") == (0, 0)
