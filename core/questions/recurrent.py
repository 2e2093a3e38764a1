"""What the units of a recurrent network do while it reads."""

from __future__ import annotations

from dataclasses import dataclass

from core.questions.asked import AskedOfRun
from core.worked.recurrent.activity import Activity as LayerActivity
from core.worked.recurrent.unit import UnitNumbers


@dataclass(frozen=True)
class ActivityAnswer:
    """``tokens`` [t] as shown, and what the units of the layer hold after each; after each token, too,
    which next one the network ``expected`` most, as shown, and how likely it was, ``shares`` [t]."""

    tokens: tuple[str, ...]
    layer: LayerActivity
    expected: tuple[str, ...]
    shares: tuple[float, ...]
    cut: int


@dataclass(frozen=True)
class Activity(AskedOfRun[ActivityAnswer]):
    """What do the units of a layer do while the network, of any recurrent cell, reads this text?"""

    text: str
    layer: int = 0


@dataclass(frozen=True)
class CellStepAnswer:
    """``tokens`` [t] as shown, and what the unit's step at the position is reckoned from."""

    tokens: tuple[str, ...]
    numbers: UnitNumbers
    cut: int


@dataclass(frozen=True)
class CellStep(AskedOfRun[CellStepAnswer]):
    """One unit of a recurrent network, of any cell, at one token (both counted from 0)."""

    text: str
    position: int
    unit: int = 0
    layer: int = 0
