"""The explained attention, torch's fused kernel and its nn.MultiheadAttention are one function."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional as F

from core.models.attention import attention
from core.worked.trace import attention_trace, causal_mask, padding_mask

QUERIES, KEYS, WIDTH = 5, 7, 6


def masks() -> dict[str, np.ndarray]:
    rng = np.random.default_rng(4)
    scattered = rng.random((QUERIES, KEYS)) < 0.5
    scattered[:, 0] = False
    blind = scattered.copy()
    blind[[1, 4]] = True
    return {
        "none": np.zeros((QUERIES, KEYS), dtype=bool),
        "causal": causal_mask(KEYS)[:QUERIES],
        "padding": np.broadcast_to(padding_mask([4], KEYS)[0], (QUERIES, KEYS)),
        "random": scattered,
        "blind rows": blind,
        "blind": np.ones((QUERIES, KEYS), dtype=bool),
    }


@pytest.mark.parametrize("kind", masks())
@pytest.mark.parametrize("scale", [1.0, 30.0])
def test_explained_fused_and_torch_agree(kind: str, scale: float) -> None:
    """A row that may see nothing is zeros with us. Torch's fused kernel gives zeros or NaN, by version,
    and nn.MultiheadAttention gives NaN: those rows alone are left out of the comparison with it."""
    hidden = masks()[kind]
    seeing = ~hidden.all(axis=1)
    rng = np.random.default_rng(5)
    x = rng.standard_normal((QUERIES, WIDTH)) * scale
    memory = rng.standard_normal((KEYS, WIDTH))
    w = rng.standard_normal((3, WIDTH, WIDTH)) / np.sqrt(WIDTH)
    b = rng.standard_normal((3, WIDTH))
    q, k, v = x @ w[0] + b[0], memory @ w[1] + b[1], memory @ w[2] + b[2]
    trace = attention_trace(q, k, v, hidden)
    assert not trace.output[~seeing].any() and not trace.weights[~seeing].any()

    tensors = [torch.from_numpy(each)[None, None] for each in (q, k, v)]
    away = torch.from_numpy(np.array(hidden))
    fused = F.scaled_dot_product_attention(*tensors, attn_mask=~away)[0, 0].numpy()
    np.testing.assert_allclose(trace.output[seeing], fused[seeing], atol=1e-6)
    ours = attention(*tensors, away)[0, 0].numpy()
    np.testing.assert_allclose(trace.output, ours, atol=1e-6)

    bias = rng.standard_normal((QUERIES, KEYS)) * 3
    more = torch.from_numpy(np.where(hidden, -np.inf, bias))
    biased = F.scaled_dot_product_attention(*tensors, attn_mask=more)[0, 0].numpy()
    ours = attention_trace(q, k, v, hidden, bias=bias).output
    np.testing.assert_allclose(ours[seeing], biased[seeing], atol=1e-6)

    module = nn.MultiheadAttention(WIDTH, 1, batch_first=True, dtype=torch.float64).eval()
    with torch.no_grad():
        module.in_proj_weight.copy_(torch.from_numpy(np.concatenate([each.T for each in w])))
        module.in_proj_bias.copy_(torch.from_numpy(b.ravel()))
        module.out_proj.weight.copy_(torch.eye(WIDTH))
        module.out_proj.bias.zero_()
        seen = torch.from_numpy(memory)[None]
        output, weights = module(torch.from_numpy(x)[None], seen, seen, attn_mask=away)
    np.testing.assert_allclose(trace.output[seeing], output[0].numpy()[seeing], atol=1e-6)
    np.testing.assert_allclose(trace.weights[seeing], weights[0].numpy()[seeing], atol=1e-6)


def test_plain_softmax_of_a_row_that_sees_nothing_is_nan() -> None:
    """As the trace's note says."""
    assert torch.full((1, 3), -torch.inf).softmax(dim=-1).isnan().all()
