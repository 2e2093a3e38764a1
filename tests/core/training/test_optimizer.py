from __future__ import annotations

import math

import torch
from torch import Tensor, nn

from core.spec.recipe import RecipeSpec
from core.training.optimizer import BETAS, EPSILON, FlatAdamW

RECIPE = RecipeSpec(weight_decay=0.1, clip=0.5, learning_rate=1e-2)


class Tied(nn.Module):
    """A table used at both ends, a norm, a bias: the kinds of parameter that models have."""

    def __init__(self) -> None:
        super().__init__()
        self.table = nn.Embedding(11, 6)
        self.norm = nn.LayerNorm(6)
        self.hidden = nn.Linear(6, 6)

    def forward(self, tokens: Tensor) -> Tensor:
        return self.hidden(self.norm(self.table(tokens))) @ self.table.weight.T


def make() -> Tied:
    torch.manual_seed(5)
    return Tied()


def loss_of(model: nn.Module, step: int) -> Tensor:
    tokens = torch.randint(0, 11, (4, 8), generator=torch.Generator().manual_seed(step))
    logits = model(tokens[:, :-1])
    return nn.functional.cross_entropy(logits.flatten(0, 1), tokens[:, 1:].flatten()) * 20


def test_equals_torch_with_clipping_and_decay_of_matrices_only() -> None:
    ours, theirs = make(), make()
    flat = FlatAdamW(ours, RECIPE)
    parameters = list(theirs.parameters())
    groups = [
        {"params": [p for p in parameters if p.ndim >= 2], "weight_decay": 0.1},
        {"params": [p for p in parameters if p.ndim < 2], "weight_decay": 0.0},
    ]
    reference = torch.optim.AdamW(groups, betas=BETAS, eps=EPSILON, foreach=False)
    clipped = 0
    for step in range(1, 41):
        rate = 1e-2 / step
        flat.clear()
        loss_of(ours, step).backward()
        norm = flat.clip()
        flat.update(rate)
        reference.zero_grad()
        loss_of(theirs, step).backward()
        expected = nn.utils.clip_grad_norm_(parameters, RECIPE.clip)
        for group in reference.param_groups:
            group["lr"] = rate
        reference.step()
        assert math.isclose(norm, float(expected), rel_tol=1e-5)
        clipped += norm > RECIPE.clip
        for mine, other in zip(ours.parameters(), parameters, strict=True):
            torch.testing.assert_close(mine, other, atol=1e-6, rtol=0)
    assert clipped > 0


def test_the_start_is_not_changed_and_parameters_stay_in_the_vector() -> None:
    model = make()
    flat = FlatAdamW(model, RECIPE)
    for mine, other in zip(model.parameters(), make().parameters(), strict=True):
        assert torch.equal(mine, other)
    assert flat.weights.numel() == sum(p.numel() for p in make().parameters())
    flat.weights.zero_()
    assert all(not p.any() for p in model.parameters())


def test_a_gradient_that_is_no_number_is_reported_and_left() -> None:
    model = make()
    flat = FlatAdamW(model, RECIPE)
    flat.gradient.fill_(1.0)
    flat.gradient[3] = float("nan")
    assert math.isnan(flat.clip())
    assert flat.gradient[4] == 1.0


def test_restored_moments_go_on_as_if_never_stopped() -> None:
    whole, first, second = make(), make(), make()
    never_stopped, before = FlatAdamW(whole, RECIPE), FlatAdamW(first, RECIPE)

    def advance(model: nn.Module, optimizer: FlatAdamW, steps: range) -> None:
        for step in steps:
            optimizer.clear()
            loss_of(model, step).backward()
            optimizer.clip()
            optimizer.update(1e-2)

    advance(whole, never_stopped, range(1, 11))
    advance(first, before, range(1, 6))
    after = FlatAdamW(second, RECIPE)
    after.restore({name: kept.clone() for name, kept in before.state().items()}, steps=5)
    advance(second, after, range(6, 11))
    assert torch.equal(after.weights, never_stopped.weights)
