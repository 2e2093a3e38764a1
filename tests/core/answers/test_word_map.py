"""A map of words: of the run's own vectors, the same again for the same seed, and near ones near."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.answers import Answerer
from core.errors import LearnerError
from core.questions.word_map import WordMap
from core.store.starters import starter_of
from core.store.store import Library, Store
from core.text.meaning.word_classes import word_classes

STARTERS = Path(__file__).parents[3] / "starters"


@pytest.fixture(scope="module")
def answerer() -> Answerer:
    return Answerer(Library([Store(STARTERS, read_only=True)]))


def test_neighbours_stay_together_and_classes_come_apart(answerer: Answerer) -> None:
    starter = starter_of("word_vectors")
    assert starter is not None
    found = answerer.answer(WordMap(starter.spec.id))
    again = answerer.answer(WordMap(starter.spec.id))
    assert np.array_equal(found.places, again.places)
    assert found.places.shape == (len(found.rows), 2) and 0 not in found.rows
    assert found.kept > 0.4
    classes = word_classes("tales")
    tokenizer = answerer.loaded(starter.spec.id).tokenizer
    names = [classes.get(tokenizer.show(int(row))) for row in found.rows]
    known = [place for place, name in enumerate(names) if name is not None]
    places, named = found.places[known], np.array([names[place] for place in known])
    apart = ((places[:, None] - places) ** 2).sum(axis=2)
    np.fill_diagonal(apart, np.inf)
    assert (named[apart.argmin(axis=1)] == named).mean() > 0.9


def test_the_first_snapshot_has_a_map_of_its_own(answerer: Answerer) -> None:
    starter = starter_of("word_vectors")
    assert starter is not None
    last, first = (answerer.answer(WordMap(starter.spec.id, step)) for step in (None, 0))
    assert not np.allclose(last.places, first.places)


@pytest.mark.parametrize(
    ("family", "options", "said"),
    [
        ("gpt", {}, "about vectors of words"),
        ("word_vectors", {"step": 3}, "about vectors of words"),
        ("word_vectors", {"perplexity": 1}, "between 2 and 100"),
    ],
)
def test_what_cannot_be_mapped_is_said(
    answerer: Answerer, family: str, options: dict[str, int], said: str
) -> None:
    starter = starter_of(family)
    assert starter is not None
    with pytest.raises(LearnerError, match=said):
        answerer.answer(WordMap(starter.spec.id, **options))
