"""Walks downhill are torch's; landscapes are the losses they say they are; depth fades and bursts."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from core.spec.text import CorpusSpec
from core.text.corpora import load_corpus
from core.worked.learning.depth import SIGNALS, WIDTH, lengths_by_layer
from core.worked.learning.landscapes import Landscape, TwoLayers, TwoLogits
from core.worked.learning.optimizers import METHODS, Method, walk
from core.worked.learning.softmax import numerical_slope
from core.worked.learning.table import count_characters


def _landscapes() -> list[Landscape]:
    return [
        TwoLayers.make(),
        TwoLogits.of(count_characters(load_corpus(CorpusSpec(size=40)).text)),
    ]


def _torch(method: Method, weights: torch.Tensor, rate: float) -> torch.optim.Optimizer:
    if method == "adam":
        return torch.optim.Adam([weights], lr=rate)
    return torch.optim.SGD([weights], lr=rate, momentum=0.9 if method == "momentum" else 0.0)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("clip", [None, 0.5])
@pytest.mark.parametrize("warmup", [0, 7])
def test_paths_are_torchs(method: Method, clip: float | None, warmup: int) -> None:
    land = TwoLayers.make()
    rate = {"sgd": 0.3, "momentum": 0.05, "adam": 0.2}[method]
    ours = walk(method, land.gradient, land.start, rate, 40, warmup=warmup, clip=clip)
    assert len(ours) == 41
    w = torch.tensor(land.start, dtype=torch.float64, requires_grad=True)
    optimizer = _torch(method, w, rate)
    for step, place in enumerate(ours[1:], 1):
        optimizer.param_groups[0]["lr"] = rate * min(1.0, step / warmup) if warmup else rate
        optimizer.zero_grad()
        z = w[0] * w[1]
        (torch.nn.functional.softplus(z) - 0.9 * z).backward()
        if clip is not None:
            torch.nn.utils.clip_grad_norm_([w], clip)
        optimizer.step()
        # torch divides by (length + 1e-6) when it clips.
        np.testing.assert_allclose(place, w.detach().numpy(), atol=1e-9 if clip is None else 1e-4)


@pytest.mark.parametrize("land", _landscapes(), ids=lambda land: land.name)
def test_a_landscapes_gradient_is_the_slope_of_its_loss(land: Landscape) -> None:
    for at in (land.start, (0.3, 0.7), (-1.0, 2.0)):
        found = land.gradient(np.array(at))
        for place in (0, 1):
            measured = numerical_slope(lambda w: float(land.loss(w)), at, place, 1e-5)
            assert measured == pytest.approx(found[place], rel=1e-5, abs=1e-8)


@pytest.mark.parametrize("land", _landscapes(), ids=lambda land: land.name)
def test_nothing_drawn_lies_below_the_lowest(land: Landscape) -> None:
    _across, _up, loss = land.grid(101)
    assert land.lowest <= loss.min() + 1e-12
    assert loss.min() < land.lowest + 0.01


def test_two_logits_cost_what_the_table_costs() -> None:
    counts = count_characters(load_corpus(CorpusSpec(size=40)).text)
    land = TwoLogits.of(counts)
    with np.errstate(divide="ignore"):
        logits = np.maximum(np.log(counts.counts / np.maximum(counts.rows, 1)), -60)
    moved = logits.copy()
    places = [[counts.characters.index(one) for one in pair] for pair in land.pairs]
    for weight, (row, column) in zip((1.0, -2.0), places, strict=True):
        moved[row, column] = weight
    assert float(land.loss([1.0, -2.0])) == pytest.approx(counts.loss(moved), abs=1e-9)
    shares = [math.log(share) for share in land.shares]
    assert float(land.loss(shares)) == pytest.approx(counts.counted_loss)


def test_what_the_page_says_of_the_rate() -> None:
    """Too small, right, too large; and that warm-up or clipping saves the rate that is too large."""
    land = TwoLayers.make()

    def above(rate: float, **how: float) -> float:
        end = walk("sgd", land.gradient, land.start, rate, 60, **how)[-1]  # type: ignore[arg-type]
        return float(land.loss(end)) - land.lowest

    assert above(0.02) > 0.1
    assert above(0.5) < 1e-3
    assert above(4.0) > 1e6
    assert above(4.0, warmup=10) < 1e-3
    assert above(4.0, clip=1.0) < 1e-3


def test_a_seldom_character_is_slow_for_sgd_and_not_for_adam() -> None:
    """Twenty steps at a rate that suits the common one: how much of the seldom one's way is done."""
    land = _landscapes()[1]
    assert isinstance(land, TwoLogits)
    goal = np.log(land.shares)
    way = np.abs(goal - np.array(land.start))

    def done(method: Method, rate: float) -> np.ndarray:
        end = walk(method, land.gradient, land.start, rate, 20)[-1]
        return np.asarray(1 - np.abs(goal - end) / way)

    assert done("sgd", 10.0)[0] > 0.9 > 0.6 > done("sgd", 10.0)[1]
    assert done("adam", 0.3).min() > 0.75


def test_a_walk_ends_when_the_weights_are_thrown_away() -> None:
    land = TwoLayers.make()
    path = walk("sgd", land.gradient, land.start, 5.0, 60)
    assert len(path) < 61
    assert np.isfinite(path).all()


def test_depth_fades_and_bursts() -> None:
    assert lengths_by_layer("sigmoid", 1.0, 30)[-1] < 1e-15
    assert lengths_by_layer("tanh", 0.5, 30)[-1] < 1e-6
    assert lengths_by_layer("relu", 3.0, 30)[-1] > 1e6
    for seed in range(5):
        assert 0.05 < lengths_by_layer("relu", math.sqrt(2), 30, seed)[-1] < 20


def test_one_layer_back_is_torchs() -> None:
    """The gradient that comes through a layer drawn alike, from the same signals."""
    rng = np.random.default_rng(3)
    x = torch.tensor(rng.normal(size=(SIGNALS, WIDTH)), requires_grad=True)
    w = torch.tensor(rng.normal(scale=1.5 / math.sqrt(WIDTH), size=(WIDTH, WIDTH)))
    signals = rng.normal(size=(SIGNALS, WIDTH))
    signals /= np.linalg.norm(signals, axis=1, keepdims=True)
    torch.tanh(x @ w.T).backward(torch.tensor(signals))
    assert x.grad is not None
    expected = float(x.grad.square().sum(dim=1).mean().sqrt())
    lengths = lengths_by_layer("tanh", 1.5, 1, seed=3)
    assert lengths.tolist() == pytest.approx([1.0, expected])
