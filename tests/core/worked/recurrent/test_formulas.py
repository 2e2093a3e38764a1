"""What the memory lesson says of an LSTM's formulas: they are torch's, and a cell passes f back."""

from __future__ import annotations

import numpy as np
import torch

from core.models.recurrent import LSTMLayer


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
