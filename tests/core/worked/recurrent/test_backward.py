"""What the memory lesson says of gradients: they can fade and they can grow, and a cell passes f."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from core.models.recurrent import LSTMLayer, RecurrentLanguageModel
from core.spec.families.recurrent import RecurrentSpec
from core.worked.recurrent.backward import gradient_lengths


@pytest.mark.parametrize("seed", range(5))
def test_a_small_u_lets_the_gradient_vanish_and_a_large_one_lets_it_explode(seed: int) -> None:
    small, middle, large = (gradient_lengths(size, 50, seed) for size in (0.5, 1.0, 3.0))
    assert small[50] < 1e-12
    assert small[50] < middle[50] < 1 < 100 < large[50]


@pytest.mark.parametrize("seed", range(5))
def test_a_slope_of_at_most_one_is_not_enough_to_fade(seed: int) -> None:
    """The same activation function, the same slopes of at most 1; only U differs."""
    assert (gradient_lengths(2.0, 50, seed)[30:] > 1).all()


def test_the_first_length_is_one() -> None:
    assert gradient_lengths(1.3, 3)[0] == 1
    assert len(gradient_lengths(1.3, 3)) == 4


@pytest.mark.parametrize(("size", "grows"), [(0.5, False), (3.0, True)])
def test_the_lessons_own_rnn_does_the_same(size: float, grows: bool) -> None:
    """The real module, its U scaled: how much the last state changes with an early embedding."""
    torch.manual_seed(1)
    spec = RecurrentSpec(cell="rnn", width=64, context=40)
    model = RecurrentLanguageModel(spec, 20)
    _, u, _, _ = model.layer_weights(0)
    with torch.no_grad():
        u.normal_(std=size / 8)
    x = torch.randn(1, 40, 64).mul(0.1).requires_grad_()
    hidden, _ = model.cell(x)
    hidden[0, -1].sum().backward()
    assert x.grad is not None
    lengths = x.grad[0].norm(dim=-1).numpy()
    assert (lengths[5] > 10 * lengths[-1]) == grows
    assert (lengths[5] < 1e-6 * lengths[-1]) == (not grows)


def test_straight_through_the_cell_the_gradient_is_the_product_of_the_forget_gates() -> None:
    """With the gates as they are: they, too, hang on the state before."""
    f, i, g = (torch.rand(6, 4) for _ in range(3))
    first = torch.rand(4, requires_grad=True)
    c = first
    for step in range(6):
        c = f[step] * c + i[step] * g[step]
    c.sum().backward()
    assert first.grad is not None
    np.testing.assert_allclose(first.grad.numpy(), f.prod(dim=0).numpy(), rtol=1e-6)


def test_the_formulas_of_the_lesson_are_what_torch_computes() -> None:
    """Each gate and the candidate have a W, a U and a b of their own."""
    torch.manual_seed(2)
    d = 5
    lstm = torch.nn.LSTM(d, d, batch_first=True)
    x, h, c = torch.randn(d), torch.randn(d), torch.randn(d)
    w_i, w_f, w_g, w_o = lstm.weight_ih_l0.chunk(4)
    u_i, u_f, u_g, u_o = lstm.weight_hh_l0.chunk(4)
    b_i, b_f, b_g, b_o = (lstm.bias_ih_l0 + lstm.bias_hh_l0).chunk(4)
    f = torch.sigmoid(w_f @ x + u_f @ h + b_f)
    i = torch.sigmoid(w_i @ x + u_i @ h + b_i)
    o = torch.sigmoid(w_o @ x + u_o @ h + b_o)
    g = torch.tanh(w_g @ x + u_g @ h + b_g)
    new_c = f * c + i * g
    new_h = o * torch.tanh(new_c)
    _, (h_of_torch, c_of_torch) = lstm(x[None, None], (h[None, None], c[None, None]))
    torch.testing.assert_close(new_c, c_of_torch[0, 0])
    torch.testing.assert_close(new_h, h_of_torch[0, 0])
    weights = (lstm.weight_ih_l0, lstm.weight_hh_l0, lstm.bias_ih_l0, lstm.bias_hh_l0)
    _, h_explained, c_explained = LSTMLayer()(x[None, None], h[None], c[None], weights)
    torch.testing.assert_close(new_c, c_explained[0])
    torch.testing.assert_close(new_h, h_explained[0])
