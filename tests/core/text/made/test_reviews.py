"""Reviews: as many for as against in each kind, and words alone do not tell."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from core.errors import LearnerError
from core.text.corpora import CorpusSpec, load_corpus, split
from core.text.corpus import Corpus
from core.text.made.labelled import check, filled_up, labelled_passages
from core.text.made.reviews import CHINESE, ENGLISH, KINDS, LABELS, Style, reviews, reviews_zh
from core.text.words import WordTokenizer

MADE = {"en": (ENGLISH, reviews), "zh": (CHINESE, reviews_zh)}


@pytest.fixture(params=MADE, scope="module")
def made(request: pytest.FixtureRequest) -> tuple[Style, Corpus]:
    style, make = MADE[request.param]
    return style, make(1500, seed=3)


def test_labels_and_kinds_are_balanced(made: tuple[Style, Corpus]) -> None:
    _style, corpus = made
    counts = Counter((one.kind, one.label) for one in corpus.labelled)
    assert {kind for kind, _label in counts} == set(KINDS)
    assert {label for _kind, label in counts} == set(range(len(LABELS)))
    for kind in KINDS:
        against, praising = counts[kind, 0], counts[kind, 1]
        assert abs(against - praising) < 0.15 * (against + praising)


def _opinions(style: Style, text: str) -> list[int]:
    """1 for each word of praise and -1 for each against."""
    found = []
    for group in style.groups:
        for words, sign in ((group.praising, 1), (group.against, -1)):
            found += [sign] * sum(text.count(word) for word in words)
    return found


def test_plain_ones_are_told_by_their_words_and_negated_ones_by_the_opposite(
    made: tuple[Style, Corpus],
) -> None:
    style, corpus = made
    for one in corpus.labelled:
        opinions = _opinions(style, corpus.text[slice(*one.span)])
        if one.kind != "mixed":
            sign = 1 if (one.label == 1) == (one.kind == "plain") else -1
            assert set(opinions) == {sign}
        else:
            assert len(opinions) == 2


DENIED = ("not", "far from", "并不", "一点也不", "谈不上")
MAIN = (
    re.compile(r".+, but (.+)\."),
    re.compile(r"Although .+, (.+)\."),
    re.compile(r"(.+), although .+\."),
    re.compile(r".+，但是(.+)。"),
    re.compile(r"虽然.+，(.+)。"),
    re.compile(r"(.+)，虽然.+。"),
)
"""A sentence of two clauses, of which grammar makes one the main clause."""


def test_a_mixed_one_is_as_its_main_clause_says(made: tuple[Style, Corpus]) -> None:
    style, corpus = made
    joined = Counter[re.Pattern[str]]()
    for one in corpus.labelled:
        if one.kind == "mixed":
            sentences = re.findall(r"[^.。]+[.。]", corpus.text[slice(*one.span)])
            (joint,) = [sentence.strip() for sentence in sentences if _opinions(style, sentence)]
            ((form, main),) = [
                (form, found[1]) for form in MAIN if (found := form.fullmatch(joint))
            ]
            (opinion,) = _opinions(style, main)
            denied = any(word in main for word in DENIED)
            assert (opinion == 1) != denied if one.label == 1 else (opinion == 1) == denied, joint
            joined[form] += 1
    assert len(joined) == 3 and min(joined.values()) > 50


def test_passages_are_the_reviews(made: tuple[Style, Corpus]) -> None:
    _style, corpus = made
    written = [corpus.text[slice(*one.span)] for one in corpus.labelled]
    assert "\n\n".join(written) + "\n" == corpus.text


def test_they_are_cut_where_the_text_is_held_out() -> None:
    corpus = reviews(100, seed=1)
    training, held_out = split(corpus.text)
    tokenizer = WordTokenizer.train(training, 500)
    found = labelled_passages(corpus, len(training), tokenizer)
    assert "\n\n".join(one.text for one in found.training) + "\n\n" == training
    assert "\n\n".join(one.text for one in found.held_out) + "\n" == held_out
    check(found, 2)
    tokens, lengths, labels = filled_up(found.held_out, 9)
    assert tokens.shape == (len(found.held_out), 9) and max(lengths) == 9
    for row, length, label, one in zip(tokens, lengths, labels, found.held_out, strict=True):
        assert list(row[:length]) == list(one.tokens[:9]) and not row[length:].any()
        assert label == one.label


def test_what_cannot_be_learned_from_says_why() -> None:
    plain = load_corpus(CorpusSpec(size=20))
    tokenizer = WordTokenizer.train(plain.text, 100)
    with pytest.raises(LearnerError, match="no labels"):
        check(labelled_passages(plain, 300, tokenizer), 2)
    corpus = reviews(20, seed=1)
    with pytest.raises(LearnerError, match="too few"):
        check(labelled_passages(corpus, len(corpus.text), tokenizer), 2)
    with pytest.raises(LearnerError, match="2 labels and the model tells 1"):
        check(labelled_passages(corpus, 300, tokenizer), 1)
