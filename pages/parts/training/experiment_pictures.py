"""The curves of an experiment: one line an arm, all in one figure, from the first snapshot on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from core.figures import loss
from core.store.folder import RunFolder
from lessons.experiments import Arm
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _
from pages.parts.frame.services import library
from pages.parts.frame.theme import theme
from pages.parts.widgets.plot import plot

HEIGHT = 330


def show_curves(key: str, arms: Sequence[Arm], *, hidden: bool = False) -> None:
    """The losses of all arms on held-out text; ``hidden`` draws the axes alone, with the same height."""
    folders = [None if hidden else library().find(arm.spec.id) for arm in arms]
    curves = [_curve(arm, folder) for arm, folder in zip(arms, folders, strict=True)]
    drawn = [curve for curve in curves if curve.x]
    figure = loss.loss_curves(
        curves if drawn else [],
        theme(),
        uniform=_guessing(folders),
        end=max(arm.spec.recipe.steps for arm in arms),
        labels=labels_of(loss.LABELS),
    )
    plot(
        figure,
        key=f"{key}_curves",
        height=HEIGHT,
        caption=_("Loss on text that no model trains on, in nats per token: lower is better."),
        table=lambda: loss.loss_table(drawn, labels=labels_of(loss.LABELS)),
    )


def _curve(arm: Arm, folder: RunFolder | None) -> loss.Curve:
    """The validation losses only: the training losses of several runs would cover one another."""
    full = [s for s in folder.snapshots() if s.full] if folder is not None else []
    return loss.Curve(
        name=_(arm.name),
        x=tuple(s.step for s in full),
        train=(None,) * len(full),
        validation=tuple(s.validation_loss for s in full),
    )


def _guessing(folders: Sequence[RunFolder | None]) -> float | None:
    """ln V, the loss of guessing evenly; None before any tokenizer is there."""
    for folder in folders:
        if folder is not None and folder.snapshots():
            return float(np.log(folder.tokenizer().vocabulary_size))
    return None
