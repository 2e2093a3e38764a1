"""What the gates of an LSTM do while it reads."""

from __future__ import annotations

from dataclasses import dataclass

from core.questions.asked import AskedOfRun
from core.worked.recurrent.gate_step import LSTMGates, StepTrace


@dataclass(frozen=True)
class GatesAnswer:
    tokens: tuple[str, ...]
    gates: LSTMGates
    cut: int


@dataclass(frozen=True)
class Gates(AskedOfRun[GatesAnswer]):
    """What do the gates of a layer of an LSTM do while it reads this text?"""

    text: str
    layer: int = 0


@dataclass(frozen=True)
class GateStepAnswer:
    tokens: tuple[str, ...]
    step: StepTrace
    cut: int


@dataclass(frozen=True)
class GateStep(AskedOfRun[GateStepAnswer]):
    """One unit of an LSTM at one token (both counted from 0), with the numbers to reckon it by."""

    text: str
    position: int
    unit: int = 0
    layer: int = 0
