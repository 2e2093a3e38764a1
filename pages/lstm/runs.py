"""The runs behind the memory lesson: a specification's twin with the other cell, and the two compared."""

from __future__ import annotations

import math

from core.spec.families.recurrent import RecurrentSpec
from core.spec.run import RunSpec
from core.store.folder import RunFolder
from core.store.state import RunState
from pages.parts.frame.language import _
from pages.parts.frame.services import library


def twin(spec: RunSpec, cell: str) -> RunSpec:
    """The same specification with the other cell."""
    model = spec.model
    assert isinstance(model, RecurrentSpec)
    return spec.model_copy(update={"model": model.model_copy(update={"cell": cell})})


def done(spec: RunSpec) -> RunFolder | None:
    folder = library().find(spec.id)
    return folder if folder is not None and folder.state.state == RunState.DONE else None


def final_loss(folder: RunFolder | None) -> float | None:
    """The held-out loss at the end, None without a run."""
    snapshots = folder.snapshots() if folder is not None else ()
    return snapshots[-1].validation_loss if snapshots else None


def versus_sentence(runs: dict[str, RunFolder | None], steps: int) -> str:
    losses = {cell: final_loss(folder) or math.nan for cell, folder in runs.items()}
    best, other = sorted(losses, key=lambda cell: losses[cell])
    return _(
        "Same text, same seed, same steps: **{best} {low:.2f}** nats, **{other} {high:.2f}** on text neither "
        "has seen. {seconds_best:.0f} s against {seconds_other:.0f} s. What the gates *can* do and what "
        "{steps} steps teach them are two things: change steps and learning rate, and compare again."
    ).format(
        best=best.upper(),
        low=losses[best],
        other=other.upper(),
        high=losses[other],
        seconds_best=_seconds(runs[best]),
        seconds_other=_seconds(runs[other]),
        steps=steps,
    )


def _seconds(folder: RunFolder | None) -> float:
    return folder.snapshots()[-1].seconds if folder is not None else math.nan
