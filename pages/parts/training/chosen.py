"""The run that a lesson's knobs describe: known before anything is drawn, wherever the prose puts them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import streamlit as st

from core.errors import LearnerError
from core.spec.run import RunSpec
from core.store.look import Look
from pages.parts.exercises.box import bet_placed
from pages.parts.frame.language import worded
from pages.parts.training.controls import show_train_button, training_panel
from pages.parts.training.knobs import another, draw_knobs, read_knobs
from pages.parts.training.panel import Panel, expected_seconds, was_pointed_at
from pages.parts.training.state import KnobsState, PanelState


@dataclass(frozen=True)
class ChosenRun:
    """The knobs, and the panel of the run that they make in this script run; ``problem`` says why there is
    none where they cannot go together."""

    slug: str
    base: RunSpec
    knobs: KnobsState
    state: PanelState
    panel: Panel | None
    problem: LearnerError | None

    @property
    def spec(self) -> RunSpec:
        """The run of the knobs, or ``base`` where they make none."""
        return self.panel.spec if self.panel is not None else self.base


def chosen_run(
    slug: str,
    base: RunSpec,
    declared: KnobsState,
    state: PanelState,
    look: Look,
    pictures: Callable[[Panel, Look], None] | None = None,
) -> ChosenRun:
    """Read a lesson's knobs, which begin at ``base``, and look at their run. ``pictures`` draws what a panel
    shows under its controls, where that is not what panels show."""
    knobs = read_knobs(base, declared)
    try:
        spec = knobs.spec()
    except LearnerError as problem:
        return ChosenRun(slug, base, declared, state, None, problem)
    panel = Panel(
        slug,
        state,
        spec,
        expected_seconds(spec, look),
        another=another(declared),
        view=look.at(spec),
        pictures=pictures,
    )
    return ChosenRun(slug, base, declared, state, panel, None)


def show_chosen_run(
    chosen: ChosenRun,
    look: Look,
    bet: tuple[str, str] | None = None,
    beside: RunSpec | None = None,
) -> None:
    """The knobs, then the panel of the run that they describe. ``bet`` is the (slug, exercise id) of a bet
    on what is seen in it: until it is placed, the panel shows nothing that was trained. ``beside``: a run of
    another family whose loss is drawn on the same axes."""
    draw_knobs(chosen.slug, chosen.base, chosen.knobs)
    if chosen.panel is not None:
        held = bet is not None and not bet_placed(*bet) and not was_pointed_at(chosen.panel)
        training_panel(replace(chosen.panel, held=held, beside=beside), look)
    elif chosen.problem is not None:
        st.warning(worded(chosen.problem))
        if bet is None or bet_placed(*bet):
            show_train_button(chosen.slug, chosen.state)
