"""A block without one of its parts: no residual, no LayerNorm, no MLP, trained beside the whole one."""

from __future__ import annotations

import math

from core.store.look import Look
from lessons.block.experiments import PARTS
from pages.parts.frame.language import _
from pages.parts.training.experiment import (
    Results,
    finished,
    nats,
    show_experiment,
)

_WHOLE = PARTS[0].name
OPTIONS = {"residual": PARTS[1].name, "norm": PARTS[2].name, "mlp": PARTS[3].name}
"""The exercise's option for each part that an arm lacks."""


def show_parts_experiment(
    look: Look, key: str = "block_parts", bet: tuple[str, str] | None = ("block", "parts_bet")
) -> None:
    """Four models of four layers; each lacks something but the first."""
    show_experiment(key, PARTS, look, sentence=_sentence, bet=bet)


def parts_truth(look: Look) -> str | None:
    """The part that is missed most: residual, norm or mlp; None before all have ended."""
    results = finished(PARTS, look)
    if results is None:
        return None
    return max(OPTIONS, key=lambda option: results[OPTIONS[option]].final_loss)


def _sentence(results: Results) -> str:
    whole = results[_WHOLE].final_loss
    losses = {arm.name: results[arm.name].final_loss for arm in PARTS[1:]}
    worst = max(losses, key=lambda name: losses[name])
    costs = _(", ").join(f"{_(name)} **{_cost(loss - whole)}**" for name, loss in losses.items())
    return _(
        "All parts: **{whole}** nats. What it costs to leave one out, in nats: {costs}. Most missed here: "
        "{worst}."
    ).format(whole=nats(whole), costs=costs, worst=_(worst))


def _cost(difference: float) -> str:
    return f"{difference:+.2f}" if math.isfinite(difference) else "∞"
