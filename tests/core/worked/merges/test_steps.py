"""Our steps are those of ``tokenizers``, and every count is what counting anew gives."""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.bpe import BYTES, BPETokenizer, shown_bytes
from core.text.tales import tales
from core.text.tales_zh import tales_zh
from core.worked.merges import Learned, Stepper, learn
from core.worked.merges.steps import merged

FEW_LETTERS = st.text(st.sampled_from("ab c"), max_size=80)
ANY_TEXT = st.text(max_size=60)
MERGES = 40


def _anew(learned: Learned, step: int) -> tuple[Counter[tuple[int, int]], int]:
    """The counts of all pairs after so many merges, and the tokens, without any increment."""
    counts: Counter[tuple[int, int]] = Counter()
    tokens = 0
    for piece in learned.pieces:
        ids = list(piece)
        for merge in learned.merges[:step]:
            ids = list(merged(ids, merge))
        counts.update(pairwise(ids))
        tokens += len(ids)
    return counts, tokens


@given(st.one_of(FEW_LETTERS, ANY_TEXT))
def test_the_pair_that_we_put_first_is_the_one_that_the_library_merges(text: str) -> None:
    learned = learn(text, MERGES)
    stepper = Stepper(learned)
    for step, merge in enumerate(learned.merges):
        stepper.go(step)
        assert stepper.top(1)[0].pair == merge.pair
    stepper.go(len(learned.merges))
    if len(learned.merges) < MERGES:
        assert not stepper.top(1), "the library has stopped, so nothing is left to merge"


@given(st.one_of(FEW_LETTERS, ANY_TEXT), st.lists(st.integers(0, MERGES), max_size=6))
def test_counts_are_right_wherever_one_has_walked_to(text: str, steps: list[int]) -> None:
    learned = learn(text, MERGES)
    stepper = Stepper(learned)
    for step in steps:
        step = min(step, len(learned.merges))
        stepper.go(step)
        counts, tokens = _anew(learned, step)
        assert stepper.step == step
        assert stepper.tokens == tokens
        top = stepper.top(len(counts) + 1)
        assert {count.pair: count.times for count in top} == dict(counts)
        assert all(stepper.count(pair) == times for pair, times in counts.items())
        if top:
            assert stepper.equally(top[0].times) == sum(
                times == top[0].times for times in counts.values()
            )


def test_the_library_learns_here_what_it_learns_for_the_courses_models(tmp_path: Path) -> None:
    text = tales(20, seed=3).text + tales_zh(20, seed=3).text
    BPETokenizer.train(text, BYTES + 120).save(tmp_path / "bpe.json")
    saved = json.loads((tmp_path / "bpe.json").read_text("utf-8"))["tokenizer"]["model"]
    learned = learn(text, 120)
    ours = [tuple(merge.pair) for merge in learned.merges]
    assert ours == [tuple(saved["vocab"][part] for part in pair) for pair in saved["merges"]]
    tokenizer = BPETokenizer.train(text, BYTES + 120)
    assert [shown_bytes(content) for content in learned.tokens] == [
        tokenizer.show(token) for token in range(tokenizer.vocabulary_size)
    ]
    pieces = [list(piece) for piece in learned.pieces]
    for merge in learned.merges:
        pieces = [list(merged(piece, merge)) for piece in pieces]
    assert [token for piece in pieces for token in piece] == tokenizer.encode(text).tolist()


def test_there_is_no_step_beyond_the_last() -> None:
    stepper = Stepper(learn("aa", 5))
    for step in (-1, 2):
        with pytest.raises(ValueError, match="step"):
            stepper.go(step)


def test_a_text_of_nothing_has_nothing_to_merge() -> None:
    for text in ("", "a", " ", "\ud800"):
        learned = learn(text, 5)
        assert Stepper(learned).tokens == sum(map(len, learned.pieces))
