"""The options of the fast recipe, together, against a GPT spelled out in plain torch."""

from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor
from torch.nn import functional as F

from core.inspection.tap import tap
from core.models.generation import generate
from core.models.transformer import GPT
from core.spec.families.gpt import GPTSpec

FAST = GPTSpec(
    layers=2,
    heads=2,
    width=16,
    context=12,
    positions="rotary",
    norm_kind="rms",
    qk_norm=True,
    activation="relu_squared",
    previous=True,
)


def stirred(spec: GPTSpec) -> GPT:
    torch.manual_seed(0)
    gpt = GPT(spec, 23).double().eval()
    with torch.no_grad():
        for parameter in gpt.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.3)
    return gpt


def plain(gpt: GPT, tokens: Tensor) -> Tensor:
    """Logits [b t v] with nothing but matrices, roots and loops over heads and positions."""
    spec, d = gpt.spec, gpt.spec.width
    e = d // spec.heads
    x = gpt.tokens.weight[tokens].clone()
    assert gpt.previous is not None
    x[:, 1:] += gpt.previous.weight[tokens[:, :-1]]

    def rms(one: Tensor, gain: Tensor | float) -> Tensor:
        return one / (one.pow(2).mean(-1, keepdim=True) + 1e-6).sqrt() * gain

    def turned(head: Tensor) -> Tensor:
        out = head.clone()
        for t in range(head.shape[1]):
            for pair in range(e // 2):
                angle = t * 10000.0 ** (-2 * pair / e)
                a, b = head[:, t, 2 * pair], head[:, t, 2 * pair + 1]
                out[:, t, 2 * pair] = a * math.cos(angle) - b * math.sin(angle)
                out[:, t, 2 * pair + 1] = a * math.sin(angle) + b * math.cos(angle)
        return out

    for block in gpt.blocks:
        read = rms(x, block.attention_norm.weight)
        qkv = read @ block.attention.qkv.weight.T + block.attention.qkv.bias
        heads = []
        for head in range(spec.heads):
            q, k, v = (
                qkv[..., part * d + head * e : part * d + (head + 1) * e] for part in range(3)
            )
            q, k = turned(rms(q, 1.0)), turned(rms(k, 1.0))
            scores = q @ k.transpose(1, 2) / math.sqrt(e)
            after = torch.ones(scores.shape[-2:], dtype=torch.bool).triu(1)
            heads.append(scores.masked_fill(after, -math.inf).softmax(-1) @ v)
        project = block.attention.project
        x = x + torch.cat(heads, -1) @ project.weight.T + project.bias
        read = rms(x, block.mlp_norm.weight)
        wide = read @ block.mlp.widen.weight.T + block.mlp.widen.bias
        x = x + F.relu(wide) ** 2 @ block.mlp.narrow.weight.T + block.mlp.narrow.bias
    return rms(x, gpt.norm.weight) @ gpt.tokens.weight.T


def test_all_together_are_what_a_plain_spelling_says() -> None:
    gpt = stirred(FAST)
    tokens = torch.randint(23, (3, 12), generator=torch.Generator().manual_seed(1))
    torch.testing.assert_close(gpt(tokens), plain(gpt, tokens), atol=1e-5, rtol=1e-5)


@pytest.mark.parametrize(
    "option",
    [
        {},
        {"norm_kind": "rms"},
        {"qk_norm": True},
        {"activation": "relu_squared"},
        {"previous": True},
        {"previous": True, "tied": False, "norm": "post", "norm_kind": "rms"},
        {"norm": "none", "norm_kind": "rms"},
    ],
    ids=str,
)
def test_each_has_the_parameters_of_its_formula(option: dict[str, object]) -> None:
    spec = GPTSpec.model_validate({"layers": 2, "heads": 2, "width": 16, "context": 12, **option})
    gpt = GPT(spec, 23)
    assert sum(parameter.numel() for parameter in gpt.parameters()) == spec.parameters(23)


def test_reading_token_by_token_gives_what_reading_at_once_does() -> None:
    gpt = stirred(FAST)
    tokens = torch.randint(23, (2, 12), generator=torch.Generator().manual_seed(2))
    cache = gpt.new_cache()
    pieces = [gpt.features(piece, cache) for piece in tokens.split([5, 1, 1, 3, 2], dim=1)]
    torch.testing.assert_close(gpt.unembed(torch.cat(pieces, 1)), gpt(tokens))


def test_writing_beyond_the_context_reads_the_last_tokens_anew() -> None:
    gpt = stirred(FAST)
    written = [
        3,
        5,
        *generate(gpt, torch.tensor([3, 5]).numpy(), 20, lambda logits: int(logits.argmax())),
    ]
    for place in range(12, len(written)):
        window = torch.tensor([written[place - 12 : place]])
        assert int(gpt(window)[0, -1].argmax()) == written[place]


def test_a_normed_query_and_key_give_no_score_beyond_the_root_of_their_width() -> None:
    gpt = stirred(FAST)
    with tap(gpt, "*.scaled") as seen:
        gpt(torch.randint(23, (2, 12)))
    found = torch.cat([scores.flatten() for scores in seen.values()])
    assert found.abs().max() <= math.sqrt(8) + 1e-9
