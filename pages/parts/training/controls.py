"""The training panel: start, watch, stop, resume a run, and go back through it when it is done.

The page only looks at the run. While the run is alive a fragment looks again each second and renews
the learner's lease; loss, sample and head maps always stand at the same places, so nothing jumps.
"""

from __future__ import annotations

import time
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.errors import LearnerError
from core.store.look import Look
from core.store.view import RunView
from pages.parts.frame.language import _, sentence, worded
from pages.parts.frame.learner import learner
from pages.parts.frame.services import foreman, pace
from pages.parts.frame.state import pressed, redraw_page
from pages.parts.training.panel import (
    Another,
    Panel,
    announced,
    chosen_step,
    is_shipped,
    run_words,
    train_words,
)
from pages.parts.training.pictures import show_pictures
from pages.parts.training.scrubbing import show_scrubber
from pages.parts.training.state import PanelState
from pages.parts.training.ticking import each_second


def training_panel(panel: Panel, look: Look) -> None:
    """Draw the panel; while its run is alive it redraws itself each second, from a new look."""
    if panel.state.start.value:
        panel.state.start.forget()
        _submit(panel)
    if panel.is_alive:
        each_second(lambda latest: _watch(panel, latest), look)
    else:
        _draw(panel, look)


def begin_training(state: PanelState) -> None:
    """In a callback: have the panel of what is chosen now begin. The one on the screen may be of what was
    chosen before."""
    state.start.set(True)
    redraw_page()


def show_train_button(key: str, state: PanelState) -> None:
    """The panel's button where there is nothing to train yet. A tap on it takes the focus from a box for
    text, which hands the text over: then the panel is drawn, and trains."""
    state.start.forget()
    _train_button(key, state, _("Train"))


def _watch(panel: Panel, look: Look) -> None:
    """One second of a run that was alive when the page was drawn with ``panel``. The page is drawn anew once
    the run has ended, and once it has something to show besides the panel."""
    now = panel.seen(look)
    looks = bool(panel.spec.model.snapshot_arrays)
    if not now.is_alive or (looks and chosen_step(panel) is None and chosen_step(now) is not None):
        st.rerun()
    _draw(now, look)


def _draw(panel: Panel, look: Look) -> None:
    with st.container(border=True, key=f"{panel.key}_panel"):
        st.caption(run_words(panel.spec))
        if panel.held:
            st.info(_("Place your bet first: then you may look, and train."), icon="🔒")
            return
        if panel.view is not None and panel.view.is_alive:
            try:
                _show_progress(panel, panel.view)
            except LearnerError as error:  # out of reach just now: the next look tries again
                st.warning(worded(error))
        else:
            _show_controls(panel, panel.view)
        (panel.pictures or show_pictures)(panel, look)


def _show_controls(panel: Panel, run: RunView | None) -> None:
    """Of a run that does not train now: the scrubber over what it has, and what can be done next."""
    if run is None:
        left, right = _columns()
        with left:
            show_scrubber(panel)
        with right:
            _train_button(panel.key, panel.state, train_words(panel))
        return
    if run.state.reason and not run.is_done:
        st.warning(sentence(run.state.reason))
    if ships := is_shipped(panel):
        st.caption(_("An example, trained already: the run that comes with this course."))
    left, right = _columns()
    with left:
        show_scrubber(panel)
    with right:
        if not run.is_done or run.is_damaged:
            _train_button(panel.key, panel.state, _go_on_words(run))
        if panel.another is not None:
            _another_button(panel, panel.another)
        elif run.is_done and not ships and not run.spec.model.descends:
            st.caption(_("It is counted and kept. Choose another order or smoothing for another."))


def _go_on_words(run: RunView) -> str:
    if run.is_damaged:
        return _("Train again")
    return _("Resume") if run.resumable else _("Try again")


def _train_button(key: str, state: PanelState, label: str) -> None:
    st.button(
        f"▶ {label}",
        key=f"{key}_train",
        type="primary",
        width="stretch",
        on_click=begin_training,
        args=(state,),
    )


def _another_button(panel: Panel, another: Another) -> None:
    """Train the same with another seed: the page turns to that run, which then starts."""
    first = panel.view is not None and panel.view.is_done
    st.button(
        "▶ " + announced(_("Train with seed {seed}").format(seed=another.seed), panel.seconds),
        key=f"{panel.key}_train" if first else f"{panel.key}_another",
        type="primary" if first else "secondary",
        width="stretch",
        help=_(
            "The same text, model and recipe; only the seed is another, so it begins with other numbers."
        ),
        on_click=partial(_turn_to, panel, another),
    )


def _turn_to(panel: Panel, another: Another) -> None:
    another.choose()
    panel.state.step.forget()
    begin_training(panel.state)


def _submit(panel: Panel) -> None:
    """Ask for the run; if somebody trains it already, this learner joins in watching."""
    panel.state.left.forget()
    panel.state.step.forget()
    try:
        foreman().submit(panel.spec, learner())
    except LearnerError as error:
        st.warning(worded(error))
    else:
        st.rerun()


def _show_progress(panel: Panel, run: RunView) -> None:
    joined = _keep_watching(panel)
    if reason := run.state.reason:
        st.info(sentence(reason))
    left, right = _columns()
    with right:
        if joined and pressed("■ " + _("Stop"), key=f"{panel.key}_stop", width="stretch"):
            panel.state.left.set(panel.spec.id)
            foreman().cancel(panel.spec.id, learner())
            st.rerun()
        if not joined:
            st.caption(_("Others still train this: it goes on."))
    with left:
        show_scrubber(panel, _waiting_words(run.id) if run.is_waiting else _progress(panel, run))


def _columns() -> list[DeltaGenerator]:
    """The scrubber's place and the buttons': the same before, during and after a training."""
    return st.columns([3, 2], vertical_alignment="center")


def _progress(panel: Panel, run: RunView) -> str:
    return _("Step {step} of {total} · about {n} s left").format(
        step=run.step, total=panel.spec.recipe.steps, n=_seconds_left(panel, run)
    )


def _waiting_words(run_id: str) -> str:
    """The run's place in the queue, and when its turn is likely to come."""
    place = foreman().place(run_id) or 1
    start = pace().starts.get(run_id)
    if start is None:
        return _("Waiting for a free worker: place {n} in the queue").format(n=place)
    return _("Waiting for a free worker: place {n} in the queue, about {wait} s").format(
        n=place, wait=max(1, round(start - time.time()))
    )


def _keep_watching(panel: Panel) -> bool:
    """Renew this learner's lease. Whoever opens a run that is being trained shares it, unless they have
    stopped it for themselves or have too many; False then. LearnerError if nobody can be asked."""
    if panel.state.left.value == panel.spec.id:
        return False
    if foreman().renew(panel.spec.id, learner()):
        return True
    try:
        foreman().submit(panel.spec, learner())
    except LearnerError:
        return False
    return True


def _seconds_left(panel: Panel, run: RunView) -> int:
    if not run.step:
        return round(panel.seconds)
    return round(run.seconds * (panel.spec.recipe.steps - run.step) / run.step)
