"""The logit lens: its last stage is the model, its first reads the tokens alone."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from core.inspection.lens import lens_points, logit_lens
from core.models.neural import NeuralLanguageModel
from core.models.recurrent import RecurrentLanguageModel
from core.models.transformer import GPT
from core.spec.families.gpt import GPTSpec
from core.spec.families.recurrent import RecurrentSpec

TOKENS = np.array([3, 1, 4, 1, 5])


def _gpt(**changes: object) -> GPT:
    torch.manual_seed(0)
    return GPT(GPTSpec(layers=3, heads=2, width=16, context=8, **changes), 11)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"norm": "post"},
        {"norm": "none", "mlp": False},
        {"tied": False, "norm_kind": "rms", "positions": "rotary", "previous": True},
    ],
    ids=str,
)
def test_the_last_stage_is_what_the_model_says(changes: dict[str, object]) -> None:
    gpt = _gpt(**changes)
    *_, last = logit_lens(gpt, TOKENS)
    contexts = [TOKENS[: end + 1] for end in range(len(TOKENS))]
    said = NeuralLanguageModel(gpt).next_log_probabilities(contexts)
    np.testing.assert_allclose(last.logp, said, atol=1e-5)


def test_there_is_a_stage_for_each_part_and_each_is_a_distribution() -> None:
    gpt = _gpt()
    stages = list(logit_lens(gpt, TOKENS))
    assert [stage.point for stage in stages] == lens_points(gpt)
    assert lens_points(gpt)[:3] == ["embedded", "blocks.0.after_attention", "blocks.0.after_mlp"]
    for stage in stages:
        np.testing.assert_allclose(np.exp(stage.logp).sum(axis=1), 1, atol=1e-9)
    assert len(list(logit_lens(_gpt(mlp=False), TOKENS))) == 4


def test_before_the_first_block_a_token_knows_only_itself_and_its_place() -> None:
    """Another token before it changes nothing there, and something after the first attention."""
    gpt = _gpt()
    other = TOKENS.copy()
    other[0] = 7
    pairs = zip(logit_lens(gpt, TOKENS), logit_lens(gpt, other), strict=True)
    apart = [float(np.abs(one.logp[1:] - two.logp[1:]).max()) for one, two in pairs]
    assert apart[0] == 0
    assert min(apart[1:]) > 1e-4


def test_it_is_of_gpts_and_within_their_context() -> None:
    with pytest.raises(TypeError):
        logit_lens(RecurrentLanguageModel(RecurrentSpec(width=8, context=8), 11), TOKENS)
    for tokens in (np.empty(0, np.int64), np.zeros(9, np.int64)):
        with pytest.raises(ValueError, match="between 1 and 8"):
            logit_lens(_gpt(), tokens)
