"""What the units of a recurrent layer hold over a text. NumPy only, so that pages read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from core.spec.families.recurrent import Cell

ROWS: Mapping[Cell, tuple[str, ...]] = MappingProxyType(
    {
        "rnn": ("hidden",),
        "lstm": ("forget", "input", "candidate", "output", "cell", "hidden"),
        "gru": ("reset", "update", "candidate", "hidden"),
    }
)
"""What there is to draw of each cell, in the order in which it is reckoned with."""


@dataclass(frozen=True, eq=False)
class Activity:
    """Of one layer, under the names of ROWS, each [t d]: gates from 0 to 1, candidate and hidden state
    from -1 to 1, and the cell."""

    cell: Cell
    rows: Mapping[str, NDArray[np.float32]]
