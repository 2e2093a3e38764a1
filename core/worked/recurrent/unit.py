"""One unit of a trained layer at one token: what its step is reckoned from. NumPy only."""

from __future__ import annotations

from dataclasses import dataclass

from core.spec.families.recurrent import Cell
from core.worked.recurrent.cell import CellWeights, Numbers
from core.worked.recurrent.cell_step import StepStage, step_stages


@dataclass(frozen=True, eq=False)
class UnitNumbers:
    """``weights`` of this unit alone; ``x`` [d] what the layer reads, ``h_before`` [d] the state of all its
    units, ``c_before`` [1] the unit's own cell, which only an LSTM has. In float64."""

    cell: Cell
    unit: int
    weights: CellWeights
    x: Numbers
    h_before: Numbers
    c_before: Numbers | None

    def stages(self) -> tuple[StepStage, ...]:
        """The step, stage by stage."""
        return step_stages(
            self.cell, self.weights, self.x, self.h_before, self.c_before, units=(self.unit,)
        )
