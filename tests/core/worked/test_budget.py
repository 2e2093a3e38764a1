"""The counts by formula are the real module's, tensor by tensor; the work is what torch counts."""

import itertools

import pytest
import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from core.inspection.tap import tap
from core.models.transformer import GPT
from core.spec.families.gpt import GPTSpec
from core.worked.budget import (
    GPT2_SMALL,
    TRANSFORMER_BASE,
    Plan,
    attention_overtakes_mlp,
    block_parameters,
    block_tensors,
    megabytes,
    parameters,
    plan_of,
    tensors,
    work,
)

SPECS = [
    GPTSpec(layers=2, heads=3, width=12, context=10),
    GPTSpec(layers=1, heads=2, width=8, context=6, tied=False, norm="post"),
    GPTSpec(layers=3, heads=2, width=8, context=6, positions="rotary", norm="none"),
    GPTSpec(layers=2, heads=2, width=8, context=6, positions="alibi", mlp=False),
]


@pytest.mark.parametrize("spec", SPECS)
def test_every_tensor_has_the_name_and_shape_of_the_modules(spec: GPTSpec) -> None:
    found = {}
    for tensor in tensors(plan_of(spec, 17)):
        names = [tensor.name.replace("*", str(layer)) for layer in range(tensor.times)]
        found |= dict.fromkeys(names, tensor.shape)
    real = {name: tuple(p.shape) for name, p in GPT(spec, 17).named_parameters()}
    assert found == real


@pytest.mark.parametrize("spec", SPECS)
def test_the_sum_is_the_modules(spec: GPTSpec) -> None:
    counts = tensors(plan_of(spec, 17))
    assert parameters(counts) == spec.parameters(17)
    assert parameters(counts) == sum(p.numel() for p in GPT(spec, 17).parameters())


def test_the_formula_says_what_is_counted() -> None:
    plan = plan_of(SPECS[0], 17)
    letters = {"d": 12, "3d": 36, "4d": 48, "V": 17, "t": 10}
    for tensor in tensors(plan):
        value, numbers = 1, 1
        for letter in tensor.formula.split(r" \cdot "):
            value *= letters[letter]
        for digits in tensor.numbers.split(r" \cdot "):
            numbers *= int(digits)
        assert value == numbers == tensor.each


def test_a_block_is_twelve_squares_and_thirteen() -> None:
    for width in (1, 16, 80, 512):
        plan = Plan(layers=1, heads=1, width=width, context=1, vocabulary=1)
        assert parameters(block_tensors(plan)) == block_parameters(width)


def test_known_sizes() -> None:
    assert parameters(tensors(GPT2_SMALL)) == 124_439_808
    layer = nn.TransformerEncoderLayer(512, 8, 2048)
    assert parameters(block_tensors(TRANSFORMER_BASE)) == 6 * sum(
        p.numel() for p in layer.parameters()
    )


@pytest.mark.parametrize(("spec", "tokens"), itertools.product(SPECS, (2, 5)))
def test_the_work_is_what_torch_counts(spec: GPTSpec, tokens: int) -> None:
    """The explained path is counted whole: torch does not count its own fused attention on a CPU."""
    gpt = GPT(spec, 17).eval()
    row = torch.zeros(1, tokens, dtype=torch.long)
    with FlopCounterMode(display=False) as counter, tap(gpt, "blocks.*.attention.weights"):
        gpt(row)
    assert counter.get_total_flops() == tokens * work(plan_of(spec, 17), tokens).total


def test_attention_overtakes_the_mlp_where_it_is_said_to() -> None:
    plan = Plan(layers=1, heads=1, width=24, context=1, vocabulary=1)
    t = attention_overtakes_mlp(24)
    assert work(plan, t).attention == work(plan, t).mlp
    assert work(plan, t + 1).attention > work(plan, t + 1).mlp


def test_memory_in_millions_of_bytes() -> None:
    assert megabytes(1_000_000) == 4
    assert megabytes(1_000_000, training=True) == 16
