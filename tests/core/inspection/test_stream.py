"""The followed vector is the model's own, and its parts add up to what was added."""

import numpy as np
import pytest
import torch
from torch import nn

from core.inspection.stream import residual_stream
from core.inspection.tap import tap
from core.models.transformer import GPT
from core.spec.families.gpt import GPTSpec

TOKENS = np.array([3, 1, 4, 1, 5, 9, 2])


def lively(**options: object) -> GPT:
    torch.manual_seed(7)
    sizes = {"layers": 2, "heads": 4, "width": 16, "context": 12}
    gpt = GPT(GPTSpec.model_validate(sizes | options), 20).eval()
    with torch.no_grad():
        for parameter in gpt.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.3)
    return gpt


@pytest.mark.parametrize("options", [{}, {"norm": "post"}, {"residual": False}, {"mlp": False}])
def test_what_is_added_leads_from_stage_to_stage(options: dict[str, object]) -> None:
    gpt = lively(**options)
    stream = residual_stream(gpt, TOKENS, 4)
    with torch.no_grad(), tap(gpt, "embedded", "blocks.1.after_mlp") as seen:
        gpt(torch.from_numpy(TOKENS)[None])
    np.testing.assert_allclose(stream.embedded, seen["embedded"][0, 4].numpy(), atol=1e-6)
    end = seen["blocks.1.after_mlp"][0, 4].numpy()
    np.testing.assert_allclose(stream.after[-1, -1], end, atol=1e-5)
    whole = stream.embedded + stream.added.sum(axis=(0, 1))
    np.testing.assert_allclose(whole, stream.after[-1, -1], atol=1e-9)


def test_heads_and_bias_add_up_to_what_attention_adds() -> None:
    gpt = lively()
    stream = residual_stream(gpt, TOKENS, 3)
    for layer in range(2):
        bias = gpt.blocks[layer].attention.project.bias.detach().numpy()
        written = stream.heads[layer].sum(axis=0) + bias
        np.testing.assert_allclose(written, stream.added[layer, 0], atol=1e-5)


def test_neurons_and_their_values_add_up_to_what_the_mlp_adds() -> None:
    gpt = lively(activation="relu")
    stream = residual_stream(gpt, TOKENS, 6)
    for layer in range(2):
        narrow = gpt.blocks[layer].mlp.narrow
        with torch.no_grad():
            hidden = torch.from_numpy(stream.hidden[layer]).float()
            written = narrow(hidden).numpy()
        np.testing.assert_allclose(written, stream.added[layer, 1], atol=1e-5)
        assert (stream.hidden >= 0).all()


def test_what_cannot_be_followed_is_refused() -> None:
    with pytest.raises(TypeError):
        residual_stream(nn.Linear(2, 2), TOKENS, 0)
    with pytest.raises(ValueError, match="13 tokens"):
        residual_stream(lively(), np.arange(13), 0)
    with pytest.raises(IndexError):
        residual_stream(lively(), TOKENS, 7)
