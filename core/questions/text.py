"""What comes next in a text, and how a continuation is drawn."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from core.models.decoding import Sampling, Stages
from core.models.stopping import Stop, StopAt
from core.questions.asked import AskedOfRun

MOST_GENERATED = 500


@dataclass(frozen=True)
class NextTokensAnswer:
    """The likeliest tokens, best first; ``distribution`` [v] if it was asked for."""

    prompt: tuple[str, ...]
    ids: tuple[int, ...]
    tokens: tuple[str, ...]
    probabilities: tuple[float, ...]
    distribution: NDArray[np.float64] | None
    cut: int


@dataclass(frozen=True)
class NextTokens(AskedOfRun[NextTokensAnswer]):
    """What comes after the prompt? ``whole`` asks for the distribution over all tokens too."""

    prompt: str
    top: int = 10
    whole: bool = False


@dataclass(frozen=True)
class GeneratedToken:
    """A drawn token: its id, how it is shown, its probability before and after temperature, top-k
    and top-p, and its rank (1 = the likeliest) in the model's own distribution."""

    id: int
    shown: str
    raw: float
    final: float
    rank: int


@dataclass(frozen=True)
class GenerateAnswer:
    """``text`` is the continuation alone."""

    text: str
    tokens: tuple[GeneratedToken, ...]
    cut: int


@dataclass(frozen=True)
class Generate(AskedOfRun[GenerateAnswer]):
    """Continue the prompt by ``count`` tokens. Same seed, same text."""

    prompt: str
    count: int = 60
    sampling: Sampling = field(default_factory=Sampling)
    seed: int = 0


@dataclass(frozen=True)
class SamplingStagesAnswer:
    """``stages`` over the whole vocabulary [v], and how each of its tokens is shown; ``logits`` [v] as the
    model gives them, log-probabilities where it has none, and the tokens of the prompt: enough to reckon
    other stages from (``core.models.decoding``)."""

    vocabulary: tuple[str, ...]
    stages: Stages
    cut: int
    logits: NDArray[np.float64]
    prompt: tuple[int, ...]


@dataclass(frozen=True)
class SamplingStages(AskedOfRun[SamplingStagesAnswer]):
    """What do temperature, top-k and top-p make of the distribution after the prompt?"""

    prompt: str
    sampling: Sampling = field(default_factory=Sampling)


@dataclass(frozen=True)
class WriteAnswer:
    """``text`` is the continuation alone, with what stopped it. ``strange`` says of each token whether it
    and the one before never stand in a row in the training text; None where that text is not at hand."""

    text: str
    tokens: tuple[GeneratedToken, ...]
    stopped: StopAt
    strange: tuple[bool, ...] | None
    cut: int


@dataclass(frozen=True)
class Write(AskedOfRun[WriteAnswer]):
    """Continue the prompt until ``stop``, by ``most`` tokens at the most. Same seed, same text."""

    prompt: str
    most: int = 60
    sampling: Sampling = field(default_factory=Sampling)
    seed: int = 0
    stop: Stop = field(default_factory=Stop)
