"""The training panel: start, watch, stop, resume a run, and go back through it when it is done.

The page only reads the run's folder. While the run is alive a fragment polls it each second and renews
the learner's lease; loss, sample and head maps always stand at the same places, so nothing jumps.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from core.errors import LearnerError
from core.store.folder import RunFolder
from core.store.snapshot import Snapshot
from core.store.state import RunState
from pages.parts.frame.language import _, sentence, worded
from pages.parts.frame.learner import learner
from pages.parts.frame.services import foreman
from pages.parts.training.panel import Panel, run_words
from pages.parts.training.pictures import show_pictures


def training_panel(panel: Panel) -> None:
    """Draw the panel; while its run is alive it redraws itself each second."""
    if st.session_state.pop(f"{panel.key}_start", False):
        _submit(panel)
    if panel.alive:
        st.fragment(_draw, run_every="1s")(panel, watched=True)
    else:
        _draw(panel, watched=False)


def _draw(panel: Panel, watched: bool) -> None:
    folder = panel.folder
    state = folder.state if folder else None
    if watched and not (state and state.state.alive):
        st.rerun()
    with st.container(border=True, key=f"{panel.key}_panel"):
        st.caption(run_words(panel.spec))
        if state and state.state.alive:
            try:
                _show_progress(panel, folder)
            except LearnerError as error:  # out of reach just now: the next look tries again
                st.warning(worded(error))
        else:
            _show_controls(panel, folder)
        show_pictures(panel, folder)


def _show_controls(panel: Panel, folder: RunFolder | None) -> None:
    state = folder.state if folder else None
    if state and state.state == RunState.DONE:
        steps = folder.full_steps
        left, right = st.columns([3, 2], vertical_alignment="bottom")
        with left:
            if len(steps) > 1:
                st.select_slider(
                    _("Step of the training: drag to go back in time"),
                    options=steps,
                    value=steps[-1],
                    key=f"{panel.key}_step",
                    bind="query-params",
                )
        with right:
            _train_button(panel, _("Train another"), panel.another)
        return
    if state and state.reason:
        st.warning(sentence(state.reason))
    if state and state.resumable:
        _train_button(panel, _("Resume"))
    elif state and state.state == RunState.FAILED:
        _train_button(panel, _("Try again"))
    else:
        _train_button(panel, _("Train (about {n} s)").format(n=max(1, round(panel.seconds))))


def _train_button(panel: Panel, label: str, before: Callable[[], None] | None = None) -> None:
    clicked = st.button(
        f"▶ {label}", key=f"{panel.key}_train", type="primary", on_click=before, width="stretch"
    )
    if not clicked:
        return
    if before is not None:
        st.session_state[f"{panel.key}_start"] = True
        st.rerun()
    _submit(panel)


def _submit(panel: Panel) -> None:
    """Ask for the run; if somebody trains it already, this learner joins in watching."""
    st.session_state.pop(f"{panel.key}_left", None)
    try:
        foreman().submit(panel.spec, learner(), own_text=panel.own_text)
    except LearnerError as error:
        st.warning(worded(error))
    else:
        st.rerun()


def _show_progress(panel: Panel, folder: RunFolder) -> None:
    joined = _keep_watching(panel)
    if reason := folder.state.reason:
        st.info(sentence(reason))
    snapshots = folder.snapshots()
    left, right = st.columns([4, 1], vertical_alignment="center")
    with right:
        if joined and st.button("■ " + _("Stop"), key=f"{panel.key}_stop", width="stretch"):
            st.session_state[f"{panel.key}_left"] = panel.spec.id
            foreman().cancel(panel.spec.id, learner())
            st.rerun()
        if not joined:
            st.caption(_("Others still train this: it goes on."))
    with left:
        if folder.state.state == RunState.QUEUED:
            place = foreman().place(panel.spec.id)
            st.progress(
                0.0, _("Waiting for a free worker: place {n} in the queue").format(n=place or 1)
            )
            return
        total = panel.spec.recipe.steps
        step = snapshots[-1].step if snapshots else 0
        st.progress(
            min(step / total, 1.0),
            _("Step {step} of {total} · about {n} s left").format(
                step=step, total=total, n=_seconds_left(panel, snapshots)
            ),
        )


def _keep_watching(panel: Panel) -> bool:
    """Renew this learner's lease. Whoever opens a run that is being trained shares it, unless they have
    stopped it for themselves or have too many; False then. LearnerError if nobody can be asked."""
    if st.session_state.get(f"{panel.key}_left") == panel.spec.id:
        return False
    if foreman().renew(panel.spec.id, learner()):
        return True
    try:
        foreman().submit(panel.spec, learner(), own_text=panel.own_text)
    except LearnerError:
        return False
    return True


def _seconds_left(panel: Panel, snapshots: tuple[Snapshot, ...]) -> int:
    if not snapshots or not snapshots[-1].step:
        return round(panel.seconds)
    last = snapshots[-1]
    return round(last.seconds * (panel.spec.recipe.steps - last.step) / last.step)
