"""Writing with kept keys and values, and without: what is kept, what comes out, how long it takes.

Results hold NumPy arrays only.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from core.models.attention import Memory
from core.models.network import Reader, TextNetwork, token_row
from core.models.neural import evaluating
from core.models.transformer import GPT
from core.protocol import Tokens


@dataclass(frozen=True, eq=False)
class Written:
    """``tokens`` that were written after a prompt, the likeliest each time. ``keys`` and ``values`` [l h t e]
    are what was kept in the end: of the prompt and of all that was written but the last token, which nobody
    has read. ``anew`` are the tokens that come out when everything is read again each time; ``size`` is the
    bytes of what was kept."""

    tokens: tuple[int, ...]
    anew: tuple[int, ...]
    keys: NDArray[np.float32]
    values: NDArray[np.float32]
    size: int


def write_both_ways(gpt: nn.Module, prompt: Tokens, count: int) -> Written:
    """Write ``count`` tokens with kept keys and values, and again without.

    Raises TypeError if ``gpt`` is no GPT, ValueError if it looks ahead, without a prompt, or if prompt [t]
    and writing do not fit its context.
    """
    _check(gpt)
    assert isinstance(gpt, GPT)
    if not len(prompt) or count < 1 or len(prompt) + count - 1 > gpt.context:
        raise ValueError(f"{len(prompt)} tokens and {count} more in a context of {gpt.context}")
    begun = [int(token) for token in prompt]
    with evaluating(gpt):
        cache = gpt.new_cache()
        tokens, new = [], begun
        for _place in range(count):
            features = gpt.features(token_row(new, gpt), cache)
            new = [int(gpt.unembed(features[0, -1]).argmax())]
            tokens += new
        anew = _greedy(TextNetwork.reader(gpt), begun, count)
    keys, values = _stacked(cache)
    size = keys.element_size() * keys.nelement() + values.element_size() * values.nelement()
    return Written(
        tuple(tokens), tuple(anew), keys.float().numpy(), values.float().numpy(), int(size)
    )


@dataclass(frozen=True, eq=False)
class Times:
    """CPU seconds: of reading a ``prompt`` in one pass, and of each token [n] written after it, ``kept`` and
    ``anew``. Each is the time from the last token to this one."""

    prompt: float
    kept: NDArray[np.float64]
    anew: NDArray[np.float64]


def writing_times(gpt: nn.Module, prompt: int, count: int) -> Times:
    """Measure ``count`` tokens after a prompt of so many, both ways. Beyond the context the window moves.

    Raises TypeError and ValueError as ``write_both_ways`` does, but for the context.
    """
    _check(gpt)
    assert isinstance(gpt, GPT)
    if not 1 <= prompt <= gpt.context or count < 1:
        raise ValueError(f"a prompt of {prompt} tokens in a context of {gpt.context}")
    begun = [place % gpt.vocabulary_size for place in range(prompt)]
    with evaluating(gpt):
        gpt.reader().read(begun)  # what is done for the first time takes longer
        kept = _timed(gpt.reader(), begun, count)
        anew = _timed(TextNetwork.reader(gpt), begun, count)
    return Times(kept[0], np.array(kept[1:]), np.array(anew[1:]))


def _check(gpt: nn.Module) -> None:
    if not isinstance(gpt, GPT):
        raise TypeError(f"{type(gpt).__name__} has no keys and values")
    if gpt.looks_ahead:
        raise ValueError("keys and values can be kept only where no token looks ahead")


def _greedy(reader: Reader, prompt: list[int], count: int) -> list[int]:
    written, new = [], prompt
    for _place in range(count):
        new = [int(reader.read(new).argmax())]
        written += new
    return written


def _timed(reader: Reader, prompt: list[int], count: int) -> list[float]:
    """Seconds of reading the prompt, then of each token after it."""
    seconds, new = [], prompt
    for _place in range(count + 1):
        began = time.process_time()
        logits = reader.read(new)
        seconds.append(time.process_time() - began)
        new = [int(logits.argmax())]
    return seconds


def _stacked(cache: Memory) -> tuple[Tensor, Tensor]:
    """All layers' keys and values, [l h t e] each."""
    keys, values = [], []
    for layer in cache:
        assert layer.k is not None and layer.v is not None
        keys.append(layer.k[0])
        values.append(layer.v[0])
    return torch.stack(keys), torch.stack(values)
