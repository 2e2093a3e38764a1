"""Probes are scored on text that they were not fitted on, and the days that are shown are not measured."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from core.answers import Answerer
from core.inspection.cells import states
from core.inspection.distance import untrained
from core.models.recurrent import RecurrentLanguageModel
from core.questions import FindUnit, RecallGuesses
from core.questions.recall import SEED
from core.runs.engines.engine import Job
from core.runs.worker import execute
from core.spec.families.ngram import NGramSpec
from core.spec.families.recurrent import RecurrentSpec
from core.spec.recipe import RecipeSpec
from core.spec.run import RunSpec
from core.spec.text import CorpusSpec
from core.store.store import Library, Store
from core.text.corpora import load_corpus, split
from core.text.made.market import ENGLISH, one_day
from core.worked.probing.probe import Examples, Probe, UnitProbe, score, unit_scores
from core.worked.probing.tracked import Passage, passages
from core.worked.recurrent.recall import DAYS

_RECIPE = RecipeSpec(steps=40, batch=8, snapshots=1, learning_rate=1e-2)
READER = RunSpec(
    corpus=CorpusSpec(name="asides", size=120),
    model=RecurrentSpec(width=8, context=24),
    recipe=_RECIPE,
)
COUNTER = RunSpec(
    corpus=CorpusSpec(name="market", size=60), model=NGramSpec(order=3), recipe=_RECIPE
)


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answerer]:
    root = tmp_path_factory.mktemp("runs")
    for spec in (READER, COUNTER):
        list(execute(Job(root, spec)))
    yield Answerer(Library([Store(root)]))


def _examples(network: RecurrentLanguageModel, read: list[Passage]) -> Examples:
    x = np.concatenate(states(network, [one.tokens for one in read], "hidden", 0))
    y = np.concatenate([one.truth for one in read])
    passage = np.repeat(np.arange(len(read)), [len(one.tokens) for one in read])
    known = ~np.isnan(y)
    return Examples(x[known], y[known], passage[known])


@pytest.mark.parametrize("what", ["brackets", "line"])
def test_probes_are_fitted_on_training_text_and_scored_on_text_held_out(
    answerer: Answerer, what: str
) -> None:
    """Put together here a second time, of the network as it is and as it began."""
    loaded = answerer.loaded(READER.id)
    corpus = load_corpus(READER.corpus)
    cut = len(split(corpus.text)[0])
    parts = [
        passages(corpus, part, loaded.tokenizer, what, most)  # type: ignore[arg-type]
        for part, most in (((0, cut), 300), ((cut, len(corpus.text)), 150))
    ]
    network, is_number = loaded.recurrent(0), what == "line"
    fit, held = (_examples(network, part) for part in parts)
    before = untrained(network, READER.seed)
    fit_before, held_before = (_examples(before, part) for part in parts)
    unit = int(unit_scores(fit, is_number=is_number).argmax())
    found = answerer.answer(FindUnit(READER.id, what, "hidden"))  # type: ignore[arg-type]
    assert found.unit == unit
    for scores, probe, asked in (
        (found.scores.all_units, Probe(fit, is_number=is_number), held),
        (found.scores.one_unit, UnitProbe(fit, unit, is_number=is_number), held),
        (found.scores.untrained, Probe(fit_before, is_number=is_number), held_before),
    ):
        assert scores == score(probe.answers(asked.x), held.y, held.passage, is_number=is_number)


def test_a_day_that_is_shown_is_none_of_those_that_are_measured(answerer: Answerer) -> None:
    seen = 8
    measured = {one_day(ENGLISH, seen, SEED + number)[0] for number in range(DAYS)}
    shown = {answerer.answer(RecallGuesses(COUNTER.id, seen, day)).text for day in range(8)}
    assert len(shown) == 8 and not shown & measured
