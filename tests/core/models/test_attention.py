"""Attention: explained, fused, torch's kernel and torch's module must be one function."""

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, nn
from torch.nn import functional as F

from core.inspection.tap import tap
from core.models.attention import (
    KeysAndValues,
    MultiHeadAttention,
    attention,
    causal_mask,
    masked_softmax,
    padding_mask,
)
from core.models.positions import Rotary, SinusoidalPositions

MASKS = ("none", "causal", "padding", "causal and padding", "random", "some rows fully")


def mask_of(kind: str, b: int, q: int, k: int) -> Tensor | None:
    lengths = torch.randint(1, k + 1, (b,))
    match kind:
        case "none":
            return None
        case "causal":
            return causal_mask(q, k)
        case "padding":
            return padding_mask(lengths, k)
        case "causal and padding":
            return padding_mask(lengths, k) | causal_mask(q, k)
        case "random":
            hidden = torch.rand(b, 1, q, k) < 0.5
            hidden[..., 0] = False
            return hidden
        case _:
            return torch.rand(b, 1, q, k) < 0.7


def by_hand(q: Tensor, k: Tensor, v: Tensor, hidden: Tensor | None) -> Tensor:
    """Loops over every number, in float64."""
    out = torch.zeros(*q.shape[:3], v.shape[-1], dtype=torch.float64)
    see = torch.zeros(*q.shape[:3], k.shape[2], dtype=torch.bool)
    if hidden is not None:
        see |= hidden
    for b in range(q.shape[0]):
        for h in range(q.shape[1]):
            for i in range(q.shape[2]):
                keys = [j for j in range(k.shape[2]) if not see[b, h, i, j]]
                e = [math.exp(float(q[b, h, i] @ k[b, h, j]) / math.sqrt(q.shape[3])) for j in keys]
                for j, power in zip(keys, e, strict=True):
                    out[b, h, i] += power / sum(e) * v[b, h, j]
    return out


@settings(max_examples=40)
@given(
    st.integers(1, 2), st.integers(1, 3), st.integers(1, 6), st.integers(1, 6), st.integers(1, 5),
    st.sampled_from(MASKS), st.integers(0, 1000),
)  # fmt: skip
def test_every_way_to_attend_gives_the_numbers_of_the_formula(
    b: int, h: int, queries: int, keys: int, e: int, kind: str, seed: int
) -> None:
    torch.manual_seed(seed)
    if "causal" in kind:
        keys = queries
    q = torch.randn(b, h, queries, e)
    k, v = torch.randn(2, b, h, keys, e)
    hidden = mask_of(kind, b, queries, keys)
    expected = by_hand(q.double(), k.double(), v.double(), hidden)
    weights = masked_softmax(q @ k.mT / math.sqrt(e), hidden)
    torch.testing.assert_close((weights @ v).double(), expected, atol=1e-6, rtol=1e-5)
    torch.testing.assert_close(attention(q, k, v, hidden).double(), expected, atol=1e-6, rtol=1e-5)
    kernel = F.scaled_dot_product_attention(q, k, v, None if hidden is None else ~hidden)
    if hidden is None or not hidden.all(dim=-1).any():
        torch.testing.assert_close(kernel.double(), expected, atol=1e-6, rtol=1e-5)


@pytest.mark.parametrize("explained", [False, True])
def test_a_query_that_sees_nothing_gets_zeros_and_no_nan_in_any_gradient(explained: bool) -> None:
    q, k, v = (torch.randn(1, 2, 3, 4, requires_grad=True) for _ in range(3))
    hidden = torch.zeros(3, 3, dtype=torch.bool)
    hidden[1] = True
    weights = masked_softmax(q @ k.mT / 2, hidden)
    out = weights @ v if explained else attention(q, k, v, hidden)
    assert torch.equal(out[:, :, 1], torch.zeros(1, 2, 4))
    assert out[:, :, 0].abs().sum() > 0
    out.square().sum().backward()
    for x in (q, k, v):
        assert x.grad is not None and x.grad.isfinite().all()
    assert q.grad is not None and torch.equal(q.grad[:, :, 1], torch.zeros(1, 2, 4))


@pytest.mark.parametrize("kind", MASKS[:-1])
@pytest.mark.parametrize("cross", [False, True])
@pytest.mark.parametrize("tapped", [False, True])
def test_multi_head_attention_equals_torchs_with_its_weights(
    kind: str, cross: bool, tapped: bool
) -> None:
    torch.manual_seed(1)
    b, t, d, h = 3, 7, 24, 4
    ours, theirs = MultiHeadAttention(d, h), nn.MultiheadAttention(d, h, batch_first=True)
    with torch.no_grad():
        theirs.in_proj_weight.copy_(ours.qkv.weight)
        theirs.in_proj_bias.copy_(ours.qkv.bias)
        theirs.out_proj.weight.copy_(ours.project.weight)
        theirs.out_proj.bias.copy_(ours.project.bias)
    x = torch.randn(b, t, d)
    memory = torch.randn(b, t if "causal" in kind else 5, d) if cross else None
    source = x if memory is None else memory
    k = source.shape[1]
    hidden = mask_of(kind, b, t, k)
    full = None if hidden is None else hidden.expand(b, h, t, k).flatten(0, 1)
    expected, weights = theirs(x, source, source, attn_mask=full, average_attn_weights=False)
    if tapped:
        with tap(ours, "weights") as seen:
            out = ours(x, memory=memory, hidden=hidden)
        torch.testing.assert_close(seen["weights"], weights, atol=1e-6, rtol=1e-5)
    else:
        out = ours(x, memory=memory, hidden=hidden)
    torch.testing.assert_close(out, expected, atol=1e-6, rtol=1e-5)


@pytest.mark.parametrize("rotary", [False, True])
@pytest.mark.parametrize("t", [1, 5, 140])
def test_tapping_does_not_change_what_comes_out(rotary: bool, t: int) -> None:
    torch.manual_seed(2)
    layer = MultiHeadAttention(16, 2, rotary=Rotary(256, 8) if rotary else None)
    x = torch.randn(2, t, 16)
    with tap(layer, "*") as seen:
        explained = layer(x, causal=True)
    torch.testing.assert_close(layer(x, causal=True), explained, atol=1e-6, rtol=1e-5)
    assert seen["weights"].shape == (2, 2, t, t)
    torch.testing.assert_close(seen["weights"].sum(dim=-1), torch.ones(2, 2, t))
    assert (seen["weights"].triu(1) == 0).all()
    torch.testing.assert_close(seen["scaled"] * math.sqrt(8), seen["scores"])
    torch.testing.assert_close(seen["weights"] @ seen["values"], seen["head_outputs"])


def test_what_is_written_to_the_weights_or_the_heads_counts() -> None:
    layer = MultiHeadAttention(8, 2)
    x = torch.randn(1, 4, 8)
    for name in ("weights", "head_outputs"):
        with tap(layer, writes={name: torch.zeros_like}):
            silent = layer(x, causal=True)
        torch.testing.assert_close(silent, layer.project.bias.expand(1, 4, 8))
        assert not torch.allclose(layer(x, causal=True), silent)


def test_keys_kept_from_before_change_nothing() -> None:
    torch.manual_seed(4)
    layer = MultiHeadAttention(16, 2, rotary=Rotary(16, 8))
    x = torch.randn(1, 9, 16)
    cache = KeysAndValues()
    pieces = [layer(part, causal=True, cache=cache) for part in x.split([4, 1, 3, 1], dim=1)]
    assert cache.length == 9
    torch.testing.assert_close(
        torch.cat(pieces, dim=1), layer(x, causal=True), atol=1e-6, rtol=1e-5
    )


def test_rotary_products_depend_on_the_distance_only() -> None:
    rotary = Rotary(64, 8)
    q, k = torch.randn(2, 1, 1, 1, 8)
    products = [float((rotary(q, t) * rotary(k, t - 3)).sum()) for t in (3, 10, 60)]
    assert products == pytest.approx([products[0]] * 3, abs=1e-5)
    assert abs(products[0] - float((rotary(q, 3) * rotary(k, 1)).sum())) > 1e-4
    torch.testing.assert_close(rotary(q, 7).norm(), q.norm())


def test_sinusoidal_positions_are_vaswanis() -> None:
    table = SinusoidalPositions(20, 6)(3, 5)
    for row, t in enumerate(range(3, 8)):
        for i in range(3):
            angle = t / 10000 ** (2 * i / 6)
            assert float(table[row, 2 * i]) == pytest.approx(math.sin(angle), abs=1e-6)
            assert float(table[row, 2 * i + 1]) == pytest.approx(math.cos(angle), abs=1e-6)
