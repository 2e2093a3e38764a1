"""The same stories for some steps more: one curve, drawn on where the first training ended."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from core.figures import loss
from core.figures.lines import upright_line
from core.figures.theme import palette
from core.store.look import Look
from core.store.view import RunView
from lessons.tuning.runs import more_of_the_same, shipped
from pages.parts.exercises.box import bet_placed
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _
from pages.parts.frame.theme import theme
from pages.parts.training.controls import training_panel
from pages.parts.training.panel import Panel, chosen_step, expected_seconds
from pages.parts.training.sources import of_losses
from pages.parts.widgets.plot import plot
from pages.tuning.state import MORE_PANEL, MORE_STEPS

BET = ("tuning", "bet_going")
SLIGHTLY = 0.1
"""The share of all that the first training had brought: less than that is little."""
_HEIGHT = 300


def show_going_on(look: Look) -> None:
    """How many steps more, the panel of that run, and the curve that goes on. All learners share these runs:
    that one is there already says nothing of this learner's bet, only a link to one of its steps does."""
    held = not bet_placed(*BET) and MORE_PANEL.step.value == MORE_PANEL.step.first
    MORE_STEPS.draw(st.pills, _("Steps more"), disabled=held)
    panel = _panel(look)
    training_panel(replace(panel, held=held), look)
    if not held and panel.view is not None and panel.view.is_done:
        st.markdown(_sentence(look, panel.view))


def going_truth(look: Look) -> str | None:
    """What more steps did to the loss: "falls" as by SLIGHTLY of what the first training brought, "little"
    or "rises"; None before they are made."""
    run = look.finished(more_of_the_same(shipped(), MORE_STEPS.first))
    parent = look.finished(shipped())
    if run is None or parent is None:
        return None
    losses = [s.validation_loss for s in run.full if s.validation_loss is not None]
    begin, end = losses[0], losses[-1]
    before = [s.validation_loss for s in parent.full if s.validation_loss is not None]
    if end >= begin:
        return "rises"
    return "little" if begin - end < SLIGHTLY * (before[0] - before[-1]) else "falls"


def _panel(look: Look) -> Panel:
    spec = more_of_the_same(shipped(), MORE_STEPS.value)
    return Panel(
        "tuning_more",
        MORE_PANEL,
        spec,
        expected_seconds(spec, look),
        view=look.at(spec),
        pictures=_show_curve,
    )


def _show_curve(panel: Panel, look: Look) -> None:
    """The losses of both, by the steps since the very beginning."""
    parent, run = look.finished(shipped()), panel.view
    if parent is None:
        return
    made = parent.step
    curves = [_curve(_("the run that comes with the course"), parent, 0)]
    if run is not None and run.snapshots:
        curves.append(_curve(_("going on"), run, made))
    step = chosen_step(panel)
    labels = labels_of(loss.LABELS) | {"x": _("step, counted from the very beginning")}
    figure = loss.loss_curves(
        curves,
        theme(),
        marker=None if step is None else made + step,
        end=made + panel.spec.recipe.steps,
        labels=labels,
    )
    low, high = _around(curves, parent)
    figure.update_yaxes(range=[low, high])
    upright_line(figure, made, palette(theme()).muted, width=1.5, dash="dash")
    plot(
        figure,
        key="tuning_more_losses",
        height=_HEIGHT,
        caption=_(
            "Loss in nats per token; the vertical dashed line is where the first training ended. Its "
            "beginning is cut off, and the loss axis does not begin at 0."
        ),
        source=of_losses(panel.spec, run, parent, step),
        table=partial(loss.loss_table, curves, labels=labels),
    )


def _curve(name: str, run: RunView, moved: int) -> loss.Curve:
    return loss.Curve(
        name=name,
        x=tuple(moved + s.step for s in run.snapshots),
        train=tuple(s.train_loss for s in run.snapshots),
        validation=tuple(s.validation_loss for s in run.snapshots),
    )


def _around(curves: list[loss.Curve], parent: RunView) -> tuple[float, float]:
    """What of the loss axis is shown: from below the lowest loss to a nat above where the first ended."""
    found = [
        value
        for curve in curves
        for kind in (curve.train, curve.validation)
        for value in loss.measured(curve.x, kind)[1]
    ]
    return max(0.0, min(found) - 0.1), parent.final_loss + 0.8


def _sentence(look: Look, run: RunView) -> str:
    parent = look.finished(shipped())
    losses = [(s.step, s.validation_loss) for s in run.full if s.validation_loss is not None]
    highest = max(losses, key=lambda one: one[1])
    begin, end = losses[0][1], losses[-1][1]
    first = 0.0
    if parent is not None:
        before = [s.validation_loss for s in parent.full if s.validation_loss is not None]
        first = before[0] - before[-1]
    said = _(
        "It began at **{begin:.3f}** nats, was highest at step {at} with {high:.3f}, and ended at "
        "**{end:.3f}**. The first training had brought {first:.2f} nats; this one brought {more:.3f}."
    )
    return said.format(
        begin=begin,
        at=highest[0],
        high=highest[1],
        end=end,
        first=first,
        more=begin - end,
    )
