"""An experiment on a page: several runs that differ in one thing, trained side by side, and what was seen.

Each arm is a run like any other, so a folder: what was trained once is shown at once. While an arm is
alive a fragment looks at the runs each second and renews the learner's leases. Everything has its place
from the start. Do not mount it inside another fragment.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from core.errors import LearnerError
from core.store.look import Look
from core.store.state import RunState
from core.store.view import RunView
from lessons.experiments import Arm
from pages.parts.exercises.box import bet_placed
from pages.parts.frame.language import _, sentence, worded
from pages.parts.frame.learner import learner
from pages.parts.frame.services import foreman, pace
from pages.parts.frame.state import pressed
from pages.parts.training.comparable import show_per_character
from pages.parts.training.experiment_pictures import show_curves
from pages.parts.training.panel import announced
from pages.parts.training.ticking import each_second

Results = Mapping[str, RunView]
"""The runs of all arms, by the arm's (English) name."""
Curves = Callable[[str, Sequence[Arm], Sequence[RunView | None]], None]
"""Draws what grows while the arms train, under a key: their runs, None for one not shown."""


@dataclass(frozen=True)
class _Shown:
    """What one call of ``show_experiment`` was given, and the look of this tick."""

    key: str
    arms: Sequence[Arm]
    look: Look
    sentence: Callable[[Results], str]
    bet: tuple[str, str] | None
    extra: Callable[[Results], None] | None
    curves: Curves

    @property
    def held(self) -> bool:
        """Nothing is shown before the bet, even if the runs are there already."""
        return self.bet is not None and not bet_placed(*self.bet)

    @property
    def views(self) -> tuple[RunView | None, ...]:
        """The arms' runs, in their order; None for one that nobody has asked for."""
        return tuple(self.look.at(arm.spec) for arm in self.arms)

    @property
    def is_alive(self) -> bool:
        return any(run is not None and run.is_alive for run in self.views)

    @property
    def results(self) -> Results | None:
        """None before all arms have ended, and before the bet."""
        return None if self.held else finished(self.arms, self.look)

    @property
    def waiting(self) -> list[str]:
        """Runs that the learner has asked for and that are still to be handed in, by id."""
        ids: list[str] = st.session_state.setdefault(f"{self.key}_waiting", [])
        return ids


def show_experiment(
    key: str,
    arms: Sequence[Arm],
    look: Look,
    *,
    sentence: Callable[[Results], str],
    bet: tuple[str, str] | None = None,
    extra: Callable[[Results], None] | None = None,
    curves: Curves = show_curves,
) -> None:
    """Draw the experiment: its button, the progress and curves of all arms and, when all have ended,
    ``sentence``, which is computed from the results, and what ``extra`` draws of them.

    ``key`` begins with the lesson's slug. ``bet`` is the (slug, exercise id) of the *predict* exercise
    that must be answered first. ``curves`` draws something else than losses, where these do not compare.
    """
    shown = _Shown(key, arms, look, sentence, bet, extra, curves)
    if not shown.held and (shown.waiting or shown.is_alive):
        each_second(lambda latest: _watch(replace(shown, look=latest)), look)
    else:
        _draw(shown)


def finished(arms: Sequence[Arm], look: Look) -> Results | None:
    """The runs of all arms, once every one has ended; None before. An arm whose loss stopped being
    a number has ended too."""
    runs = {arm.name: look.at(arm.spec) for arm in arms}
    results = {name: run for name, run in runs.items() if run is not None and run.has_ended}
    return results if len(results) == len(arms) else None


def nats(loss: float) -> str:
    """A loss in words: two decimals, or that it grew beyond all numbers."""
    return f"{loss:.2f}" if math.isfinite(loss) else "∞"


def _watch(shown: _Shown) -> None:
    """One second of an experiment that is being trained; once it has ended, the whole page is drawn
    anew."""
    _keep_watching(shown)
    if not shown.is_alive and not shown.waiting:
        st.rerun()
    _draw(shown)


def _draw(shown: _Shown) -> None:
    with st.container(border=True, key=f"{shown.key}_experiment"):
        st.caption(_same_for_all(shown.arms))
        _show_controls(shown)
        _show_progress(shown)
        views = (None,) * len(shown.arms) if shown.held else shown.views
        shown.curves(shown.key, shown.arms, views)
        results = shown.results
        if results is None:
            st.caption(_("What was seen will be said here, computed from the result."))
        else:
            st.markdown(shown.sentence(results))
            show_per_character({_(name): run for name, run in results.items()})
    if results is not None and shown.extra is not None:
        shown.extra(results)


def _same_for_all(arms: Sequence[Arm]) -> str:
    descending = [arm.spec for arm in arms if arm.spec.model.descends]
    spec = descending[0] if descending else arms[0].spec
    rates = {one.recipe.learning_rate for one in descending}
    said = (
        _("The {count} models share text, seed ({seed}) and steps ({steps}).")
        if len(rates) > 1
        else _(
            "The {count} models share text, seed ({seed}), steps ({steps}) and learning rate ({rate:g})."
        )
        if len(descending) == len(arms)
        else _(
            "The {count} models share their text; those that descend also seed ({seed}), steps ({steps}) and "
            "learning rate ({rate:g}). One that counts has none of these."
        )
    )
    return said.format(
        count=len(arms),
        seed=spec.seed,
        steps=spec.recipe.steps,
        rate=spec.recipe.learning_rate,
    )


def _show_controls(shown: _Shown) -> None:
    """One line: the button, and beside it a sentence."""
    left, right = st.columns([2, 3], vertical_alignment="center")
    if (shown.is_alive or shown.waiting) and not shown.held:
        with left:
            if pressed("■ " + _("Stop"), key=f"{shown.key}_stop", width="stretch"):
                _stop(shown)
        right.caption(_("They train at the same time; the curves grow below."))
        return
    if shown.results is not None:
        left.button(
            "✓ " + _("All are trained"), key=f"{shown.key}_done", disabled=True, width="stretch"
        )
        right.caption(_("They are kept: next time the result is here at once."))
        return
    has_begun = any(run is not None for run in shown.views) and not shown.held
    label = _("Train the rest") if has_begun else _("Train all")
    with left:
        begins = pressed(
            "▶ " + announced(label, _seconds(shown)),
            key=f"{shown.key}_train",
            type="primary",
            width="stretch",
            disabled=shown.held,
        )
    if shown.held:
        right.caption(_("Place your bet first: then you may look."))
    if begins:
        st.session_state.pop(f"{shown.key}_left", None)
        shown.waiting[:] = [arm.spec.id for arm in _left(shown)]
        if _hand_in(shown):
            st.rerun()


def _show_progress(shown: _Shown) -> None:
    """A bar for each arm, in every state at the same place."""
    columns = st.columns(min(2, len(shown.arms)))
    for position, (arm, run) in enumerate(zip(shown.arms, shown.views, strict=True)):
        share, words = _progress(arm, None if shown.held else run)
        with columns[position % len(columns)]:
            st.progress(share, f"{_(arm.name)} · {words}")


def _progress(arm: Arm, run: RunView | None) -> tuple[float, str]:
    if run is None:
        return 0.0, _("not trained yet")
    steps = arm.spec.recipe.steps
    share = min(run.step / steps, 1.0)
    match run.state.state:
        case RunState.QUEUED:
            return share, _("waiting for a free worker")
        case RunState.RUNNING:
            words = _("step {step} of {total}").format(step=run.step, total=steps)
            on_the_way = run.state.reason
            return share, f"{words} · {sentence(on_the_way)}" if on_the_way else words
        case RunState.DONE:
            return 1.0, _("{loss} nats, {seconds:.0f} s").format(
                loss=nats(run.final_loss), seconds=run.seconds
            )
        case _:
            reason = sentence(run.state.reason) if run.state.reason else _("not trained yet")
            return share, reason


def _keep_watching(shown: _Shown) -> None:
    """Hand in what is still to be handed in, and say for the others that somebody is watching."""
    if st.session_state.get(f"{shown.key}_left"):
        return
    _hand_in(shown)
    for arm, run in zip(shown.arms, shown.views, strict=True):
        if run is not None and run.is_alive:
            try:
                if not foreman().renew(arm.spec.id, learner()):
                    foreman().submit(arm.spec, learner())
            except LearnerError as error:
                st.warning(worded(error))
                return


def _hand_in(shown: _Shown) -> bool:
    """Submit the waiting arms, as many as one learner may have in the queue; the watching fragment hands
    in the rest. False, with a warning, if not even one is on its way."""
    waiting, on_its_way = shown.waiting, shown.is_alive
    for arm in shown.arms:
        if arm.spec.id not in waiting:
            continue
        try:
            foreman().submit(arm.spec, learner())
        except LearnerError as error:
            if on_its_way:
                return True
            waiting.clear()
            st.warning(worded(error))
            return False
        waiting.remove(arm.spec.id)
        on_its_way = True
    return True


def _stop(shown: _Shown) -> None:
    shown.waiting.clear()
    st.session_state[f"{shown.key}_left"] = True
    # All of them: one may have been handed in since this look. Withdrawing from others does nothing.
    for arm in shown.arms:
        try:
            foreman().cancel(arm.spec.id, learner())
        except LearnerError as error:
            st.warning(worded(error))
            return
    st.rerun()


def _seconds(shown: _Shown) -> float:
    """About how long the arms that have not ended will take, as many at a time as there are workers."""
    return pace().seconds_for_all([arm.spec for arm in _left(shown)], shown.look)


def _left(shown: _Shown) -> list[Arm]:
    """The arms that have not ended."""
    pairs = zip(shown.arms, shown.views, strict=True)
    return [arm for arm, run in pairs if run is None or not run.has_ended]
