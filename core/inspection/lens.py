"""The logit lens: what a GPT would say if it stopped after each part (nostalgebraist 2020, *interpreting GPT:
the logit lens*). Results hold NumPy arrays only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from core.inspection.tap import tap
from core.models.neural import evaluating
from core.models.transformer import GPT
from core.protocol import LogProbabilities, Tokens


@dataclass(frozen=True, eq=False)
class LensStage:
    """The stream after one part, read by the last norm and the output table: ``logp`` [t v], of each position
    the log-probabilities of its next token. ``point`` is where it was tapped."""

    point: str
    logp: LogProbabilities


def logit_lens(gpt: nn.Module, tokens: Tokens) -> Iterator[LensStage]:
    """First what comes in, then after each layer's attention and MLP; the last one is what the model says.

    One pass; each stage is worked out when it is asked for. Raises TypeError if ``gpt`` is no GPT, ValueError
    if the tokens [t] do not fit its context.
    """
    if not isinstance(gpt, GPT):
        raise TypeError(f"{type(gpt).__name__} has no residual stream")
    if not 1 <= len(tokens) <= gpt.context:
        raise ValueError(f"{len(tokens)} tokens; give between 1 and {gpt.context}")
    row = torch.from_numpy(np.asarray(tokens, dtype=np.int64))[None]
    points = lens_points(gpt)
    with evaluating(gpt), tap(gpt, *points) as seen:
        gpt.features(row.to(gpt.tokens.weight.device))
        streams = [(point, seen[point][0]) for point in points]
    return (LensStage(point, _read(gpt, stream)) for point, stream in streams)


def lens_points(gpt: GPT) -> list[str]:
    """Where the stream is read: what comes in, then after each part that writes into it."""
    parts = ("after_attention", "after_mlp") if gpt.spec.mlp else ("after_attention",)
    layers = range(gpt.spec.layers)
    return ["embedded", *(f"blocks.{layer}.{part}" for layer in layers for part in parts)]


def _read(gpt: GPT, stream: Tensor) -> LogProbabilities:
    with evaluating(gpt):
        logits = gpt.unembed(gpt.norm(stream))
    logp: LogProbabilities = logits.double().log_softmax(dim=-1).cpu().numpy()
    return logp
