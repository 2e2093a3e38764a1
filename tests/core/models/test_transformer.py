"""The GPT against its formula, its specification and transformers' GPT-2."""

import itertools

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from transformers import GPT2Config, GPT2LMHeadModel

from core.inspection.tap import point_names, tap
from core.models.transformer import GPT
from core.spec.families.gpt import GPTSpec

KINDS = list(
    itertools.product(
        ("learned", "sinusoidal", "rotary", "alibi", "none"),
        ("pre", "post", "none"),
        ("gelu", "gelu_tanh", "relu"),
        (True, False),
    )
)


def kind_of(index: int, **others: int | float) -> GPTSpec:
    positions, norm, activation, tied = KINDS[index]
    kind = {"positions": positions, "norm": norm, "activation": activation, "tied": tied}
    return GPTSpec.model_validate({**kind, **others})


def copy_to_gpt2(gpt: GPT, gpt2: GPT2LMHeadModel) -> None:
    """Put our weights into theirs, which keeps its matrices transposed."""
    theirs = gpt2.transformer
    pairs = [
        (theirs.wte.weight, gpt.tokens.weight),
        (theirs.wpe.weight, gpt.positions.weight),
        (theirs.ln_f.weight, gpt.norm.weight),
        (theirs.ln_f.bias, gpt.norm.bias),
    ]
    for block, peer in zip(gpt.blocks, theirs.h, strict=True):
        pairs += [
            (peer.ln_1.weight, block.attention_norm.weight),
            (peer.ln_1.bias, block.attention_norm.bias),
            (peer.ln_2.weight, block.mlp_norm.weight),
            (peer.ln_2.bias, block.mlp_norm.bias),
        ]
        for conv, linear in (
            (peer.attn.c_attn, block.attention.qkv),
            (peer.attn.c_proj, block.attention.project),
            (peer.mlp.c_fc, block.mlp.widen),
            (peer.mlp.c_proj, block.mlp.narrow),
        ):
            pairs += [(conv.weight, linear.weight.T), (conv.bias, linear.bias)]
    with torch.no_grad():
        for target, source in pairs:
            target.copy_(source)


@pytest.mark.parametrize(("activation", "theirs"), [("gelu", "gelu"), ("gelu_tanh", "gelu_new")])
@pytest.mark.parametrize("tapped", [False, True])
def test_logits_are_those_of_gpt2_with_the_same_weights(
    tapped: bool, activation: str, theirs: str
) -> None:
    torch.manual_seed(0)
    spec = {"layers": 3, "heads": 4, "width": 32, "context": 24, "activation": activation}
    gpt = GPT(GPTSpec.model_validate(spec), 53).eval()
    with torch.no_grad():
        for parameter in gpt.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.2)
    config = GPT2Config(
        vocab_size=53,
        n_positions=24,
        n_embd=32,
        n_layer=3,
        n_head=4,
        activation_function=theirs,
        bos_token_id=0,
        eos_token_id=0,
    )
    gpt2 = GPT2LMHeadModel(config).eval()
    copy_to_gpt2(gpt, gpt2)
    tokens = torch.randint(53, (3, 24))
    with torch.no_grad():
        expected = gpt2(tokens).logits
        if tapped:
            with tap(gpt, "*.weights"):
                logits = gpt(tokens)
        else:
            logits = gpt(tokens)
    assert expected.abs().max() > 1
    torch.testing.assert_close(logits, expected, atol=1e-4, rtol=0)


@settings(max_examples=30)
@given(
    st.integers(0, len(KINDS) - 1), st.integers(1, 4), st.sampled_from([1, 2, 4]),
    st.integers(1, 4), st.integers(2, 40), st.integers(1, 60),
)  # fmt: skip
def test_the_formula_counts_the_parameters(
    kind: int, layers: int, heads: int, pairs: int, context: int, vocabulary: int
) -> None:
    width = max(4, heads * 2 * pairs)
    spec = kind_of(kind, layers=layers, heads=heads, width=width, context=context)
    gpt = GPT(spec, vocabulary)
    assert sum(p.numel() for p in gpt.parameters()) == spec.parameters(vocabulary)
    assert set(gpt.state_dict()) == {name for name, _ in gpt.named_parameters()}


@pytest.mark.parametrize("kind", range(len(KINDS)))
def test_every_kind_looks_only_back_and_is_the_same_when_tapped(kind: int) -> None:
    torch.manual_seed(kind)
    gpt = GPT(kind_of(kind, layers=2, heads=2, width=16, context=12), 30).eval()
    tokens = torch.randint(30, (2, 12))
    logits = gpt(tokens)
    assert logits.shape == (2, 12, 30)
    with tap(gpt, *point_names(gpt)) as seen:
        explained = gpt(tokens)
    assert len(seen) == len(point_names(gpt))
    torch.testing.assert_close(explained, logits, atol=1e-6, rtol=1e-5)
    changed = tokens.clone()
    changed[:, 7] = (changed[:, 7] + 1) % 30
    after = gpt(changed)
    torch.testing.assert_close(after[:, :7], logits[:, :7], atol=1e-6, rtol=1e-5)
    assert not torch.allclose(after[:, 7:], logits[:, 7:], atol=1e-4)


@pytest.mark.parametrize("positions", ["learned", "sinusoidal", "rotary", "alibi"])
def test_positions_make_order_count(positions: str) -> None:
    torch.manual_seed(1)
    spec = GPTSpec.model_validate({"positions": positions, "width": 16, "heads": 2, "context": 8})
    gpt = GPT(spec, 20).eval()
    with torch.no_grad():
        for parameter in gpt.parameters():
            parameter.mul_(5)
    one, other = gpt(torch.tensor([[3, 5, 7]])), gpt(torch.tensor([[5, 3, 7]]))
    assert not torch.allclose(one[0, -1], other[0, -1], atol=1e-4)


@pytest.mark.parametrize("kind", [0, 7, 16, 40, 58, 89])
def test_the_fast_path_learns_by_the_gradient_of_the_explained_one(kind: int) -> None:
    torch.manual_seed(kind)
    gpt = GPT(kind_of(kind, layers=2, heads=2, width=16, context=12), 30)
    tokens = torch.randint(30, (2, 12))
    fast = torch.autograd.grad(gpt(tokens).square().mean(), list(gpt.parameters()))
    with tap(gpt, "*.weights"):
        loss = gpt(tokens).square().mean()
    slow = torch.autograd.grad(loss, list(gpt.parameters()))
    for one, other in zip(fast, slow, strict=True):
        torch.testing.assert_close(one, other, atol=1e-6, rtol=1e-4)


def test_a_new_gpt_is_as_gpt2_begins() -> None:
    torch.manual_seed(0)
    gpt = GPT(GPTSpec(layers=8, heads=4, width=128, context=64), 1000)
    assert float(gpt.tokens.weight.detach().std()) == pytest.approx(0.02, rel=0.05)
    assert float(gpt.blocks[0].mlp.widen.weight.detach().std()) == pytest.approx(0.02, rel=0.05)
    for writer in (gpt.blocks[3].attention.project, gpt.blocks[3].mlp.narrow):
        assert float(writer.weight.detach().std()) == pytest.approx(0.02 / 4, rel=0.05)
        assert not writer.bias.any()
    norm = gpt.blocks[0].mlp_norm
    assert (norm.weight == 1).all() and not norm.bias.any()


def test_dropout_is_for_training_only() -> None:
    torch.manual_seed(0)
    gpt = GPT(GPTSpec(width=16, heads=2, context=8, dropout=0.5), 20)
    tokens = torch.randint(20, (1, 8))
    assert not torch.equal(gpt(tokens), gpt(tokens))
    gpt.eval()
    assert torch.equal(gpt(tokens), gpt(tokens))


def test_more_tokens_than_the_context_are_refused() -> None:
    gpt = GPT(GPTSpec(width=16, heads=2, context=8), 20)
    with pytest.raises(ValueError, match="9 tokens do not fit a context of 8"):
        gpt(torch.zeros(1, 9, dtype=torch.long))
