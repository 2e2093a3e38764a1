"""What is asked of recurrent networks: units that track something, gradients, what is recalled."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core.answers import Answerer, probing
from core.errors import LearnerError
from core.questions import (
    ClippedStep,
    FindUnit,
    GradientByDistance,
    RecallByGap,
    RecallGuesses,
)
from core.runs.engines.engine import Job
from core.runs.worker import execute
from core.spec.families.gpt import GPTSpec
from core.spec.families.ngram import NGramSpec
from core.spec.families.recurrent import RecurrentSpec
from core.spec.family import FamilySpec
from core.spec.recipe import RecipeSpec
from core.spec.run import RunSpec
from core.spec.text import CorpusName, CorpusSpec
from core.store.store import Library, Store
from core.worked.recurrent.recall import SEEN


def spec_of(corpus: CorpusName, model: FamilySpec, size: int = 150) -> RunSpec:
    return RunSpec(
        corpus=CorpusSpec(name=corpus, size=size),
        model=model,
        recipe=RecipeSpec(steps=3, batch=4, snapshots=1),
    )


TRACKING = {
    cell: spec_of("asides", RecurrentSpec(cell=cell, width=8, context=24))
    for cell in ("rnn", "lstm", "gru")
}
CHINESE = spec_of("asides_zh", RecurrentSpec(width=8, context=24))
RECALLING = [
    spec_of("market", model)
    for model in (
        NGramSpec(order=4),
        RecurrentSpec(cell="gru", width=8, context=12),
        GPTSpec(layers=1, heads=2, width=8, context=12),
    )
]
RECALLING_ZH = spec_of("market_zh", RecurrentSpec(width=8, context=12))


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answerer]:
    root: Path = tmp_path_factory.mktemp("runs")
    for spec in (*TRACKING.values(), CHINESE, *RECALLING, RECALLING_ZH):
        list(execute(Job(root, spec)))
    yield Answerer(Library([Store(root)]))


@pytest.mark.parametrize("spec", [TRACKING["lstm"], CHINESE], ids=["en", "zh"])
@pytest.mark.parametrize("what", ["quotes", "brackets", "line", "number"])
def test_a_unit_is_found_with_its_controls(answerer: Answerer, spec: RunSpec, what: str) -> None:
    found = answerer.answer(FindUnit(spec.id, what, "cell"))  # type: ignore[arg-type]
    assert 0 <= found.unit < 8
    scores = found.scores
    for score in (scores.all_units, scores.one_unit, scores.token, scores.untrained):
        assert score.low <= score.value <= score.high <= 1
    assert scores.chance == {"line": 0, "brackets": 1 / 4}.get(what, 1 / 2)
    if what != "number":
        assert scores.all_units.low > scores.chance, "even three steps leave an echo of it"
    assert found.fitted[0] > found.scored[0] > 10 and found.scored[1] > 200
    assert len(found.tokens) == len(found.truth) == len(found.reads) == len(found.values)
    assert np.unique(found.truth[~np.isnan(found.truth)]).size > 1


def test_for_another_text_nothing_is_fitted_again(
    answerer: Answerer, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = TRACKING["lstm"].id
    first = answerer.answer(FindUnit(asked, "quotes", "cell", text="The dog is wet."))
    monkeypatch.setattr(probing, "_fit", lambda *_: pytest.fail("it was fitted before"))
    other = answerer.answer(FindUnit(asked, "quotes", "cell", text="The cat says so."))
    assert other.scores == first.scores and other.tokens != first.tokens
    with pytest.raises(pytest.fail.Exception):
        answerer.answer(FindUnit(asked, "quotes", "hidden", text="The cat says so."))


def test_of_a_text_of_ones_own_what_is_known_is_drawn(answerer: Answerer) -> None:
    text = 'Mia says: "The dog is wet." The cat'
    found = answerer.answer(FindUnit(TRACKING["gru"].id, "quotes", text=text))
    assert found.tokens[0] == "Mia"
    inside = [token for token, truth in zip(found.tokens, found.truth, strict=True) if truth == 1]
    assert inside == ["The", "␣dog", "␣is", "␣wet", "."]
    assert set(found.reads) <= {0, 1}
    number = answerer.answer(FindUnit(TRACKING["gru"].id, "number", text=text))
    assert np.isnan(number.truth).all(), "of somebody's own text nobody knows it"
    with pytest.raises(LearnerError, match="Only an LSTM has a cell"):
        answerer.answer(FindUnit(TRACKING["rnn"].id, "quotes", "cell"))
    with pytest.raises(LearnerError, match="no layer 1"):
        answerer.answer(FindUnit(TRACKING["rnn"].id, "quotes", layer=1))


@pytest.mark.parametrize("cell", TRACKING)
def test_gradients_are_measured_though_answers_are_given_without(
    answerer: Answerer, cell: str
) -> None:
    run = TRACKING[cell].id
    found = answerer.answer(GradientByDistance(run))
    assert len(found.trained) == len(found.untrained) == 51
    assert (found.trained > 0).all() and found.places > 100
    larger = answerer.answer(GradientByDistance(run, times=4.0))
    assert larger.trained[30] > found.trained[30]
    if cell == "lstm":
        open_ones = answerer.answer(GradientByDistance(run, forget_bias=5.0))
        assert open_ones.untrained[30] > 20 * found.untrained[30]
    else:
        with pytest.raises(LearnerError, match="Only an LSTM has a forget gate"):
            answerer.answer(GradientByDistance(run, forget_bias=5.0))
    step = answerer.answer(ClippedStep(run, clip=1e-3))
    assert step.norm > 0 and step.after < step.before
    assert abs(step.after_clipped - step.before) < abs(step.after - step.before)
    again = answerer.answer(GradientByDistance(run))
    np.testing.assert_array_equal(again.trained, found.trained)


@pytest.mark.parametrize("spec", RECALLING, ids=lambda spec: spec.model.family)
def test_any_language_model_is_asked_what_it_recalls(answerer: Answerer, spec: RunSpec) -> None:
    found = answerer.answer(RecallByGap(spec.id))
    assert found.seen == SEEN and len(found.right) == len(SEEN) and found.chance == 1 / 12
    if spec.model.family == "ngram":
        assert found.right[0] > 0.9, "the thing stands two tokens before"
        assert max(found.right[2:]) < 0.3
    one = answerer.answer(RecallGuesses(spec.id, 3))
    assert one.text.count(",") >= 3 and one.thing in one.text
    assert list(one.shares) == sorted(one.shares, reverse=True) and len(one.things) == 12
    assert one.distance == 11
    with pytest.raises(LearnerError, match="Between 0 and 40"):
        answerer.answer(RecallGuesses(spec.id, 41))


def test_in_chinese_too(answerer: Answerer) -> None:
    one = answerer.answer(RecallGuesses(RECALLING_ZH.id, 2))
    assert one.text.endswith("买了") and one.thing in one.text
    assert answerer.answer(RecallByGap(RECALLING_ZH.id)).chance == 1 / 12
