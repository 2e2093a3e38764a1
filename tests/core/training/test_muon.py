"""Muon against torch's, and the nearest orthogonal matrices against a singular value decomposition."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

from core.models.transformer import GPT
from core.spec.families.gpt import GPTSpec
from core.spec.recipe import RecipeSpec
from core.training.muon import JORDAN, POLAR, Muon, orthogonal
from core.training.optimizer import EPSILON, MOMENTUM, TABLE_BETAS, FlatMuon, optimizer_for

SHAPES = [(16, 16), (64, 16), (16, 64), (20, 24)]
SPEC = GPTSpec(layers=2, heads=2, width=16, context=8, tied=False)
RECIPE = RecipeSpec(optimizer="muon", learning_rate=0.02, table_rate=0.005, clip=1000)


def spelled_out(matrix: Tensor, polynomials: object) -> Tensor:
    """Newton–Schulz on one matrix, by the formula."""
    x = matrix / (matrix.norm() * (1.01 if polynomials is POLAR else 1.0) + 1e-7)
    for a, b, c in polynomials:  # type: ignore[attr-defined]
        gram = x @ x.T
        x = a * x + b * gram @ x + c * gram @ gram @ x
    return x


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("polynomials", [JORDAN, POLAR], ids=["jordan", "polar"])
def test_a_stack_is_what_the_formula_makes_of_each(
    shape: tuple[int, int], polynomials: object
) -> None:
    torch.manual_seed(1)
    stack = torch.randn(3, *shape, dtype=torch.float64)
    found = orthogonal(stack, polynomials)  # type: ignore[arg-type]
    for one, matrix in zip(found, stack, strict=True):
        torch.testing.assert_close(one, spelled_out(matrix, polynomials), atol=1e-9, rtol=0)


@given(st.integers(0, 10_000), st.sampled_from(SHAPES))
def test_directions_stay_and_lengths_become_about_one(seed: int, shape: tuple[int, int]) -> None:
    generator = torch.Generator().manual_seed(seed)
    drawn = torch.randn(shape, generator=generator, dtype=torch.float64)
    u, _, v = torch.linalg.svd(drawn, full_matrices=False)
    lengths = torch.empty(len(v), dtype=torch.float64).log_normal_(0, 1, generator=generator) + 0.05
    found = orthogonal((u * lengths @ v)[None])[0]
    turned = u.T @ found @ v.T
    assert (turned - turned.diagonal().diag()).abs().max() < 1e-9
    assert (turned.diagonal() > 0.3).all() and (turned.diagonal() < 1.6).all()


def test_nothing_stays_nothing() -> None:
    assert not orthogonal(torch.zeros(2, 4, 6)).any()


@pytest.mark.parametrize("shape", SHAPES)
def test_a_step_is_torchs(shape: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    """Which reckons in bfloat16; here, for once, it does not."""
    monkeypatch.setattr(Tensor, "bfloat16", lambda self: self.clone())
    torch.manual_seed(2)
    start = torch.randn(shape)
    ours, theirs = start.clone()[None], torch.nn.Parameter(start.clone())
    gradient = torch.zeros(1, *shape)
    muon = Muon(ours, gradient, 0.95)
    reference = torch.optim.Muon([theirs], lr=0.02, momentum=0.95, weight_decay=0.0)
    for step in range(1, 21):
        pulled = torch.randn(shape) + start
        gradient.copy_(pulled[None])
        theirs.grad = pulled
        reference.param_groups[0]["lr"] = 0.02 / step
        muon.step(0.02 / step, JORDAN)
        reference.step()
        torch.testing.assert_close(ours[0], theirs.detach(), atol=1e-6, rtol=0)


def model() -> GPT:
    """In float64, so that what differs does not differ by rounding."""
    torch.manual_seed(5)
    return GPT(SPEC, 11).double()


def loss_of(gpt: GPT, step: int) -> Tensor:
    tokens = torch.randint(0, 11, (4, 9), generator=torch.Generator().manual_seed(step))
    logits = gpt(tokens[:, :-1])
    return torch.nn.functional.cross_entropy(logits.flatten(0, 1), tokens[:, 1:].flatten())


def advance(gpt: GPT, optimizer: FlatMuon, steps: range) -> None:
    for step in steps:
        optimizer.clear()
        loss_of(gpt, step).backward()
        optimizer.clip()
        optimizer.update(0.02 / step)


def test_a_whole_model_has_muon_in_its_middle_and_adam_around() -> None:
    """Each hidden matrix by itself, W_Q, W_K and W_V apart; everything else by torch's Adam."""
    ours, theirs = model(), model()
    flat = optimizer_for(ours, RECIPE)
    assert isinstance(flat, FlatMuon)
    hidden = [
        part
        for parameter, parts in theirs.hidden_matrices()
        for part in parameter.view(parts, -1, parameter.shape[1])
    ]
    assert len(hidden) == 2 * 6
    names = {id(parameter) for parameter, _parts in theirs.hidden_matrices()}
    rest = [parameter for parameter in theirs.parameters() if id(parameter) not in names]
    adam = torch.optim.AdamW(rest, betas=TABLE_BETAS, eps=EPSILON, weight_decay=0.0)
    means = [torch.zeros_like(part) for part in hidden]
    for step in range(1, 16):
        advance(ours, flat, range(step, step + 1))
        theirs.zero_grad()
        loss_of(theirs, step).backward()
        gradients = [
            part
            for parameter, parts in theirs.hidden_matrices()
            for part in parameter.grad.view(parts, -1, parameter.shape[1])  # type: ignore[union-attr]
        ]
        adam.param_groups[0]["lr"] = 0.005 / step
        adam.step()
        with torch.no_grad():
            for part, mean, gradient in zip(hidden, means, gradients, strict=True):
                mean.mul_(MOMENTUM).add_((1 - MOMENTUM) * gradient)
                ahead = MOMENTUM * mean + (1 - MOMENTUM) * gradient
                scale = max(1.0, part.shape[0] / part.shape[1]) ** 0.5
                part.sub_(0.02 / step * scale * spelled_out(ahead, POLAR))
        for mine, other in zip(ours.parameters(), theirs.parameters(), strict=True):
            torch.testing.assert_close(mine, other, atol=1e-9, rtol=0)


def test_restored_means_go_on_as_if_never_stopped() -> None:
    whole, first, second = model(), model(), model()
    never_stopped, before = FlatMuon(whole, RECIPE), FlatMuon(first, RECIPE)
    advance(whole, never_stopped, range(1, 11))
    advance(first, before, range(1, 6))
    after = FlatMuon(second, RECIPE)
    after.restore({name: kept.clone() for name, kept in before.state().items()}, steps=5)
    advance(second, after, range(6, 11))
    assert torch.equal(after.weights, never_stopped.weights)


def test_a_model_without_hidden_matrices_goes_by_adam_alone() -> None:
    linear = torch.nn.Linear(3, 2)
    flat = FlatMuon(linear, RECIPE)
    linear(torch.ones(1, 3)).sum().backward()
    before = flat.weights.clone()
    flat.update(0.02)
    torch.testing.assert_close(before - flat.weights, torch.full((8,), 0.005), atol=1e-6, rtol=0)
