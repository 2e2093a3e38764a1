"""What helps against forgetting: smaller steps, or some of the old stories among the new ones."""

from __future__ import annotations

from collections.abc import Sequence

from core.figures import loss
from core.store.look import Look
from core.store.view import RunView
from lessons.experiments import Arm
from lessons.tuning.runs import FULL_ARM, GENTLE_ARM, MIXED_ARM, REMEDIES
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _
from pages.parts.frame.theme import theme
from pages.parts.training.experiment import Results, finished, show_experiment
from pages.parts.training.sources import of_experiment
from pages.parts.widgets.plot import plot
from pages.tuning.other import both_losses

BET = ("tuning", "bet_remedy")
_NAMES = {"full": FULL_ARM, "gentle": GENTLE_ARM, "mixed": MIXED_ARM}


def show_remedies(look: Look) -> None:
    show_experiment(
        "tuning_remedies", REMEDIES, look, sentence=_sentence, bet=BET, curves=_show_old_losses
    )


def remedy_truth(look: Look) -> str | None:
    """Which of the three has the lowest loss on the old stories at the end; None before all have ended."""
    results = finished(REMEDIES, look)
    if results is None or not all(run.is_done for run in results.values()):
        return None
    return min(_NAMES, key=lambda name: both_losses(results[_NAMES[name]])[1][1])


def _sentence(results: Results) -> str:
    if not all(run.is_done for run in results.values()):
        return _("Not all of them came to their end.")
    said = _("**{name}**: new text {new:.2f}, old stories {old:.2f}")
    ends = {name: both_losses(results[name]) for name in _NAMES.values()}
    listed = _("; ").join(
        said.format(name=_(name), new=new[1], old=old[1]) for name, (new, old) in ends.items()
    )
    before = ends[FULL_ARM][1][0]
    return _(
        "Nats per token at the end: {listed}. Before, the old stories stood at {before:.2f}."
    ).format(listed=listed, before=before)


def _show_old_losses(key: str, arms: Sequence[Arm], runs: Sequence[RunView | None]) -> None:
    """The loss on the old stories of all arms, as they learn the new text."""
    curves = []
    for arm, run in zip(arms, runs, strict=True):
        full = run.full if run is not None else ()
        if full:
            curves.append(
                loss.Curve(
                    _(arm.name),
                    tuple(s.step for s in full),
                    (None,) * len(full),
                    tuple(s.earlier_loss for s in full),
                )
            )
    labels = labels_of(loss.LABELS)
    figure = loss.loss_curves(
        curves, theme(), end=max(arm.spec.recipe.steps for arm in arms), labels=labels
    )
    if not curves:
        figure.update_yaxes(range=[0, 6])
    plot(
        figure,
        key=f"{key}_curves",
        height=300,
        caption=_(
            "Loss on the old stories, in nats per token, while the picture book is learned: lower is less "
            "forgotten."
        ),
        source=of_experiment(arms, runs),
        table=lambda: loss.loss_table(curves, labels=labels),
    )
