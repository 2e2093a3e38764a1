"""Classifiers learn the reviews: what words tell, and, if they carry a state, what grammar tells."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
import torch
from sklearn.metrics import accuracy_score, confusion_matrix, precision_recall_fscore_support

from core.answers.classifier import held_out_labels, judge
from core.answers.loaded import Loaded
from core.errors import LearnerError
from core.models.metrics import accuracy, confusion, precision_recall_f1
from core.questions.classifier import HeldOutLabels, Judge
from core.spec.families.classifier import ClassifierSpec
from core.spec.families.ngram import NGramSpec
from core.spec.recipe import RecipeSpec
from core.spec.run import RunSpec
from core.spec.text import CorpusSpec, TokenizerSpec
from core.training.training import Training


def spec_of(reader: str, corpus: str = "reviews", **model: object) -> RunSpec:
    return RunSpec(
        corpus=CorpusSpec(name=corpus, size=1200),  # type: ignore[arg-type]
        tokenizer=TokenizerSpec(kind="words", vocabulary=400),
        model=ClassifierSpec.model_validate({"reader": reader, "width": 16, **model}),
        recipe=RecipeSpec(steps=300, batch=32, learning_rate=1e-2, snapshots=2, warmup=20),
    )


@pytest.fixture(scope="module", params=["bag", "lstm"])
def trained(request: pytest.FixtureRequest) -> Loaded:
    spec = spec_of(request.param)
    training = Training(spec)
    losses = [s.validation_loss for s in training.snapshots() if s.validation_loss is not None]
    assert losses[-1] < losses[0]
    return Loaded(spec, training.tokenizer, training.model.eval(), None)


@pytest.fixture(autouse=True)
def _as_the_worker_answers() -> Iterator[None]:
    with torch.inference_mode():
        yield


def test_a_bag_does_the_plain_ones_and_an_lstm_the_others_too(trained: Loaded) -> None:
    found = held_out_labels(trained, HeldOutLabels(trained.spec.id))
    right, kinds = found.answers == found.truth, np.array(found.kinds)
    of_kind = {kind: right[kinds == kind].mean() for kind in ("plain", "negated", "mixed")}
    assert of_kind["plain"] > 0.85
    if trained.spec.model.reader == "bag":
        assert of_kind["negated"] < 0.3 and 0.2 < of_kind["mixed"] < 0.8
    else:
        assert right.mean() > 0.93


def test_its_scores_are_scikit_learns(trained: Loaded) -> None:
    found = held_out_labels(trained, HeldOutLabels(trained.spec.id))
    answers, truth = found.answers, found.truth
    np.testing.assert_array_equal(confusion(answers, truth, 2), confusion_matrix(truth, answers))
    precision, recall, f1, support = precision_recall_fscore_support(truth, answers)
    scores = precision_recall_f1(answers, truth, 2)
    np.testing.assert_allclose(scores.precision, precision)
    np.testing.assert_allclose(scores.recall, recall)
    np.testing.assert_allclose(scores.f1, f1)
    np.testing.assert_array_equal(scores.support, support)
    assert accuracy(found.probabilities, truth) == pytest.approx(accuracy_score(truth, answers))


def test_what_each_token_moves_adds_up_to_the_answer(trained: Loaded) -> None:
    text = "The soup was tasty, although the cook was rude."
    answer = judge(trained, Judge(trained.spec.id, text))
    assert answer.labels == ("negative", "positive")
    assert answer.probabilities.shape == answer.moves.shape == (len(answer.tokens), 2)
    np.testing.assert_allclose(answer.probabilities.sum(axis=1), 1)
    odds = np.log(answer.beginning / (1 - answer.beginning)) + answer.moves.sum(axis=0)
    last = answer.probabilities[-1]
    np.testing.assert_allclose(odds, np.log(last / (1 - last)), atol=1e-8)
    assert answer.unknown == () and answer.cut == 0
    strange = judge(trained, Judge(trained.spec.id, "The zebra was tasty."))
    assert strange.unknown == ("zebra",)
    long = judge(trained, Judge(trained.spec.id, "The soup was tasty. " * 30))
    assert len(long.tokens) == 48 and long.cut == 30 * 5 - 48
    with pytest.raises(LearnerError, match="longer text"):
        judge(trained, Judge(trained.spec.id, "  "))


def test_what_has_no_labels_is_refused_in_a_sentence() -> None:
    with pytest.raises(LearnerError, match="no labels"):
        Training(spec_of("lstm", "tales"))
    other = Loaded(spec_of("bag").model_copy(update={"model": NGramSpec()}), None, None, None)  # type: ignore[arg-type]
    for answer, question in ((judge, Judge("x", "a")), (held_out_labels, HeldOutLabels("x"))):
        with pytest.raises(LearnerError, match="about a classifier"):
            answer(other, question)
