"""An experiment on a page: several runs that differ in one thing, trained side by side, and what was seen.

Each arm is a run like any other, so a folder: what was trained once is shown at once. While an arm is
alive a fragment polls the folders each second and renews the learner's leases. Everything has its place
from the start. Do not mount it inside another fragment.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from core.errors import LearnerError
from core.store.folder import RunFolder
from core.store.state import RunState, State
from lessons.experiments import Arm
from pages.parts.exercises.box import bet_placed
from pages.parts.frame.language import _, sentence, worded
from pages.parts.frame.learner import learner
from pages.parts.frame.services import foreman, library
from pages.parts.training.experiment_pictures import show_curves
from pages.parts.training.panel import expected_seconds

Results = Mapping[str, RunFolder]
"""The folders of all arms, by the arm's (English) name."""

_AT_ONCE = 2
"""Arms that train at the same time on a small server, for the announced time."""


@dataclass(frozen=True)
class _Shown:
    """What one call of ``show_experiment`` was given."""

    key: str
    arms: Sequence[Arm]
    sentence: Callable[[Results], str]
    bet: tuple[str, str] | None
    extra: Callable[[Results], None] | None

    @property
    def held(self) -> bool:
        """Nothing is shown before the bet, even if the runs are there already."""
        return self.bet is not None and not bet_placed(*self.bet)

    @property
    def waiting(self) -> list[str]:
        """Runs that the learner has asked for and that are still to be handed in, by id."""
        ids: list[str] = st.session_state.setdefault(f"{self.key}_waiting", [])
        return ids


def show_experiment(
    key: str,
    arms: Sequence[Arm],
    *,
    sentence: Callable[[Results], str],
    bet: tuple[str, str] | None = None,
    extra: Callable[[Results], None] | None = None,
) -> None:
    """Draw the experiment: its button, the progress and curves of all arms and, when all have ended,
    ``sentence``, which is computed from the results, and what ``extra`` draws of them.

    ``key`` begins with the lesson's slug. ``bet`` is the (slug, exercise id) of the *predict* exercise
    that must be answered first.
    """
    shown = _Shown(key, arms, sentence, bet, extra)
    if not shown.held and (shown.waiting or any(_alive(arm) for arm in arms)):
        st.fragment(_draw, run_every="1s")(shown, watched=True)
    else:
        _draw(shown, watched=False)


def finished(arms: Sequence[Arm]) -> Results | None:
    """The folders of all arms, once every one has ended; None before. An arm whose loss stopped being
    a number has ended too."""
    folders = {arm.name: library().find(arm.spec.id) for arm in arms}
    results = {name: folder for name, folder in folders.items() if folder and _ended(folder.state)}
    return results if len(results) == len(arms) else None


def final_loss(folder: RunFolder) -> float:
    """The last loss on held-out text, in nats; infinite for a run whose loss stopped being a number."""
    if folder.state.state != RunState.DONE:
        return math.inf
    losses = [s.validation_loss for s in folder.snapshots() if s.validation_loss is not None]
    return losses[-1] if losses else math.inf


def nats(loss: float) -> str:
    """A loss in words: two decimals, or that it grew beyond all numbers."""
    return f"{loss:.2f}" if math.isfinite(loss) else "∞"


def _draw(shown: _Shown, watched: bool) -> None:
    alive = any(_alive(arm) for arm in shown.arms)
    if watched:
        _watch(shown)
        if not alive and not shown.waiting:
            st.rerun()
    with st.container(border=True, key=f"{shown.key}_experiment"):
        st.caption(_same_for_all(shown.arms))
        _show_controls(shown, alive or bool(shown.waiting))
        _show_progress(shown)
        show_curves(shown.key, shown.arms, hidden=shown.held)
        results = None if shown.held else finished(shown.arms)
        if results is None:
            st.caption(_("What was seen will be said here, computed from the result."))
        else:
            st.markdown(shown.sentence(results))
    if results is not None and shown.extra is not None:
        shown.extra(results)


def _same_for_all(arms: Sequence[Arm]) -> str:
    spec = arms[0].spec
    return _(
        "The {count} models share text, seed ({seed}), steps ({steps}) and learning rate ({rate:g})."
    ).format(
        count=len(arms),
        seed=spec.seed,
        steps=spec.recipe.steps,
        rate=spec.recipe.learning_rate,
    )


def _show_controls(shown: _Shown, alive: bool) -> None:
    """One line: the button, and beside it a sentence."""
    left, right = st.columns([2, 3], vertical_alignment="center")
    if alive and not shown.held:
        with left:
            if st.button("■ " + _("Stop"), key=f"{shown.key}_stop", width="stretch"):
                _stop(shown)
        right.caption(_("They train at the same time; the curves grow below."))
        return
    if not shown.held and finished(shown.arms) is not None:
        left.button(
            "✓ " + _("All are trained"), key=f"{shown.key}_done", disabled=True, width="stretch"
        )
        right.caption(_("They are kept: next time the result is here at once."))
        return
    begun = any(_state(arm) is not None for arm in shown.arms) and not shown.held
    label = _("Train the rest") if begun else _("Train all")
    seconds = max(1, round(_seconds(shown.arms)))
    with left:
        clicked = st.button(
            "▶ " + _("{label} (about {n} s)").format(label=label, n=seconds),
            key=f"{shown.key}_train",
            type="primary",
            width="stretch",
            disabled=shown.held,
        )
    if shown.held:
        right.caption(_("Place your bet first: then you may look."))
    if clicked:
        st.session_state.pop(f"{shown.key}_left", None)
        shown.waiting[:] = [arm.spec.id for arm in shown.arms if not _settled(arm)]
        if _hand_in(shown):
            st.rerun()


def _show_progress(shown: _Shown) -> None:
    """A bar for each arm, in every state at the same place."""
    columns = st.columns(min(2, len(shown.arms)))
    for position, arm in enumerate(shown.arms):
        share, words = (0.0, _("not trained yet")) if shown.held else _progress(arm)
        with columns[position % len(columns)]:
            st.progress(share, f"{_(arm.name)} · {words}")


def _progress(arm: Arm) -> tuple[float, str]:
    folder = library().find(arm.spec.id)
    if folder is None:
        return 0.0, _("not trained yet")
    state, steps = folder.state, arm.spec.recipe.steps
    snapshots = folder.snapshots()
    step = snapshots[-1].step if snapshots else 0
    share = min(step / steps, 1.0)
    match state.state:
        case RunState.QUEUED:
            return share, _("waiting for a free worker")
        case RunState.RUNNING:
            words = _("step {step} of {total}").format(step=step, total=steps)
            return share, f"{words} · {sentence(state.reason)}" if state.reason else words
        case RunState.DONE:
            seconds = snapshots[-1].seconds if snapshots else 0.0
            return 1.0, _("{loss} nats, {seconds:.0f} s").format(
                loss=nats(final_loss(folder)), seconds=seconds
            )
        case _:
            reason = sentence(state.reason) if state.reason else _("not trained yet")
            return share, reason


def _watch(shown: _Shown) -> None:
    """Hand in what is still to be handed in, and say for the others that somebody is watching."""
    if st.session_state.get(f"{shown.key}_left"):
        return
    _hand_in(shown)
    for arm in shown.arms:
        if _alive(arm):
            try:
                if not foreman().renew(arm.spec.id, learner()):
                    foreman().submit(arm.spec, learner())
            except LearnerError:
                return


def _hand_in(shown: _Shown) -> bool:
    """Submit the waiting arms, as many as one learner may have in the queue; the watching fragment hands
    in the rest. False, with a warning, if not even one is on its way."""
    waiting = shown.waiting
    for arm in shown.arms:
        if arm.spec.id not in waiting:
            continue
        try:
            foreman().submit(arm.spec, learner())
        except LearnerError as error:
            if any(_alive(other) for other in shown.arms):
                return True
            waiting.clear()
            st.warning(worded(error))
            return False
        waiting.remove(arm.spec.id)
    return True


def _stop(shown: _Shown) -> None:
    shown.waiting.clear()
    st.session_state[f"{shown.key}_left"] = True
    for arm in shown.arms:
        if _alive(arm):
            try:
                foreman().cancel(arm.spec.id, learner())
            except LearnerError as error:
                st.warning(worded(error))
                return
    st.rerun()


def _seconds(arms: Sequence[Arm]) -> float:
    """About how long the arms that have not ended will take, several at a time."""
    left = [expected_seconds(arm.spec) for arm in arms if not _settled(arm)]
    return max([sum(left) / _AT_ONCE, *left])


def _state(arm: Arm) -> State | None:
    folder = library().find(arm.spec.id)
    return folder.state if folder is not None else None


def _alive(arm: Arm) -> bool:
    state = _state(arm)
    return state is not None and state.state.alive


def _settled(arm: Arm) -> bool:
    state = _state(arm)
    return state is not None and _ended(state)


def _ended(state: State) -> bool:
    """Done, or failed in a way that would only happen again."""
    if state.state == RunState.DONE:
        return True
    return state.state == RunState.FAILED and not state.resumable
