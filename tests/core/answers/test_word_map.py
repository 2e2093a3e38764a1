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


def test_each_snapshot_has_its_map_and_those_of_neighbours_lie_alike(answerer: Answerer) -> None:
    starter = starter_of("word_vectors")
    assert starter is not None
    folder = answerer.loaded(starter.spec.id).folder
    assert folder is not None
    steps = [snapshot.step for snapshot in folder.snapshots() if snapshot.full]
    last, before, first, shaken = (
        answerer.answer(question).places
        for question in (
            *(WordMap(starter.spec.id, step) for step in (None, steps[-4], 0)),
            WordMap(starter.spec.id, seed=1),
        )
    )
    for other in (before, shaken):
        assert all(np.corrcoef(last[:, axis], other[:, axis])[0, 1] > 0.8 for axis in (0, 1))
    assert np.corrcoef(last[:, 0], first[:, 0])[0, 1] < 0.8


def test_the_perplexity_decides_how_many_stand_together(answerer: Answerer) -> None:
    """With few neighbours each word keeps its nearest ones, with many the whole keeps its shape."""
    starter = starter_of("word_vectors")
    assert starter is not None
    few, many = (
        answerer.answer(WordMap(starter.spec.id, perplexity=perplexity)) for perplexity in (5, 80)
    )
    assert few.kept > many.kept + 0.05
    assert not np.allclose(few.places, many.places)


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
