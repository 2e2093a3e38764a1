"""A neuron's excitement is the model's own, and its value does to the logits what is said."""

import numpy as np
import pytest
import torch
from torch import nn

from core.inspection.neurons import neuron
from core.inspection.tap import tap
from core.models.transformer import GPT
from core.spec.families.gpt import GPTSpec

TOKENS = np.arange(29) * 7 % 20


def lively(**options: object) -> GPT:
    torch.manual_seed(3)
    sizes = {"layers": 2, "heads": 2, "width": 8, "context": 6}
    gpt = GPT(GPTSpec.model_validate(sizes | options), 20).eval()
    with torch.no_grad():
        for parameter in gpt.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.3)
    return gpt


@pytest.mark.parametrize("activation", ["gelu", "relu"])
def test_activations_are_those_of_each_window(activation: str) -> None:
    gpt = lively(activation=activation)
    found = neuron(gpt, TOKENS, 1, 5)
    assert found.before.shape == found.after.shape == (29,)
    for start in range(0, 29, 6):
        with torch.no_grad(), tap(gpt, "blocks.1.mlp.hidden") as seen:
            gpt(torch.from_numpy(TOKENS[start : start + 6])[None])
        real = seen["blocks.1.mlp.hidden"][0, :, 5].numpy()
        np.testing.assert_allclose(found.after[start : start + 6], real, atol=1e-5)


@pytest.mark.parametrize("norm", ["pre", "post"])
def test_the_promoted_tokens_are_those_whose_logits_rise(norm: str) -> None:
    """Add a little of the value to the last stream: the logits' differences move in proportion."""
    gpt = lively(norm=norm, tied=False)
    promoted = neuron(gpt, TOKENS, 1, 2).promoted
    value = gpt.blocks[1].mlp.narrow.weight[:, 2].detach()
    x = torch.randn(8)
    with torch.no_grad():
        # The last norm divides by nearly the same with and without so small a step.
        scale = float(x.std(unbiased=False)) if norm == "pre" else 1.0
        step = 1e-3
        moved = (gpt.unembed(gpt.norm(x + step * value)) - gpt.unembed(gpt.norm(x))) * scale / step
        if norm == "pre":
            centred = (x - x.mean()) * gpt.norm.weight / scale
            along = (value - value.mean()) @ (x - x.mean()) / scale / 8
            moved += along * gpt.unembed(centred)
    np.testing.assert_allclose(promoted, moved.numpy(), atol=0.02)


def test_what_is_no_neuron_is_refused() -> None:
    with pytest.raises(TypeError):
        neuron(nn.Linear(2, 2), TOKENS, 0, 0)
    with pytest.raises(TypeError):
        neuron(lively(mlp=False), TOKENS, 0, 0)
    for layer, number in ((2, 0), (-1, 0), (0, 32), (0, -1)):
        with pytest.raises(IndexError):
            neuron(lively(), TOKENS, layer, number)
    with pytest.raises(ValueError):
        neuron(lively(), TOKENS[:0], 0, 0)
