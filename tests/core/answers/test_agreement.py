"""Agreement by distance, and what an N-gram pays for less text."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.answers import Answerer
from core.inspection.agreement import AgreementCase, agreement_cases, chosen_right
from core.models.metrics import cross_entropy
from core.models.ngram import NGramModel
from core.questions.measuring import Agreement, CountedParts
from core.store.further import shipped_runs
from core.store.store import Library, Store
from core.text.material import prepare

RUNS = shipped_runs()


@pytest.fixture(scope="module")
def answerer() -> Answerer:
    return Answerer(Library([Store(Path(__file__).parents[3] / "starters", read_only=True)]))


def test_a_case_is_a_verb_with_the_tokens_before_it(answerer: Answerer) -> None:
    tokenizer = answerer.loaded(RUNS["gpt"].id).tokenizer
    cases = agreement_cases(tokenizer, RUNS["gpt"].corpus, 40, 5)
    assert len(cases) > 30
    plural: dict[str, bool] = {}
    forms = {"was": "were", "were": "was", "is": "are", "are": "is"}
    for case in cases:
        right, rival = (tokenizer.show(one).strip("␣") for one in (case.right, case.rival))
        assert forms[right] == rival
        assert 1 <= case.distance <= len(case.before)
        subject = tokenizer.show(int(case.before[-case.distance])).strip("␣")
        assert plural.setdefault(subject, right in ("were", "are")) == (right in ("were", "are"))
    assert {*plural.values()} == {True, False}


def test_a_model_that_knows_only_was_is_right_where_was_is_right() -> None:
    class OnlyTwo:
        vocabulary_size, context = 3, 9

        def next_log_probabilities(self, contexts: list[np.ndarray]) -> np.ndarray:
            return np.tile(np.log([0.2, 0.7, 0.1]), (len(contexts), 1))

        def token_log_probabilities(self, tokens: np.ndarray) -> np.ndarray:
            raise NotImplementedError

    before = np.array([0, 1])
    cases = [AgreementCase(before, 1, 2, 1), AgreementCase(before, 2, 1, 2)]
    assert chosen_right(OnlyTwo(), cases).tolist() == [True, False]
    assert chosen_right(OnlyTwo(), []).tolist() == []


def test_the_answer_counts_each_case_once(answerer: Answerer) -> None:
    found = answerer.answer(Agreement(RUNS["ngram"].id, stories=50))
    loaded = answerer.loaded(RUNS["ngram"].id)
    cases = agreement_cases(loaded.tokenizer, RUNS["ngram"].corpus, 50, 101)
    assert sum(found.asked) == len(cases)
    assert sum(found.right) == int(chosen_right(loaded.model, cases).sum())
    assert list(found.distances) == sorted({case.distance for case in cases})


def test_an_ngram_pays_less_the_more_it_has_counted(answerer: Answerer) -> None:
    spec = RUNS["ngram"]
    found = answerer.answer(CountedParts(spec.id))
    assert list(found.losses) == sorted(found.losses, reverse=True)
    material = prepare(spec)
    assert found.tokens[-1] == len(material.training)
    whole = NGramModel.fit(material.training, material.tokenizer.vocabulary_size, spec.model)  # type: ignore[arg-type]
    assert found.losses[-1] == pytest.approx(cross_entropy(whole, material.validation[:2049]))
