"""The curves of an experiment: one line an arm, all in one figure, from the first snapshot on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from core.figures import loss
from core.figures.theme import palette
from core.spec.families.classifier import ClassifierSpec
from core.store.view import RunView
from lessons.experiments import Arm
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _
from pages.parts.frame.theme import theme
from pages.parts.training.sources import of_experiment
from pages.parts.widgets.plot import plot

HEIGHT = 330


def show_curves(key: str, arms: Sequence[Arm], runs: Sequence[RunView | None]) -> None:
    """The losses of all arms on held-out text. ``runs`` are the arms', None where there is nothing to
    show: without any, the axes alone, with the same height."""
    curves = [_curve(arm, run) for arm, run in zip(arms, runs, strict=True)]
    drawn = [curve for curve in curves if curve.x]
    predicts = all(arm.spec.model.language_model for arm in arms)
    labels = labels_of(loss.LABELS)
    if not predicts:
        labels |= {"y": _("loss (nats per review)"), "uniform": _("guessing evenly: {value:.2f}")}
    figure = loss.loss_curves(
        curves if drawn else [],
        theme(),
        uniform=_guessing(runs),
        end=max(arm.spec.recipe.steps for arm in arms),
        labels=labels,
    )
    if not drawn:
        figure.update_yaxes(showticklabels=False)
        figure.add_annotation(
            xref="paper",
            yref="paper",
            x=0.5,
            y=0.5,
            text=_("The curves will grow here."),
            showarrow=False,
            font={"color": palette(theme()).muted, "size": 14},
        )
    plot(
        figure,
        key=f"{key}_curves",
        height=HEIGHT,
        caption=_("Loss on text that no model trains on, in nats per token: lower is better.")
        if predicts
        else _("Loss on reviews that no model trains on, in nats each: lower is better."),
        source=of_experiment(arms, runs),
        table=lambda: loss.loss_table(drawn, labels=labels),
    )


def _curve(arm: Arm, run: RunView | None) -> loss.Curve:
    """The validation losses only: the training losses of several runs would cover one another."""
    full = run.full if run is not None else ()
    return loss.Curve(
        name=_(arm.name),
        x=tuple(s.step for s in full),
        train=(None,) * len(full),
        validation=tuple(s.validation_loss for s in full),
    )


def _guessing(runs: Sequence[RunView | None]) -> float | None:
    """The loss of guessing evenly: ln V, or of a classifier the logarithm of its labels; None before any
    tokenizer is there."""
    for run in runs:
        if run is not None and run.snapshots:
            model = run.spec.model
            choices = (
                model.labels if isinstance(model, ClassifierSpec) else run.tokenizer.vocabulary_size
            )
            return float(np.log(choices))
    return None
