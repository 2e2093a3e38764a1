"""What the lesson on word vectors says in numbers and examples, held to the runs that ship."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from core.store.further import shipped_runs
from core.store.view import RunView
from core.text.corpora import load_corpus, split
from core.text.pieces import UNKNOWN_ID
from core.text.tokenizers import Tokenizer
from core.worked.vectors.analogy import analogy, odd_one_out
from core.worked.vectors.cooccurrence import count_near
from core.worked.vectors.words import row_of
from lessons.text import LANGUAGES, LESSON_FOLDER
from pages.embeddings.examples import ASKED, EXAMPLES, NEAR_ANSWERS, ODD_FIRST
from pages.parts.frame import services

SLUGS = {"en": "word_vectors", "zh": "word_vectors_zh"}


@cache
def _run(language: str) -> RunView:
    spec = shipped_runs()[SLUGS[language]]
    found = services.look().finished(spec)
    assert found is not None
    return found


def _vectors(language: str) -> tuple[Tokenizer, np.ndarray]:  # type: ignore[type-arg]
    run = _run(language)
    return run.tokenizer, run.arrays(run.full_steps[-1])["vectors"]


@pytest.mark.parametrize(
    ("language", "words"), [("en", {"cat": 622, "rabbit": 629}), ("zh", {"小猫": 422, "猫咪": 330})]
)
def test_the_places_of_the_first_paragraph(language: str, words: dict[str, int]) -> None:
    prose = (LESSON_FOLDER / "embeddings" / f"{language}.md").read_text("utf-8")
    for word, place in words.items():
        assert row_of(_run(language).tokenizer, word) == place
        assert str(place) in prose.split("##")[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_examples_come_out_but_for_the_one_that_is_asked(language: str) -> None:
    tokenizer, vectors = _vectors(language)
    for example in EXAMPLES[language]:
        rows = [row_of(tokenizer, word) for word in (example.a, example.b, example.c)]
        best = analogy(vectors, rows[0], rows[1], rows[2], 1).best.rows[0]
        answer = tokenizer.show(int(best))
        assert (answer == example.answer) == (example != ASKED[language]), (example, answer)
        if example == ASKED[language]:
            assert answer in NEAR_ANSWERS[language]


@pytest.mark.parametrize(("language", "odd"), [("en", "piano"), ("zh", "围巾")])
def test_the_odd_one_is_found(language: str, odd: str) -> None:
    tokenizer, vectors = _vectors(language)
    words = ODD_FIRST[language].split()
    found = odd_one_out(vectors, [row_of(tokenizer, word) for word in words])
    assert words[found.odd] == odd


@pytest.mark.parametrize(
    ("language", "word", "beside"), [("en", "dog", ("the", "ate")), ("zh", "小狗", ("只", "吃饱"))]
)
def test_the_words_that_the_first_bet_calls_beside_it_are(
    language: str, word: str, beside: tuple[str, str]
) -> None:
    """Among the four that stand near it most often."""
    run = _run(language)
    tokens = run.tokenizer.encode(split(load_corpus(run.spec.corpus).text)[0])
    known = tokens[tokens != UNKNOWN_ID]
    counts = count_near(known, run.tokenizer.vocabulary_size, run.spec.model.window)  # type: ignore[attr-defined]
    nearest = np.argsort(-counts[row_of(run.tokenizer, word)])[:4]
    assert {*beside} <= {run.tokenizer.show(int(one)) for one in nearest}
