"""Questions to trained models, and their answers: plain data, so that asking needs no torch.

Tokens are shown as people see them (see Tokenizer.show). ``cut`` counts the tokens of a prompt or
text that did not fit the model and were left out: of a prompt the first, of a text the last.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from core.decoding import Sampling, Stages
from core.inspection.scores import HeadFindsLink
from core.inspection.step import LSTMGates, StepTrace
from core.inspection.trace import Trace

LONGEST_PROMPT = 20_000
"""Characters of a prompt or text that are looked at."""

MOST_GENERATED = 500


@dataclass(frozen=True)
class Asked:
    """What every question names: the run whose model is asked."""

    run: str


@dataclass(frozen=True)
class NextTokens(Asked):
    """What comes after the prompt? ``whole`` asks for the distribution over all tokens too."""

    prompt: str
    top: int = 10
    whole: bool = False


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
class Generate(Asked):
    """Continue the prompt by ``count`` tokens. Same seed, same text."""

    prompt: str
    count: int = 60
    sampling: Sampling = field(default_factory=Sampling)
    seed: int = 0


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
class SamplingStages(Asked):
    """What do temperature, top-k and top-p make of the distribution after the prompt?"""

    prompt: str
    sampling: Sampling = field(default_factory=Sampling)


@dataclass(frozen=True)
class SamplingStagesAnswer:
    """``stages`` over the whole vocabulary [v], and how each of its tokens is shown."""

    vocabulary: tuple[str, ...]
    stages: Stages
    cut: int


@dataclass(frozen=True)
class HeadMaps(Asked):
    """Where does every head look in this text?"""

    text: str


@dataclass(frozen=True)
class HeadMapsAnswer:
    """``maps`` [l h q k]: attention of each query (row) over the keys. ``spans`` are the tokens'
    places in the text, in characters."""

    tokens: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    maps: NDArray[np.float32]
    cut: int


@dataclass(frozen=True)
class TraceHead(Asked):
    """What does one head compute, number by number?"""

    text: str
    layer: int
    head: int


@dataclass(frozen=True)
class TraceHeadAnswer:
    tokens: tuple[str, ...]
    trace: Trace
    cut: int


@dataclass(frozen=True)
class Ablate(Asked):
    """What gets worse without these (layer, head) pairs?"""

    text: str
    heads: frozenset[tuple[int, int]]


@dataclass(frozen=True)
class AblateAnswer:
    """Losses in nats [t-1] of each token after the first, with all heads and without the asked."""

    tokens: tuple[str, ...]
    before: NDArray[np.float64]
    after: NDArray[np.float64]
    cut: int


@dataclass(frozen=True)
class LinkScores(Asked):
    """Which heads find the links that the run's own corpus is known to have?"""


@dataclass(frozen=True)
class LinkScoresAnswer:
    """The best head for each kind of link; empty where the corpus has no known links."""

    found: tuple[HeadFindsLink, ...]


@dataclass(frozen=True)
class Gates(Asked):
    """What do the gates of a layer of an LSTM do while it reads this text?"""

    text: str
    layer: int = 0


@dataclass(frozen=True)
class GatesAnswer:
    tokens: tuple[str, ...]
    gates: LSTMGates
    cut: int


@dataclass(frozen=True)
class GateStep(Asked):
    """One unit of an LSTM at one token (both counted from 0), with the numbers to reckon it by."""

    text: str
    position: int
    unit: int = 0
    layer: int = 0


@dataclass(frozen=True)
class GateStepAnswer:
    tokens: tuple[str, ...]
    step: StepTrace
    cut: int
