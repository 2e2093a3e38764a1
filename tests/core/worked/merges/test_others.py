"""WordPiece and Unigram: cuts that stand where they say, and paths that add up."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.bpe import shown_bytes
from core.text.tales import tales
from core.worked.merges import (
    best_paths,
    learn,
    scores,
    train_unigram,
    train_wordpiece,
    unigram_words,
)
from core.worked.merges.others import INSIDE

TEXT = tales(60, seed=7).text
WORDPIECE, UNIGRAM = train_wordpiece(TEXT, 300), train_unigram(TEXT, 300)


@given(st.text(max_size=40))
def test_any_text_is_cut_in_order_and_comes_back_as_some_text(text: str) -> None:
    for cutter in (WORDPIECE, UNIGRAM):
        ends = [end for cut in cutter.cut(text) for end in cut.span]
        assert ends == sorted(ends)
        assert all(end <= len(text) for end in ends)
        assert isinstance(cutter.round_trip(text), str)


def test_wordpiece_takes_the_longest_entry_from_the_left() -> None:
    cuts = [cut for cut in WORDPIECE.cut("unbelievable") if not cut.unknown]
    assert "".join(cut.shown.removeprefix(INSIDE) for cut in cuts) == "unbelievable"
    assert WORDPIECE.cut("👩")[0].unknown
    assert "�" in WORDPIECE.round_trip("a 👩")


@pytest.mark.parametrize(
    "text",
    ["kitten is happy", " the kitten", "unbelievably", "dog  cat", "The cat\nThe dog\n\n a tree "],
)
def test_the_best_paths_are_those_that_the_library_takes_through_the_whole_text(text: str) -> None:
    cuts = [cut.shown for cut in UNIGRAM.cut(text) if cut.shown.strip("\n▁")]
    found = [best_paths(word, UNIGRAM.log_probabilities()) for word in unigram_words(text)]
    pieces = [piece for paths in found for piece in paths[0].pieces if piece.strip("▁")]
    assert pieces == cuts
    for paths in found:
        assert paths == sorted(paths, key=lambda path: -path.total)


def test_the_best_paths_are_the_best_of_all() -> None:
    log_p = {"a": -1.0, "b": -2.0, "c": -4.0, "ab": -2.5, "bc": -5.5, "abc": -7.2}
    word = "abc"
    ways = []
    for count in range(3):
        for cuts in combinations((1, 2), count):
            edges = (0, *cuts, 3)
            pieces = [word[a:b] for a, b in pairwise(edges)]
            if all(piece in log_p for piece in pieces):
                ways.append(sum(log_p[piece] for piece in pieces))
    assert [path.total for path in best_paths(word, log_p, 10)] == sorted(ways, reverse=True)
    assert best_paths("xyz", log_p) == []
    assert best_paths("", log_p) == []


def test_the_ratio_prefers_what_stands_nowhere_else() -> None:
    learned = learn("ab ab ab qz", 1)
    first = scores(learned)[0]
    assert [shown_bytes(learned.tokens[part]) for part in first.pair] == ["q", "z"]
    assert first.score == 1.0
