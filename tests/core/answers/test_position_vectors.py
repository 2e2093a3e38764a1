"""The table of positions of a trained run, asked for as a page does."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from core.answers.loaded import Loaded
from core.answers.vectors import position_vectors
from core.errors import LearnerError
from core.models.neural import NeuralLanguageModel
from core.models.transformer import GPT
from core.questions import PositionVectors
from core.spec.families.gpt import GPTSpec
from core.spec.run import RunSpec
from core.store.starters import starters
from core.text.tokenizers import train_tokenizer

SPEC = next(starter.spec for starter in starters() if starter.slug == "gpt")
ASKED = PositionVectors("any")


def loaded(positions: str) -> Loaded:
    model = GPTSpec(layers=1, heads=2, width=8, context=6, positions=positions)
    spec = RunSpec(corpus=SPEC.corpus, tokenizer=SPEC.tokenizer, model=model)
    torch.manual_seed(0)
    module = GPT(model, 5)
    return Loaded(
        spec, train_tokenizer(SPEC.tokenizer, "a b c"), module, NeuralLanguageModel(module)
    )


def test_a_learned_table_is_the_models_own_weights() -> None:
    model = loaded("learned")
    found = position_vectors(model, ASKED)
    assert found.dtype == np.float64
    assert np.array_equal(found, model.gpt().positions.weight.detach().numpy())


def test_waves_are_answered_too() -> None:
    assert position_vectors(loaded("sinusoidal"), ASKED)[0].tolist() == [0, 1] * 4


@pytest.mark.parametrize("positions", ["rotary", "alibi", "none"])
def test_a_model_that_adds_nothing_says_so(positions: str) -> None:
    with pytest.raises(LearnerError, match="adds no positions"):
        position_vectors(loaded(positions), ASKED)
