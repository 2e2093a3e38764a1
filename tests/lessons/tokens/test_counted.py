"""What the lesson on tokens counts: against texts of which the answer is known."""

from __future__ import annotations

import math

import numpy as np
import pytest

from core.errors import LearnerError
from core.spec.text import CorpusSpec, TokenizerSpec
from core.text.bpe import BPETokenizer
from core.text.corpora import load_corpus
from core.text.tales import tales
from core.text.tokenizers import train_tokenizer
from lessons.tokens.counted import heaps, is_stop_word, lengths, without_stop_words, zipf


def named(number: int) -> str:
    """A word of its own for each number."""
    return "".join(chr(ord("a") + int(digit)) for digit in f"{number:04d}")


def test_zipf_on_a_text_that_obeys_it() -> None:
    words = [named(rank) for rank in range(1, 61) for _ in range(1200 // rank)]
    found = zipf(" ".join(words))
    assert found.slope == pytest.approx(1, abs=0.02)
    assert found.y[0] == 1200 and found.words[0] == named(1)


def test_heaps_on_texts_of_which_it_is_known() -> None:
    """All words new: the slope is 1. A new one at each square number: one half."""
    assert heaps(" ".join(map(named, range(2000)))).slope == pytest.approx(1, abs=0.01)
    squares = " ".join(named(int(at**0.5)) for at in range(1, 4000))
    assert heaps(squares).slope == pytest.approx(0.5, abs=0.02)


def test_a_short_text_obeys_no_law() -> None:
    with pytest.raises(LearnerError, match="at least 200 words, and there are 3"):
        zipf("one two three")
    for text in (" ".join(map(named, range(250))), "word " * 300):
        with pytest.raises(LearnerError, match="repeats at least two"):
            zipf(text)
        assert math.isfinite(heaps(text).slope)


def test_signs_are_no_words() -> None:
    found = zipf("Is it? It is! " * 60)
    assert found.words == ("is", "it") and found.y.tolist() == [120, 120]


def test_what_the_lesson_says_of_its_own_texts() -> None:
    """In what people wrote, a few words do most of the work and two in five come only once."""
    python = zipf(load_corpus(CorpusSpec(name="python", size=200)).text)
    assert python.words[0] == "the"
    assert python.y[:100].sum() > 0.5 * python.y.sum()
    assert 0.35 < (python.y == 1).mean() < 0.5


def test_a_smaller_vocabulary_is_the_beginning_of_a_larger_one() -> None:
    text = tales(30, seed=3).text
    whole = BPETokenizer.train(text, 600)
    for size in (256, 257, 300, 599, 600):
        found = whole.with_entries(size)
        assert found.vocabulary_size == size
        if size > 256:
            alone = train_tokenizer(TokenizerSpec(kind="bpe", vocabulary=size), text)
            assert np.array_equal(found.encode(text[:2000]), alone.encode(text[:2000]))
    with pytest.raises(ValueError, match="fewer than"):
        whole.with_entries(255)


def test_a_text_gets_shorter_with_each_vocabulary() -> None:
    found = lengths(tales(60, seed=2).text)
    pairs = [one for one in found if one.kind == "bpe"]
    assert [one.entries for one in pairs] == sorted({one.entries for one in pairs})
    tokens = [one.tokens for one in pairs]
    assert tokens == sorted(tokens, reverse=True)
    assert found[0].tokens >= tokens[0] and found[-1].kind == "words"
    assert [one.kind for one in lengths("ab")] == ["characters", "bpe", "words"]


def test_stop_words_are_taken_out_with_their_spaces() -> None:
    assert without_stop_words("The cat sat on the mat.") == " cat sat mat."
    assert without_stop_words("小猫的球") == "小猫球"
    assert is_stop_word(" The") and not is_stop_word(" cat")
