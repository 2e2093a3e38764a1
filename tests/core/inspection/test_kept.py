"""Kept keys and values: the same tokens, the rows that the model has, the bytes of the formula."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from core.inspection.kept import write_both_ways, writing_times
from core.inspection.tap import tap
from core.models.neural import evaluating
from core.models.recurrent import RecurrentLanguageModel
from core.models.transformer import GPT
from core.spec.families.gpt import GPTSpec
from core.spec.families.recurrent import RecurrentSpec
from core.worked.kept import kept_bytes

PROMPT = np.array([3, 1, 4])


def _gpt(**changes: object) -> GPT:
    torch.manual_seed(0)
    return GPT(GPTSpec(layers=2, heads=2, width=16, context=12, **changes), 11)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changes", [{}, {"positions": "rotary", "qk_norm": True, "previous": True}], ids=str
)
def test_the_same_tokens_come_out_and_the_kept_rows_are_those_of_one_pass(
    changes: dict[str, object],
) -> None:
    gpt = _gpt(**changes)
    written = write_both_ways(gpt, PROMPT, 10)
    assert written.tokens == written.anew
    assert len(written.tokens) == 10
    assert written.keys.shape == written.values.shape == (2, 2, 12, 8)
    read = torch.tensor([[*PROMPT, *written.tokens[:-1]]])
    with evaluating(gpt), tap(gpt, "blocks.*.attention.keys", "blocks.*.attention.values") as seen:
        gpt.features(read)
    for layer in range(2):
        for name, kept in (("keys", written.keys), ("values", written.values)):
            np.testing.assert_allclose(
                kept[layer], seen[f"blocks.{layer}.attention.{name}"][0].numpy(), atol=1e-5
            )


def test_the_bytes_are_those_of_the_formula() -> None:
    written = write_both_ways(_gpt(), PROMPT, 5)
    assert written.size == kept_bytes(layers=2, width=16, tokens=len(PROMPT) + 4)


def test_times_are_of_each_token_also_beyond_the_context() -> None:
    times = writing_times(_gpt(), 8, 9)
    assert times.kept.shape == times.anew.shape == (9,)
    assert times.prompt >= 0 and times.kept.min() >= 0 and times.anew.min() >= 0


def test_what_cannot_be_kept_is_refused() -> None:
    with pytest.raises(TypeError):
        write_both_ways(RecurrentLanguageModel(RecurrentSpec(width=8, context=8), 11), PROMPT, 1)
    with pytest.raises(ValueError, match="looks ahead"):
        write_both_ways(_gpt(causal=False), PROMPT, 1)
    for prompt, count in ((PROMPT, 11), (PROMPT[:0], 1), (PROMPT, 0)):
        with pytest.raises(ValueError, match="context of 12"):
            write_both_ways(_gpt(), prompt, count)
    with pytest.raises(ValueError, match="context of 12"):
        writing_times(_gpt(), 13, 1)
