"""The runs behind the memory lesson: a specification's twins with other cells, and two of them compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.spec.families.recurrent import Cell, RecurrentSpec
from core.spec.run import RunSpec
from core.store.look import Look
from core.store.view import RunView
from pages.lstm.state import CELLS
from pages.parts.frame.language import _


@dataclass(frozen=True)
class Runs:
    """What there is to look into in this script run. All of these runs are done; None is one that
    is not, or not yet."""

    spec: RunSpec
    """The specification of the knobs."""
    chosen: RunView | None
    twins: Mapping[Cell, RunView | None]
    """That of the knobs with each cell."""
    shipped: Mapping[Cell, RunView | None]
    """The one that ships with the course, and what is trained with its settings and another cell."""

    @property
    def lstm(self) -> RunView | None:
        return self.twins["lstm"]

    @property
    def rnn(self) -> RunView | None:
        return self.twins["rnn"]

    @property
    def ships(self) -> RunView | None:
        """The LSTM that ships with the course."""
        return self.shipped["lstm"]

    @property
    def readers(self) -> dict[Cell, RunView]:
        """A run with each cell that there is one of: that of the knobs, else the one that ships."""
        found = {cell: self.twins[cell] or self.shipped[cell] for cell in CELLS}
        return {cell: run for cell, run in found.items() if run is not None}


def look_at_runs(spec: RunSpec, ships: RunSpec, look: Look) -> Runs:
    """All runs that this page looks into, read once."""
    return Runs(
        spec,
        look.finished(spec),
        {cell: look.finished(twin(spec, cell)) for cell in CELLS},
        {cell: look.finished(twin(ships, cell)) for cell in CELLS},
    )


def twin(spec: RunSpec, cell: Cell) -> RunSpec:
    """The same specification with this cell."""
    model = spec.model
    assert isinstance(model, RecurrentSpec)
    return spec.model_copy(update={"model": model.model_copy(update={"cell": cell})})


def versus_sentence(lstm: RunView, rnn: RunView) -> str:
    best, other = sorted((lstm, rnn), key=lambda run: run.final_loss)
    return _(
        "Same text, same seed, same {steps} steps: **{best} {low:.2f}** nats, **{other} {high:.2f}** on text "
        "neither has seen. {seconds_best:.0f} s against {seconds_other:.0f} s."
    ).format(
        best=cell_name(best),
        low=best.final_loss,
        other=cell_name(other),
        high=other.final_loss,
        seconds_best=best.seconds,
        seconds_other=other.seconds,
        steps=best.spec.recipe.steps,
    )


def width_of(run: RunView) -> int:
    """How many units each of its layers has."""
    assert isinstance(run.spec.model, RecurrentSpec)
    return run.spec.model.width


def cell_name(run: RunView) -> str:
    """``LSTM``, ``GRU`` or ``RNN``."""
    model = run.spec.model
    assert isinstance(model, RecurrentSpec)
    return CELLS[model.cell]
