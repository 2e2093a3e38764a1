"""Problems are solved by the batch exactly as they are one by one, and judged to the last sign."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from core.answers.loaded import Loaded
from core.answers.tasks import task_attempt, task_by_length
from core.errors import LearnerError
from core.models.generation import generate
from core.models.neural import NeuralLanguageModel
from core.questions.tasks import MOST_PROBLEMS, SHOWN, TaskAttempt, TaskByLength
from core.spec.families.gpt import GPTSpec
from core.spec.families.ngram import NGramSpec
from core.spec.families.recurrent import RecurrentSpec
from core.spec.family import FamilySpec
from core.spec.run import RunSpec
from core.spec.text import CorpusSpec
from core.store.solving import MODELS, solving
from core.text.tasks.registry import TASKS
from core.text.tasks.task import ASK, END
from core.training.training import Training
from core.worked.share import wilson

FAMILIES = {
    "gpt": GPTSpec(
        layers=1, heads=2, width=16, context=64, positions="rotary", previous=True, qk_norm=True
    ),
    "lstm": RecurrentSpec(cell="lstm", width=16, context=64),
    "rnn": RecurrentSpec(cell="rnn", width=16, context=64),
    "ngram": NGramSpec(order=4),
}


def small(task: str, model: FamilySpec, steps: int = 4) -> RunSpec:
    base = solving(task, "lstm")  # type: ignore[arg-type]
    return base.model_copy(
        update={
            "model": model,
            "corpus": CorpusSpec(name="tasks", task=task, size=100),
            "recipe": base.recipe.model_copy(update={"steps": steps, "batch": 8, "snapshots": 1}),
        }
    )


def loaded(spec: RunSpec) -> Loaded:
    training = Training(spec)
    for _snapshot in training.snapshots():
        pass
    model = training.model
    if not isinstance(model, torch.nn.Module):
        return Loaded(spec, training.tokenizer, None, model)
    return Loaded(spec, training.tokenizer, model.eval(), NeuralLanguageModel(model))


@pytest.fixture(autouse=True)
def _as_the_worker_answers():
    with torch.inference_mode():
        yield


@pytest.mark.parametrize("family", FAMILIES)
def test_the_batch_says_what_each_problem_alone_gets(family: str) -> None:
    with torch.inference_mode(False):
        model = loaded(small("sort", FAMILIES[family]))
    task = TASKS["sort"]
    results = task_by_length(model, TaskByLength("", problems=4))
    assert [one.length for one in results] == list(task.lengths)
    for one in results:
        assert len(one.attempts) == SHOWN and one.asked == 4
        assert one.new == task.can_be_new(one.length)
        for attempt in one.attempts:
            assert attempt.right == task.answer(attempt.prompt)
            assert attempt.is_right == task.is_right(attempt.prompt, attempt.answered)
            assert task_attempt(model, TaskAttempt("", attempt.prompt)) == attempt
            assert attempt.answered == _one_by_one(model, attempt.prompt, one.length + 1)


def _one_by_one(model: Loaded, prompt: str, most: int) -> str:
    """Without any cache or batch."""
    tokens = model.tokenizer.encode(f"{END}{prompt}{ASK}")
    if model.module is not None:
        written = list(generate(model.module, tokens, most, lambda logits: int(logits.argmax())))
    else:
        written = []
        for _token in range(most):
            context = np.concatenate([tokens, np.array(written, dtype=np.int64)])
            written.append(int(model.model.next_log_probabilities([context])[0].argmax()))
    return model.tokenizer.decode(written).partition(END)[0]


def test_a_count_solves_what_it_has_seen_whole() -> None:
    with torch.inference_mode(False):
        model = loaded(small("parity", NGramSpec(order=5), steps=1))
    results = task_by_length(model, TaskByLength("", problems=20))
    assert [one.right for one in results[:2]] == [20, 20]
    assert not any(one.new for one in results[:7]) and all(one.new for one in results[7:])


def test_what_is_no_problem_is_said() -> None:
    with torch.inference_mode(False):
        model = loaded(small("addition", NGramSpec(order=2), steps=1))
    for prompt in ("", "1+", "12+3", "a+b"):
        with pytest.raises(LearnerError):
            task_attempt(model, TaskAttempt("", prompt))
    assert task_attempt(model, TaskAttempt("", " 2 + 3 = ")).right == "5"
    for problems in (0, MOST_PROBLEMS + 1):
        with pytest.raises(LearnerError):
            task_by_length(model, TaskByLength("", problems))
    tales = Loaded(RunSpec(), model.tokenizer, None, model.model)
    with pytest.raises(LearnerError, match="learned a task"):
        task_by_length(tales, TaskByLength(""))


def test_every_run_that_learns_a_task_can_be_asked_its_longest_problem() -> None:
    for name, task in TASKS.items():
        for solver, (model, _recipe) in MODELS.items():
            spec = solving(name, solver, seed=3)
            assert spec.seed == 3 and spec.corpus.task == name
            if model.descends:
                assert spec.recipe.window == task.longest_line - 1
                assert task.most_tokens(task.tested) <= model.longest_window()


@given(st.integers(1, 500), st.data())
def test_wilson_holds_the_share_and_stays_a_share(asked: int, data: st.DataObject) -> None:
    right = data.draw(st.integers(0, asked))
    low, high = wilson(right, asked)
    assert 0 <= low <= right / asked <= high <= 1 and low < high
    other = wilson(asked - right, asked)
    assert low == pytest.approx(1 - other[1]) and high == pytest.approx(1 - other[0])
    # Its ends solve (p̂ - p)² = z² p (1 - p) / n.
    for end in (low, high):
        left = (right / asked - end) ** 2
        assert left == pytest.approx(1.959964**2 * end * (1 - end) / asked, abs=1e-9)


def test_wilson_as_in_a_textbook() -> None:
    """Brown, Cai and DasGupta 2001: 0 of 10 and 5 of 10."""
    assert wilson(0, 10) == pytest.approx((0.0, 0.2775), abs=1e-4)
    assert wilson(5, 10) == pytest.approx((0.2366, 0.7634), abs=1e-4)
    assert math.isclose(sum(wilson(50, 100)) / 2, 0.5)
    for right, asked in ((-1, 5), (6, 5), (0, 0)):
        with pytest.raises(ValueError, match="no share"):
            wilson(right, asked)
