"""The scrubber of a training panel: over what a run has, while it trains and afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st

from core.training.schedule import full_steps
from pages.parts.frame.language import _
from pages.parts.training.comparable import loss_words
from pages.parts.training.panel import Panel, chosen_step
from pages.parts.training.replay import address_of, mark_of
from pages.parts.widgets.scrubber import Track, scrubber


def show_scrubber(panel: Panel, progress: str = "", *, name: str = "scrubber") -> None:
    """The track of all steps, as far as they are there; ``progress`` is what is said of a run that trains. A
    run that has one step only needs none. A second one over the same steps, with another ``name``, moves with
    the first."""
    run = panel.view
    full = run.full if run is not None else ()
    steps = [snapshot.step for snapshot in full]
    planned = _planned(panel, steps)
    if len(planned) < 2:
        if panel.is_alive:
            st.progress(0.0, progress)
        return
    step = panel.state.step.among(steps, first=steps[-1]) if steps else panel.state.step
    if steps and not panel.is_alive:
        step.settle()
    track = Track(
        panel=panel.key,
        run=panel.spec.id,
        steps=steps,
        losses=[loss_words(snapshot, panel.spec.model.family) for snapshot in full],
        planned=planned,
        step=run.step if run is not None else 0,
        held=step.value if steps and step.value != steps[-1] else None,
        alive=panel.is_alive,
        address=address_of(run) if run is not None else "",
        mark=mark_of(run) if run is not None else "",
        words={
            "label": _("Step of the training: drag to go back in time"),
            "at": _("Step {step} of {total} · validation loss {loss}"),
            "none": _("The steps of the training will appear here."),
            "progress": progress,
            "hint": _("Drag to go back in time"),
            "now": _("Back to now"),
            "failed": _("What belongs to each step did not load: it appears when you let go."),
        },
    )
    scrubber(track, key=f"{panel.key}_{name}", on_step=partial(_choose, panel, steps))


def follows(panel: Panel, *, alone: bool = False, **more: Any) -> dict[str, Any] | None:
    """What a picture or a sentence says that follows the panel's scrubber: whose step it shows, and which one
    now; None while there is none. One that the panel's ticks do not draw again stands ``alone``."""
    step = chosen_step(panel)
    if step is None:
        return None
    return {"panel": panel.key, "run": panel.spec.id, "step": step, "alone": alone, **more}


def _planned(panel: Panel, steps: Sequence[int]) -> Sequence[int]:
    """All steps that the run has or will have. One that is done, or was made by another plan, has its own."""
    if not panel.spec.model.descends:
        return steps
    planned = full_steps(panel.spec.recipe)
    is_done = panel.view is not None and panel.view.is_done
    return steps if is_done or tuple(steps) != planned[: len(steps)] else planned


def _choose(panel: Panel, steps: Sequence[int], step: int | None) -> None:
    if step is None:
        panel.state.step.forget()
    else:
        panel.state.step.among(steps, first=steps[-1]).set(step)
