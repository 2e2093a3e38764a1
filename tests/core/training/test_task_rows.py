"""Whole problems are read, each from the first position on, and only their answers are learned."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional as F

from core.answers.loaded import load
from core.errors import LearnerError
from core.models.recurrent import RecurrentLanguageModel
from core.spec.families.gpt import GPTSpec
from core.spec.families.ngram import NGramSpec
from core.spec.families.recurrent import RecurrentSpec
from core.spec.recipe import RecipeSpec
from core.spec.run import RunSpec
from core.spec.text import CorpusSpec, TokenizerSpec
from core.store.solving import Solver, solving
from core.store.store import Store
from core.text.corpora import load_corpus, split
from core.text.tasks.lines import answered, lines
from core.text.tasks.registry import TASKS, task_text
from core.text.tasks.task import ASK, END
from core.text.tokenizers import Tokenizer, train_tokenizer
from core.training.held_out import held_out_loss
from core.training.task_rows import TaskRows, answer_loss, held_out_answer_loss
from core.training.training import Training

CPU = torch.device("cpu")
TOKENS = TokenizerSpec(kind="characters", vocabulary=64)


def rows_of(name: str, seed: int, window: int = 64, batch: int = 5) -> tuple[TaskRows, Tokenizer]:
    text = task_text(TASKS[name], 60, seed).text  # type: ignore[index]
    tokenizer = train_tokenizer(TOKENS, text)
    return TaskRows(tokenizer.encode(text), tokenizer, window, batch, seed, CPU), tokenizer


@given(st.sampled_from(sorted(TASKS)), st.integers(0, 10**6), st.integers(1, 9))
def test_a_row_is_a_line_and_what_is_learned_is_its_answer(name: str, seed: int, step: int) -> None:
    rows, tokenizer = rows_of(name, seed)
    batch, again = rows.at(step), rows.at(step)
    assert all(torch.equal(one, other) for one, other in zip(batch, again, strict=True))
    assert batch.inputs.shape == batch.targets.shape == batch.answered.shape
    assert torch.equal(batch.inputs[:, 1:], batch.targets[:, :-1])
    for inputs, targets, learned in zip(*batch, strict=True):
        line, _blank, rest = tokenizer.decode(targets.numpy()).partition(END)
        prompt, answer = line.split(ASK)
        assert TASKS[name].is_right(prompt, answer)  # type: ignore[index]
        assert tokenizer.decode(inputs.numpy()[:1]) == END
        assert tokenizer.decode(targets[learned].numpy()) == answer + END
        assert not set(rest) - {END}


@given(st.text("ab=\n", max_size=40))
def test_answers_are_what_stands_between_an_ask_and_the_end(text: str) -> None:
    tokenizer = train_tokenizer(TOKENS, "ab=\n" * 300)
    found = answered(tokenizer.encode(text), tokenizer)
    asked = False
    for sign, learned in zip(text, found, strict=True):
        assert learned == asked
        asked = (asked or sign == ASK) and sign != END
    ids, learned_too = lines(tokenizer.encode(text), tokenizer)
    whole = [line + END for line in text.split(END)[:-1] if line]
    assert len(ids) == len(whole) == len(learned_too)
    for row, line in zip(ids, whole, strict=True):
        assert tokenizer.decode(row).startswith(END + line)


def test_the_loss_is_that_of_the_answers_alone() -> None:
    rows, tokenizer = rows_of("sort", 3)
    torch.manual_seed(0)
    network = RecurrentLanguageModel(RecurrentSpec(width=8), tokenizer.vocabulary_size)
    batch = rows.at(1)
    each = F.cross_entropy(
        network(batch.inputs).flatten(0, 1), batch.targets.flatten(), reduction="none"
    )
    wanted = each[batch.answered.flatten()].mean()
    assert answer_loss(network, batch).item() == pytest.approx(wanted.item(), abs=1e-6)
    everything = rows.rows(slice(None))
    assert held_out_answer_loss(network, rows, 10**6) == pytest.approx(
        answer_loss(network, everything).item(), abs=1e-5
    )


def test_problems_have_to_fit() -> None:
    with pytest.raises(LearnerError, match="up to"):
        rows_of("copy", 1, window=8)


SPEC = RunSpec(
    corpus=CorpusSpec(name="tasks", task="parity", size=200),
    tokenizer=TOKENS,
    model=RecurrentSpec(cell="lstm", width=16, context=64),
    recipe=RecipeSpec(steps=20, batch=8, learning_rate=1e-2, snapshots=2, warmup=0),
)


@pytest.mark.parametrize(
    "model",
    [
        SPEC.model,
        GPTSpec(layers=1, heads=2, width=16, context=64, positions="rotary"),
        NGramSpec(order=3),
    ],
    ids=["lstm", "gpt", "ngram"],
)
def test_every_family_trains_on_a_task(model: GPTSpec | RecurrentSpec | NGramSpec) -> None:
    training = Training(SPEC.model_copy(update={"model": model}))
    snapshots = list(training.snapshots())
    losses = [s.validation_loss for s in snapshots if s.validation_loss is not None]
    assert all(np.isfinite(losses))
    if model.descends:
        assert losses[-1] < losses[0] - 0.3
        sample = snapshots[-1].sample
        assert sample is not None and ASK in sample


def test_an_ngram_is_measured_on_answers_alone() -> None:
    """It knows the bit of a single bit for sure, and the end after it."""
    (only,) = Training(SPEC.model_copy(update={"model": NGramSpec(order=3)})).snapshots()
    everything = Training(SPEC.model_copy(update={"model": NGramSpec(order=1)}))
    assert only.train_loss is not None
    assert only.train_loss < next(iter(everything.snapshots())).train_loss  # type: ignore[operator]


@pytest.mark.parametrize("solver", ["ngram", "rnn"])
def test_the_whole_held_out_text_is_measured_on_its_answers(solver: Solver) -> None:
    """Of runs that ship: each line alone, token by token, gives the same."""
    spec = solving("parity", solver)
    folder = Store(Path(__file__).parents[3] / "starters", read_only=True).open(spec.id)
    found = held_out_loss(folder)
    assert found is not None
    loss, count = found
    loaded, text = load(folder), split(load_corpus(spec.corpus).text)[1]
    held_out = [line for line in text.split(END) if line]
    assert count == sum(len(line.partition(ASK)[2]) + 1 for line in held_out)
    if solver == "ngram":
        return  # it reads on from line to line
    nats = 0.0
    for line in held_out[:200]:
        tokens = loaded.tokenizer.encode(END + line + END)
        logp = loaded.model.token_log_probabilities(tokens)
        nats -= logp[-len(line.partition(ASK)[2]) - 1 :].sum()
    some = sum(len(line.partition(ASK)[2]) + 1 for line in held_out[:200])
    assert loss < 0.01 and nats / some < 0.01
