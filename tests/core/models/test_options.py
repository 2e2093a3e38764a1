"""Parts of the GPT that can be switched: ALiBi, no mask, no residual, no norm, no MLP."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional as F
from transformers.models.bloom.modeling_bloom import build_alibi_tensor

from core.inspection.heads import head_maps, head_trace
from core.inspection.tap import tap
from core.models.attention import MultiHeadAttention, causal_mask
from core.models.generation import generate
from core.models.neural import NeuralLanguageModel
from core.models.positions import Alibi, alibi_slopes
from core.models.transformer import GPT
from core.spec.families.gpt import GPTSpec


def stirred(spec: GPTSpec, vocabulary: int = 23) -> GPT:
    """A GPT whose weights are large enough that every part matters."""
    torch.manual_seed(0)
    gpt = GPT(spec, vocabulary).eval()
    with torch.no_grad():
        for parameter in gpt.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.3)
    return gpt


@pytest.mark.parametrize("heads", [1, 2, 3, 6, 8, 12, 16])
def test_the_slopes_are_those_of_the_papers_code(heads: int) -> None:
    """BLOOM multiplies them by the keys' places, which softmax cannot tell from distances."""
    theirs = build_alibi_tensor(torch.ones(1, 5), heads, torch.float32)[:, 0]
    slopes = torch.tensor(alibi_slopes(heads))
    torch.testing.assert_close(slopes[:, None] * torch.arange(5), theirs)
    ours = Alibi(heads)(5, 5).masked_fill(causal_mask(5, 5), -math.inf).softmax(-1)
    their_rows = theirs[:, None].expand(heads, 5, 5).masked_fill(causal_mask(5, 5), -math.inf)
    torch.testing.assert_close(ours, their_rows.softmax(-1))


@pytest.mark.parametrize("causal", [True, False])
@pytest.mark.parametrize("tapped", [True, False])
def test_alibi_adds_a_bias_written_by_hand(causal: bool, tapped: bool) -> None:
    torch.manual_seed(0)
    b, t, d, h = 2, 7, 12, 3
    attention = MultiHeadAttention(d, h, alibi=Alibi(h))
    x = torch.randn(b, t, d)
    q, k, v = attention.qkv(x).view(b, t, 3, h, d // h).permute(2, 0, 3, 1, 4)
    bias = torch.zeros(h, t, t)
    for head, i, j in itertools.product(range(h), range(t), range(t)):
        bias[head, i, j] = -alibi_slopes(h)[head] * abs(i - j)
        if causal and j > i:
            bias[head, i, j] = -math.inf
    heads = F.scaled_dot_product_attention(q, k, v, attn_mask=bias)
    expected = attention.project(heads.transpose(1, 2).reshape(b, t, d))
    if tapped:
        with tap(attention, "weights"):
            found = attention(x, causal=causal)
    else:
        found = attention(x, causal=causal)
    torch.testing.assert_close(found, expected, atol=1e-6, rtol=1e-5)


@pytest.mark.parametrize("positions", ["alibi", "none", "rotary"])
def test_reading_token_by_token_gives_what_reading_at_once_does(positions: str) -> None:
    spec = GPTSpec.model_validate(
        {"layers": 2, "heads": 2, "width": 16, "context": 12, "positions": positions}
    )
    gpt = stirred(spec)
    tokens = torch.randint(23, (1, 12))
    at_once = gpt(tokens)
    cache = gpt.new_cache()
    pieces = [gpt.features(piece, cache) for piece in tokens.split([5, 1, 1, 3, 2], dim=1)]
    torch.testing.assert_close(gpt.unembed(torch.cat(pieces, 1)), at_once, atol=1e-5, rtol=1e-4)


@pytest.mark.parametrize("norm", ["pre", "post"])
def test_without_the_mask_it_is_torchs_encoder_with_the_same_weights(norm: str) -> None:
    spec = GPTSpec.model_validate(
        {"layers": 3, "heads": 2, "width": 16, "context": 10, "norm": norm, "causal": False}
    )
    gpt = stirred(spec)
    layer = nn.TransformerEncoderLayer(
        16, 2, 64, 0.0, "gelu", batch_first=True, norm_first=norm == "pre"
    )
    encoder = nn.TransformerEncoder(layer, 3, enable_nested_tensor=False).eval()
    with torch.no_grad():
        for block, peer in zip(gpt.blocks, encoder.layers, strict=True):
            peer.self_attn.in_proj_weight.copy_(block.attention.qkv.weight)
            peer.self_attn.in_proj_bias.copy_(block.attention.qkv.bias)
            for target, source in (
                (peer.self_attn.out_proj, block.attention.project),
                (peer.linear1, block.mlp.widen),
                (peer.linear2, block.mlp.narrow),
                (peer.norm1, block.attention_norm),
                (peer.norm2, block.mlp_norm),
            ):
                target.weight.copy_(source.weight)
                target.bias.copy_(source.bias)
    tokens = torch.randint(23, (2, 10))
    x = gpt.tokens(tokens) + gpt.positions(0, 10)
    torch.testing.assert_close(gpt.features(tokens), gpt.norm(encoder(x)), atol=1e-4, rtol=1e-4)


@pytest.mark.parametrize("norm", ["pre", "post", "none"])
@pytest.mark.parametrize("residual", [True, False])
@pytest.mark.parametrize("mlp", [True, False])
def test_a_block_is_its_formula(norm: str, residual: bool, mlp: bool) -> None:
    spec = GPTSpec.model_validate(
        {"layers": 1, "heads": 2, "width": 8, "context": 6, "norm": norm, "residual": residual,
         "mlp": mlp}
    )  # fmt: skip
    block = stirred(spec).blocks[0]
    x = torch.randn(2, 6, 8)

    def attend(y: Tensor) -> Tensor:
        return block.attention(y, causal=True)

    expected = x
    for part, norm_of in ((attend, block.attention_norm), (block.mlp, block.mlp_norm)):
        if part is None:
            continue
        written = part(norm_of(expected)) if norm == "pre" else part(expected)
        expected = expected + written if residual else written
        expected = norm_of(expected) if norm == "post" else expected
    torch.testing.assert_close(block(x), expected)
    count = sum(p.numel() for p in stirred(spec).parameters())
    assert count == spec.parameters(23)


def test_a_model_without_mask_writes_from_its_whole_window_and_does_not_peek() -> None:
    spec = GPTSpec(layers=2, heads=2, width=16, context=6, causal=False)
    gpt = stirred(spec)
    model = NeuralLanguageModel(gpt)
    seen: list[int] = [3, 1]
    for token in generate(gpt, np.array(seen), 9, lambda logits: int(logits.argmax())):
        expected = model.next_log_probabilities([np.array(seen)])[0]
        assert token == expected.argmax()
        seen.append(token)
    text = np.array(seen)
    honest = model.token_log_probabilities(text)
    for end in range(1, len(text)):
        start = (end - 1) // 6 * 6
        alone = model.next_log_probabilities([text[start:end]])[0]
        assert honest[end - 1] == pytest.approx(alone[text[end]], abs=1e-6)
    several = model.next_log_probabilities([text[:3], text[:5], text[:1], text[1:4]])
    for row, context in zip(several, (text[:3], text[:5], text[:1], text[1:4]), strict=True):
        assert row == pytest.approx(model.next_log_probabilities([context])[0], abs=1e-5)
    with pytest.raises(ValueError, match="no token looks ahead"):
        gpt.features(torch.zeros(1, 2, dtype=torch.long), gpt.new_cache())


def test_one_layer_without_positions_reads_a_bag_and_a_second_one_does_not() -> None:
    """The causal mask tells the second layer how many tokens stand before each."""
    moved = []
    for layers in (1, 2):
        spec = GPTSpec(layers=layers, heads=2, width=16, context=8, positions="none")
        gpt = stirred(spec)
        one, other = gpt(torch.tensor([[3, 5, 7, 2]])), gpt(torch.tensor([[7, 3, 5, 2]]))
        moved.append(float((one[0, -1] - other[0, -1]).detach().abs().max()))
    assert moved[0] < 1e-5 and moved[1] > 1e-2
    spec = GPTSpec(layers=2, heads=2, width=16, context=8, positions="none", causal=False)
    gpt = stirred(spec)
    one, other = gpt(torch.tensor([[3, 5, 7, 2]])), gpt(torch.tensor([[7, 3, 5, 2]]))
    torch.testing.assert_close(one[0, -1], other[0, -1], atol=1e-5, rtol=1e-4)


def test_heads_are_traced_without_a_mask_and_with_alibis_bias() -> None:
    spec = GPTSpec(layers=1, heads=2, width=8, context=6, causal=False)
    tokens = np.array([3, 1, 4, 1, 5])
    gpt = stirred(spec)
    trace = head_trace(gpt, tokens, 0, 1)
    assert not trace.mask.any()
    assert trace.weights == pytest.approx(head_maps(gpt, tokens)[0, 1], abs=1e-5)
    alibi = stirred(spec.model_copy(update={"positions": "alibi", "causal": True}))
    assert np.triu(head_maps(alibi, tokens)[0, 0], 1).max() == 0
    trace = head_trace(alibi, tokens, 0, 0)
    assert trace.weights == pytest.approx(head_maps(alibi, tokens)[0, 0], abs=1e-5)
