"""What the GPT lesson claims of its inside, each for five seeds and in small."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from core.answers.inside.reading import loss_by_kind
from core.answers.loaded import Loaded
from core.inspection.lens import logit_lens
from core.models.neural import NeuralLanguageModel
from core.models.ngram import NGramModel
from core.questions.inside import LossByKind, LossByKindAnswer
from core.spec.families.gpt import GPTSpec
from core.spec.families.ngram import NGramSpec
from core.spec.recipes import FAST, FAST_GPT
from core.store.starters import starter_of
from core.training import training
from tests.experiments.seeds import SEEDS

MODEL = FAST_GPT.model_copy(update={"width": 96})
STEPS = 300
"""From there on a head copies, with each of the five seeds; at width 64 one of them does not."""
SMALL, FEW = FAST_GPT.model_copy(update={"width": 48}), 160
PASSAGES = 60


@cache
def _trained(seed: int, model: GPTSpec = MODEL, steps: int = STEPS) -> tuple[Loaded, float]:
    """By the recipe of the course's fast GPT, on the text of those that ship: what was trained, and its loss
    in the end."""
    starter = starter_of("gpt")
    assert starter is not None
    spec = starter.spec.model_copy(
        update={
            "model": model,
            "recipe": FAST.model_copy(update={"snapshots": 1, "steps": steps}),
            "seed": seed,
        }
    )
    running = training.Training(spec)
    (*_, last) = running.snapshots()
    assert last.validation_loss is not None
    model = NeuralLanguageModel(running.model.eval())
    return Loaded(spec, running.tokenizer, running.model, model), last.validation_loss


@cache
def _counted() -> LossByKindAnswer:
    """What each kind of token costs an N-gram of order 3."""
    loaded, _loss = _trained(1)
    material = training.prepare(loaded.spec)
    ngram = NGramSpec(order=3)
    model = NGramModel.fit(material.training, material.tokenizer.vocabulary_size, ngram)
    spec = loaded.spec.model_copy(update={"model": ngram})
    counted = Loaded(spec, loaded.tokenizer, None, model)
    return loss_by_kind(counted, LossByKind("", MODEL.context, PASSAGES))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_gpt_saves_most_on_things_that_were_named_before(seed: int) -> None:
    """The kinds of the bet, against an N-gram of order 3; a name that is new costs about what a lot does."""
    loaded, _loss = _trained(seed)
    ours = loss_by_kind(loaded, LossByKind("", MODEL.context, PASSAGES)).kinds
    theirs = _counted().kinds
    saved = {kind: theirs[kind].mean - ours[kind].mean for kind in ours}
    assert saved["noun_again"] > 1
    for kind in ("name_first", "noun_first", "small"):
        assert saved["noun_again"] > saved[kind] + 0.3, kind
    assert ours["name_first"].mean > 3.5, "a lot among seventy names is ln 70 = 4.2"


@pytest.mark.parametrize("seed", SEEDS)
def test_before_the_first_block_the_lens_reads_the_token_itself(seed: int) -> None:
    loaded, _loss = _trained(seed)
    assert loaded.module is not None
    held = np.asarray(training.prepare(loaded.spec).validation)
    at_first, in_the_end = [], []
    for start in range(0, 2000, 100):
        tokens = held[start : start + MODEL.context]
        first, *_, last = logit_lens(loaded.module, tokens)
        at_first.append(float((first.logp.argmax(axis=1) == tokens).mean()))
        in_the_end.append(float((last.logp.argmax(axis=1) == tokens).mean()))
    assert np.mean(at_first) > 0.6 and np.mean(in_the_end) < 0.1


@pytest.mark.parametrize("seed", SEEDS)
def test_a_second_table_buys_less_than_a_tenth_of_a_nat(seed: int) -> None:
    """With it the model has a quarter more parameters."""
    two_tables = SMALL.model_copy(update={"tied": False})
    (one, tied), (two, untied) = (_trained(seed, model, FEW) for model in (SMALL, two_tables))
    size = one.tokenizer.vocabulary_size
    fewer, more = (loaded.spec.model.parameters(size) for loaded in (one, two))
    assert more > 1.25 * fewer
    assert tied - untied < 0.1
