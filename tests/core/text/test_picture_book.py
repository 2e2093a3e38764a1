"""The picture book: in words that a model of the tales knows, with verbs that agree."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from core.__main__ import STARTER_FOLDER
from core.store.starters import starter_of
from core.store.store import Store
from core.text.corpora import load_corpus
from core.text.coverage import unknown_pieces
from core.text.lexicon import ANIMALS, SPOTS, THING_GROUPS
from core.text.made.picture_book import picture_book
from core.text.words import WordTokenizer
from lessons.tuning.runs import PICTURE_BOOK

NOUNS = {
    word: number
    for group in (ANIMALS, *THING_GROUPS)
    for noun in group
    for word, number in ((noun.singular, "is"), (noun.plural, "are"))
}
SENTENCE = re.compile(r"The (\w+)( [a-z ]+ the \w+)? (is|are) \w+( and \w+)?\.")


@given(st.integers(0, 1000), st.integers(1, 4))
def test_each_page_has_four_sentences_whose_verb_agrees(seed: int, count: int) -> None:
    text = picture_book(count, seed).text
    pages = text.rstrip("\n").split("\n\n")
    assert len(pages) == count
    for page in pages:
        sentences = re.findall(r"[^.]+\.", page)
        assert len(sentences) == 4
        for sentence in sentences:
            found = SENTENCE.fullmatch(sentence.strip())
            assert found is not None and NOUNS[found[1]] == found[3], sentence


@given(st.integers(0, 1000))
def test_a_longer_book_begins_as_a_shorter_one(seed: int) -> None:
    assert picture_book(3, seed).text.startswith(picture_book(2, seed).text.rstrip("\n"))


def test_the_model_that_ships_knows_all_of_its_words() -> None:
    """As the lesson says."""
    starter = starter_of("gpt")
    assert starter is not None and SPOTS
    run = Store(STARTER_FOLDER, read_only=True).open(starter.spec.id)
    assert unknown_pieces(run.tokenizer(), load_corpus(PICTURE_BOOK).text) == ()


def test_what_is_unknown_is_named_once_the_most_frequent_first() -> None:
    tokenizer = WordTokenizer.train("a cat and a dog " * 3, 16)
    assert unknown_pieces(tokenizer, "a zebra and a yak and a zebra") == ("zebra", "yak")
    assert unknown_pieces(tokenizer, "") == ()
