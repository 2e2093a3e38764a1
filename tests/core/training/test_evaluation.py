from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from core.models.transformer import GPT
from core.spec.families.gpt import GPTSpec
from core.text.material import VALIDATION_TOKENS
from core.training.evaluation import SAMPLE_TOKENS, sample, validation_loss


class Guess(nn.Module):
    """Gives the token after ``x`` the probability that a table says; counts what it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.table = torch.randn(7, 7, generator=torch.Generator().manual_seed(1))
        self.asked: list[tuple[int, ...]] = []

    def forward(self, tokens: Tensor) -> Tensor:
        self.asked.append(tuple(tokens.shape))
        return self.table[tokens]


@pytest.mark.parametrize("length", [2, 8, 9, 10, 33, 5000])
def test_every_token_after_the_first_counts_once(length: int) -> None:
    tokens = torch.randint(0, 7, (length,), generator=torch.Generator().manual_seed(2))
    model = Guess()
    used = tokens[: VALIDATION_TOKENS + 1]
    logp = model.table.double().log_softmax(-1)
    expected = -logp[used[:-1], used[1:]].mean()
    assert validation_loss(model, tokens, context=8) == pytest.approx(float(expected), rel=1e-5)
    assert sum(b * t for b, t in model.asked) == len(used) - 1
    assert max(t for _, t in model.asked) <= 8


def test_a_sample_begins_with_its_prompt_and_depends_on_the_seed_alone() -> None:

    torch.manual_seed(0)
    model = GPT(GPTSpec(layers=1, heads=1, width=8, context=16), 30).eval()
    prompt = np.array([3, 4], np.int64)
    written = sample(model, prompt, seed=1)
    assert written[:2] == [3, 4] and len(written) == 2 + SAMPLE_TOKENS
    assert all(0 <= token < 30 for token in written)
    assert written == sample(model, prompt, seed=1) != sample(model, prompt, seed=2)


def test_uniform_logits_cost_ln_v() -> None:
    model = Guess()
    model.table.zero_()
    assert validation_loss(model, torch.arange(7), 3) == pytest.approx(math.log(7))
