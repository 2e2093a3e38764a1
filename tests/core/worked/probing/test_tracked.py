"""What is true at each token is read off the text by rules that a person can check."""

from __future__ import annotations

import math

import numpy as np
import pytest

from core.errors import LearnerError
from core.text.corpus import Corpus, Link
from core.text.made.asides import asides, asides_zh
from core.text.words import WordTokenizer
from core.worked.probing.tracked import TRACKED, Tracked, check, passages, truth_of

NO = math.nan


def truths(text: str, what: Tracked) -> list[float]:
    return list(truth_of([*WordTokenizer.cut(text)], what))


def same(found: list[float], expected: list[float]) -> None:
    np.testing.assert_array_equal(np.array(found), np.array(expected))


def test_quotes_count_from_one_mark_to_the_other() -> None:
    same(truths('She said "no way" then', "quotes"), [0, 0, NO, 1, 1, NO, 0])
    same(truths("他说“不行”了", "quotes"), [0, 0, NO, 1, 1, NO, 0])


def test_brackets_count_how_deep() -> None:
    same(truths("a (b (c) d) e)", "brackets"), [0, NO, 1, NO, 2, NO, 1, NO, 0, NO])
    same(truths("猫（小（白））来", "brackets"), [0, NO, 1, NO, 2, NO, NO, 0])


def test_a_line_is_counted_from_its_beginning() -> None:
    same(truths("a b c\nd e", "line"), [0, 1, 2, NO, 0, 1])


def test_the_number_is_asked_between_subject_and_verb() -> None:
    text = "The keys near the box are old."
    corpus = Corpus(text, (Link("agreement", (22, 25), (4, 8)),))
    tokenizer = WordTokenizer.train(text, 50)
    (found,) = passages(corpus, (0, len(text)), tokenizer, "number", 5)
    same(list(found.truth), [NO, NO, 1, 1, 1, NO, NO, NO])
    assert truths(text, "number") != [0], "of somebody's own text nobody knows it"
    assert all(map(math.isnan, truths(text, "number")))


def test_a_long_passage_is_cut_into_several() -> None:
    text = "one two three\n" * 100
    tokenizer = WordTokenizer.train(text, 50)
    found = passages(Corpus(text), (0, len(text)), tokenizer, "line", 9)
    assert [len(one.tokens) for one in found] == [128, 128, 128, 16]
    assert all(len(one.truth) == len(one.tokens) for one in found)
    assert np.concatenate([one.tokens for one in found]).tolist() == tokenizer.encode(text).tolist()
    assert len(passages(Corpus(text), (0, len(text)), tokenizer, "line", 2)) == 2


@pytest.mark.parametrize("make", [asides, asides_zh], ids=["en", "zh"])
@pytest.mark.parametrize("what", TRACKED)
def test_of_the_asides_all_is_known(make, what: Tracked) -> None:
    corpus = make(200, 1)
    tokenizer = WordTokenizer.train(corpus.text, 500)
    found = passages(corpus, (0, len(corpus.text)), tokenizer, what, 100)
    assert len(found) == 100
    check(found, what)
    values = {value for one in found for value in one.truth[~np.isnan(one.truth)]}
    assert values >= {"quotes": {0, 1}, "number": {0, 1}, "brackets": {0, 1, 2, 3}}.get(what, {5})


@pytest.mark.parametrize("what", TRACKED)
def test_a_text_without_it_is_refused_in_a_sentence(what: Tracked) -> None:
    text = "one\n\n" * 40
    corpus = Corpus(text)
    tokenizer = WordTokenizer.train(text, 50)
    found = passages(corpus, (0, len(text)), tokenizer, what, 100)
    with pytest.raises(LearnerError):
        check(found, what)
    with pytest.raises(LearnerError):
        check([], what)
