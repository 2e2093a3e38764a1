"""Multiplications with and without kept keys and values, counted by torch as well."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.utils.flop_counter import FlopCounterMode

from core.inspection.tap import tap
from core.models.attention import Memory
from core.models.transformer import GPT
from core.spec.families.gpt import GPTSpec
from core.worked.budget import Plan, plan_of
from core.worked.kept import kept_bytes, multiplications_anew, multiplications_kept

SPEC = GPTSpec(layers=3, heads=2, width=16, context=32)
VOCABULARY = 50


def _counted(gpt: GPT, tokens: int, cache: Memory | None = None) -> int:
    """Multiplications of reading so many tokens and asking for the next one; torch counts each with its
    addition. The points are looked at because it does not know the fused kernel of a processor."""
    row = torch.ones(1, tokens, dtype=torch.long)
    with (
        torch.no_grad(),
        tap(gpt, "blocks.*.attention.weights"),
        FlopCounterMode(display=False) as counter,
    ):
        gpt.unembed(gpt.features(row, cache)[0, -1])
    return int(counter.get_total_flops()) // 2


@pytest.mark.parametrize("tokens", [2, 9, 32])
def test_the_formulas_count_what_torch_counts(tokens: int) -> None:
    gpt = GPT(SPEC, VOCABULARY).eval().requires_grad_(False)
    plan = plan_of(SPEC, VOCABULARY)
    assert _counted(gpt, tokens) == multiplications_anew(plan, tokens)
    cache = gpt.new_cache()
    if tokens > 1:
        with torch.no_grad():
            gpt.features(torch.ones(1, tokens - 1, dtype=torch.long), cache)
    assert _counted(gpt, 1, cache) == multiplications_kept(plan, tokens)


@given(st.integers(1, 4096), st.integers(1, 48), st.integers(1, 4096))
def test_the_first_token_is_as_dear_both_ways_and_every_later_one_dearer_anew(
    tokens: int, layers: int, width: int
) -> None:
    plan = Plan(layers=layers, heads=1, width=width, context=4096, vocabulary=1000)
    kept, anew = multiplications_kept(plan, tokens), multiplications_anew(plan, tokens)
    assert kept == layers * (12 * width**2 + 2 * tokens * width) + 1000 * width
    assert anew == layers * tokens * (12 * width**2 + 2 * tokens * width) + 1000 * width
    assert (kept == anew) == (tokens == 1)


def test_bytes_are_two_numbers_a_layer_token_and_width() -> None:
    assert kept_bytes(32, 4096, 8000, 2) == 4_194_304_000
    assert kept_bytes(2, 80, 64) == 81_920
