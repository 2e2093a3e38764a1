"""The runs behind the memory lesson: a specification's twin with the other cell, and the two compared."""

from __future__ import annotations

from dataclasses import dataclass

from core.spec.families.recurrent import RecurrentSpec
from core.spec.run import RunSpec
from core.store.look import Look
from core.store.view import RunView
from pages.parts.frame.language import _


@dataclass(frozen=True)
class Runs:
    """What there is to look into in this script run. All of these runs are done; None is one that
    is not, or not yet."""

    spec: RunSpec
    """The specification of the knobs."""
    chosen: RunView | None
    lstm: RunView | None
    rnn: RunView | None
    ships: RunView | None
    """The LSTM that ships with the course."""

    @property
    def an_lstm(self) -> RunView | None:
        """The one of the knobs, else the one that ships."""
        return self.lstm or self.ships


def look_at_runs(spec: RunSpec, ships: RunSpec, look: Look) -> Runs:
    return Runs(
        spec,
        look.finished(spec),
        look.finished(twin(spec, "lstm")),
        look.finished(twin(spec, "rnn")),
        look.finished(ships),
    )


def twin(spec: RunSpec, cell: str) -> RunSpec:
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


def cell_name(run: RunView) -> str:
    """``LSTM`` or ``RNN``."""
    model = run.spec.model
    assert isinstance(model, RecurrentSpec)
    return model.cell.upper()
