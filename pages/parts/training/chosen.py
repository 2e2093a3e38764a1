"""The run that a lesson's knobs describe: known before anything is drawn, wherever the prose puts them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import streamlit as st

from core.errors import LearnerError
from core.spec.run import RunSpec
from core.store.look import Look
from pages.parts.frame.current import settle
from pages.parts.frame.language import worded
from pages.parts.training.controls import training_panel
from pages.parts.training.knobs import Knobs, another_seed, draw_knobs, read_knobs
from pages.parts.training.panel import Panel, expected_seconds


@dataclass(frozen=True)
class ChosenRun:
    """What the knobs say in this script run, and the panel of the run that they make; ``problem`` says
    why there is none where they cannot go together."""

    slug: str
    base: RunSpec
    knobs: Knobs
    panel: Panel | None
    problem: LearnerError | None

    @property
    def spec(self) -> RunSpec:
        """The run of the knobs, or ``base`` where they make none."""
        return self.panel.spec if self.panel is not None else self.base


def chosen_run(slug: str, base: RunSpec, look: Look) -> ChosenRun:
    """Read a lesson's knobs, which begin at ``base``, and look at their run."""
    knobs = read_knobs(slug, base)
    try:
        spec = knobs.spec()
    except LearnerError as problem:
        return ChosenRun(slug, base, knobs, None, problem)
    panel = Panel(
        slug,
        spec,
        expected_seconds(spec, look),
        another=partial(another_seed, slug, base),
        own_text=knobs.own_text,
        view=look.at(spec),
    )
    return ChosenRun(slug, base, knobs, panel, None)


def show_chosen_run(chosen: ChosenRun, look: Look) -> None:
    """The knobs, then the panel of the run that they describe."""
    settle(chosen.slug, chosen.knobs, draw_knobs(chosen.slug, chosen.base))
    if chosen.panel is not None:
        training_panel(chosen.panel, look)
    elif chosen.problem is not None:
        st.warning(worded(chosen.problem))
