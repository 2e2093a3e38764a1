"""Where numbers come from that a model gave: which run, seed and step, which layer and head."""

from __future__ import annotations

from collections.abc import Sequence

from core.spec.run import RunSpec
from core.store.further import ships
from core.store.view import RunView
from lessons.experiments import Arm
from pages.parts.frame.language import _, in_a_row
from pages.parts.training.panel import run_words
from pages.parts.widgets.shared.source import Kind, Source


def of_run(
    spec: RunSpec,
    *more: str,
    step: int | None = None,
    layer: int | None = None,
    head: int | None = None,
    own_text: bool = False,
) -> Source:
    """Asked of one model: the run in words, at its last step unless it is another, and what ``more`` tells.

    Layers and heads count from 0. ``own_text`` where the learner wrote the text that it read.
    """
    kind: Kind = "shipped" if ships(spec) else "run"
    details = [_("{run}.").format(run=run_words(spec))]
    if spec.model.descends:
        last = spec.recipe.steps
        at = last if step is None else step
        details.append(
            _("Its last step, {step}.").format(step=f"{at:,}")
            if at == last
            else _("Step {step} of {last}.").format(step=f"{at:,}", last=f"{last:,}")
        )
    if layer is not None:
        details.append(
            _("Layer {layer}, head {head}, counted from 0.").format(layer=layer, head=head)
            if head is not None
            else _("Layer {layer}, counted from 0.").format(layer=layer)
        )
    return Source(kind, (*details, *more), own_text)


def of_runs(specs: Sequence[RunSpec], *more: str) -> Source:
    """Asked of several models side by side."""
    each = [of_run(spec) for spec in specs]
    kind: Kind = "run" if any(one.kind == "run" for one in each) else "shipped"
    return Source(kind, (*(in_a_row(one.details) for one in each), *more))


def of_untrained(specs: Sequence[RunSpec], *more: str) -> Source:
    """Asked of these models as they were before the first step: their weights are drawn."""
    each = [
        in_a_row((_("{run}.").format(run=run_words(spec)), _("Before its first step.")))
        for spec in specs
    ]
    return Source("drawn", (*each, *more))


def of_losses(
    spec: RunSpec, run: RunView | None, typical: RunView | None, step: int | None
) -> Source:
    """Of the losses of a run beside those of ``typical``, the run that ships; either may be missing."""
    if run is not None and run.snapshots:
        return of_run(spec, step=run.snapshots[-1].step if step is None else step)
    if typical is not None:
        return of_run(typical.spec)
    return Source("none", (_("This run is still to be trained, on this server."),))


def of_experiment(arms: Sequence[Arm], runs: Sequence[RunView | None], *more: str) -> Source:
    """Measured on the runs of an experiment; ``runs`` are the arms', None for one not shown."""
    pairs = zip(arms, runs, strict=True)
    shown = [(arm, run) for arm, run in pairs if run is not None and run.snapshots]
    if not shown:
        return Source("none", (_("The models are still to be trained, on this server."),))
    names = _(", ").join(_(arm.name) for arm, _run in shown)
    spec = shown[0][0].spec
    whole = all(run.snapshots[-1].step >= arm.spec.recipe.steps for arm, run in shown)
    steps = (
        _("Seed {seed}, {steps} steps each.")
        if whole
        else _("Seed {seed}; {steps} steps each are planned.")
    )
    come_along = all(ships(arm.spec) for arm, _run in shown)
    told = (
        _("They come with the course: {names}.")
        if come_along
        else _("Trained on this server: {names}.")
    )
    return Source(
        "shipped" if come_along else "measured",
        (
            told.format(names=names),
            steps.format(seed=spec.seed, steps=f"{spec.recipe.steps:,}"),
            *more,
        ),
    )
