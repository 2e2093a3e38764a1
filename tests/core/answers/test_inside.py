"""The inside of a GPT, asked: output table, logit lens, loss by kind, kept keys and values."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from core.answers import Answerer
from core.errors import LearnerError
from core.models.transformer import GPT
from core.questions import NextTokens
from core.questions.inside import LogitLens, LossByKind, OutputRows
from core.questions.kept import KeptRows, WritingTimes
from core.questions.measuring import HeldOut, TextLosses
from core.runs.engines.engine import Job
from core.runs.worker import execute
from core.spec.families.gpt import GPTSpec
from core.spec.families.ngram import NGramSpec
from core.spec.recipe import RecipeSpec
from core.spec.run import RunSpec
from core.spec.text import CorpusSpec, TokenizerSpec
from core.store.store import Library, Store
from core.worked.kept import kept_bytes

TEXT = "One day Mia lost her ball."


def _spec(model: GPTSpec | NGramSpec) -> RunSpec:
    return RunSpec(
        corpus=CorpusSpec(name="tales", size=60),
        tokenizer=TokenizerSpec(kind="words", vocabulary=300),
        model=model,
        recipe=RecipeSpec(steps=3, batch=2, snapshots=1),
    )


_SIZES = {"layers": 2, "heads": 2, "width": 8, "context": 24}
TIED, UNTIED = (_spec(GPTSpec(**_SIZES, tied=tied)) for tied in (True, False))
AHEAD, COUNTS = _spec(GPTSpec(**_SIZES, causal=False)), _spec(NGramSpec(order=3))
LETTERS = TIED.model_copy(update={"tokenizer": TokenizerSpec(kind="characters")})


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    root: Path = tmp_path_factory.mktemp("runs")
    for spec in (TIED, UNTIED, AHEAD, COUNTS, LETTERS):
        list(execute(Job(root, spec)))
    return Answerer(Library([Store(root)]))


@pytest.mark.parametrize("spec", [TIED, UNTIED], ids=["tied", "untied"])
def test_rows_times_vector_are_the_models_distribution(answerer: Answerer, spec: RunSpec) -> None:
    found = answerer.answer(OutputRows(spec.id, TEXT, "ball", top=4))
    said = answerer.answer(NextTokens(spec.id, TEXT, top=4, whole=True))
    assert found.tokens[:4] == said.tokens and found.ranks[:4] == (1, 2, 3, 4)
    np.testing.assert_allclose(found.rows @ found.vector, found.logits, atol=1e-9)
    chances = np.exp(found.logits - found.total)
    np.testing.assert_allclose(chances[:4], said.probabilities, atol=1e-6)
    assert found.asked is not None and found.tokens[found.asked] == "␣ball"
    rank = 1 + int((said.distribution > chances[found.asked] + 1e-9).sum())
    assert abs(found.ranks[found.asked] - rank) <= 1
    assert np.array_equal(found.rows, found.inputs) == (spec is TIED)
    assert found.vocabulary == len(said.distribution)


def test_no_word_is_asked_for_or_one_that_is_among_the_best(answerer: Answerer) -> None:
    plain = answerer.answer(OutputRows(TIED.id, TEXT, "", top=3))
    assert plain.asked is None and len(plain.tokens) == 3
    best = plain.tokens[1].replace("␣", " ")
    again = answerer.answer(OutputRows(TIED.id, TEXT, best, top=3))
    assert again.asked == 1 and len(again.tokens) == 3
    with pytest.raises(LearnerError, match="at least 1"):
        answerer.answer(OutputRows(TIED.id, ""))
    with pytest.raises(LearnerError, match="about attention"):
        answerer.answer(OutputRows(COUNTS.id, TEXT))


def test_the_lens_ends_with_what_the_model_says(answerer: Answerer) -> None:
    found = answerer.answer(LogitLens(TIED.id, TEXT, top=3))
    losses = answerer.answer(TextLosses(TIED.id, TEXT, top=3))
    assert found.tokens == losses.tokens and found.points[0] == "embedded"
    assert len(found.points) == 5 == len(found.best) == len(found.probabilities)
    assert found.ranks[-1].tolist() == losses.ranks.tolist()
    np.testing.assert_allclose(np.log(found.chances[-1]), losses.log_probabilities, atol=1e-6)
    for place, expected in enumerate(losses.expected):
        assert found.best[-1][place] == tuple(token for token, _p in expected)
    cut = answerer.answer(LogitLens(TIED.id, TEXT, most=4))
    assert len(cut.tokens) == 4 and cut.cut == len(found.tokens) - 4


def test_the_losses_of_a_text_are_torchs_cross_entropy(answerer: Answerer) -> None:
    losses = answerer.answer(TextLosses(TIED.id, TEXT)).log_probabilities
    loaded = answerer.loaded(TIED.id)
    assert isinstance(loaded.module, GPT)
    ids = torch.from_numpy(loaded.tokenizer.encode(TEXT))
    with torch.no_grad():
        each = F.cross_entropy(loaded.module(ids[None, :-1])[0], ids[1:], reduction="none")
    np.testing.assert_allclose(-losses, each.numpy(), atol=1e-5)


@pytest.mark.parametrize("spec", [TIED, COUNTS], ids=["gpt", "ngram"])
def test_kinds_add_up_to_the_held_out_loss(answerer: Answerer, spec: RunSpec) -> None:
    found = answerer.answer(LossByKind(spec.id, most=24, passages=6))
    count = sum(one.count for one in found.kinds.values())
    mean = sum(one.count * one.mean for one in found.kinds.values()) / count
    assert found.mean == pytest.approx(mean)
    if spec is TIED:  # the counting model reads on where the other's context ends
        held = answerer.answer(HeldOut(spec.id, 6)).log_probabilities
        assert count == len(held) and found.mean == pytest.approx(-float(held.mean()))
    assert {"name_first", "small", "sign"} <= found.kinds.keys()


def test_kinds_are_known_of_words_of_the_courses_texts_only(answerer: Answerer) -> None:
    with pytest.raises(LearnerError, match="which kind"):
        answerer.answer(LossByKind(LETTERS.id, 24))
    with pytest.raises(LearnerError, match="between 1 and 150"):
        answerer.answer(LossByKind(TIED.id, 24, passages=0))


def test_what_is_kept_grows_by_a_row_a_token(answerer: Answerer) -> None:
    found = answerer.answer(KeptRows(TIED.id, TEXT, count=6, most=4))
    assert len(found.prompt) == 4 and found.cut == len(answerer.loaded(TIED.id).prompt(TEXT)[0]) - 4
    assert found.written == found.anew and len(found.written) == 6
    assert found.keys.shape == found.values.shape == (2, 2, 9, 4)
    assert found.size == kept_bytes(2, 8, 9)


def test_what_cannot_be_kept_is_said(answerer: Answerer) -> None:
    for question, words in (
        (KeptRows(AHEAD.id, TEXT), "looks ahead"),
        (KeptRows(TIED.id, ""), "at least 1"),
        (KeptRows(TIED.id, TEXT, count=24), "between 1 and 23"),
        (KeptRows(COUNTS.id, TEXT), "about attention"),
    ):
        with pytest.raises(LearnerError, match=words):
            answerer.answer(question)


def test_times_are_measured_both_ways(answerer: Answerer) -> None:
    small = GPTSpec(**_SIZES)
    drawn = torch.initial_seed()
    found = answerer.answer(WritingTimes(small, 50, 20, 8))
    assert found.kept.shape == found.anew.shape == (8,)
    assert math.isfinite(found.prompt) and torch.initial_seed() == drawn
    for model, count in ((GPTSpec(width=512, layers=4), 8), (small, 0), (small, 10_000)):
        with pytest.raises(LearnerError):
            answerer.answer(WritingTimes(model, 1000, 20, count))
