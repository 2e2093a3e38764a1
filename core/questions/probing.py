"""Whether a unit of a recurrent network keeps track of something that is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.questions.asked import AskedOfRun
from core.worked.probing.probe import Score
from core.worked.probing.tracked import Tracked

StateName = Literal["hidden", "cell"]


@dataclass(frozen=True)
class ProbeScores:
    """All on held-out passages: of the probe on ``all_units``, of the one unit that did best where it was
    fitted (``one_unit``), of a probe that is given the ``token`` just read and nothing else, and of a probe
    on all units of the same network before training (``untrained``). Guessing would get ``chance``.

    Of classes a score is the share that is right, each class counting the same; of a number the share of
    its variance that is explained.
    """

    all_units: Score
    one_unit: Score
    token: Score
    untrained: Score
    chance: float


@dataclass(frozen=True, eq=False)
class FindUnitAnswer:
    """``unit`` is the one that does best alone where the probes were fitted. ``fitted`` and ``scored``:
    passages and tokens.

    Of a text, after each of its ``tokens`` [t]: the ``truth``, NaN where nothing is asked or nobody knows,
    what the probe on all units ``reads``, and the unit's own ``values``.
    """

    scores: ProbeScores
    unit: int
    fitted: tuple[int, int]
    scored: tuple[int, int]
    tokens: tuple[str, ...]
    truth: NDArray[np.float64]
    reads: NDArray[np.float64]
    values: NDArray[np.float64]
    cut: int


@dataclass(frozen=True)
class FindUnit(AskedOfRun[FindUnitAnswer]):
    """Which unit of a layer tells best ``what`` is true of the text at each token, and how well do all
    together? Without a ``text`` the answer draws the first held-out passage that has most of it."""

    what: Tracked
    state: StateName = "hidden"
    layer: int = 0
    text: str = ""
