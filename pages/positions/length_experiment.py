"""Five ways to know the place, trained on short windows and asked to read on beyond them."""

from __future__ import annotations

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.errors import LearnerError
from core.figures.lines import Edge, Line, lines, lines_table
from core.questions import LossByPosition
from core.spec.families.gpt import GPTSpec
from core.store.look import Look
from lessons.positions.experiments import LENGTH
from pages.parts.frame.ask import ask
from pages.parts.frame.language import _, worded
from pages.parts.frame.theme import theme
from pages.parts.training.experiment import (
    Results,
    finished,
    nats,
    show_experiment,
)
from pages.parts.training.sources import of_experiment
from pages.parts.widgets.plot import plot

WINDOW = 8
"""Positions that are averaged, so that a line can be read."""
STEADY = 0.15
"""Nats: a model whose loss rises by less beyond what it was trained on reads on as well as before."""
_NAMES = tuple(arm.name for arm in LENGTH)
OPTIONS = dict(zip(("none", "learned", "sinusoidal", "rotary", "alibi"), _NAMES, strict=True))
"""The exercise's option for each arm."""


def show_positions_experiment(
    look: Look,
    key: str = "positions_train",
    bet: tuple[str, str] | None = ("positions", "length_bet"),
) -> None:
    """The five models' curves and, when all are trained, their losses at each position."""
    show_experiment(
        key,
        LENGTH,
        look,
        sentence=_sentence,
        bet=bet,
        extra=lambda results: _show_by_position(f"{key}_length", results),
    )


def positions_truth(look: Look) -> str | None:
    """Which model has the lowest loss beyond the trained length: none, learned, sinusoidal, rotary or
    alibi; None before all have ended."""
    results = finished(LENGTH, look)
    if results is None:
        return None
    try:
        beyond = {option: _beyond(_losses(results, name)) for option, name in OPTIONS.items()}
    except LearnerError:
        return None
    return min(beyond, key=lambda option: beyond[option])


def _sentence(results: Results) -> str:
    losses = {name: results[name].final_loss for name in _NAMES}
    listed = _(", ").join(
        f"{_(name)} **{nats(loss)}**" for name, loss in sorted(losses.items(), key=lambda e: e[1])
    )
    return _(
        "On texts as long as those trained on ({window} tokens), best first: {listed}."
    ).format(window=_trained(), listed=listed)


def _show_by_position(key: str, results: Results) -> None:
    try:
        losses = {name: _losses(results, name) for name in _NAMES}
    except LearnerError as error:
        st.warning(worded(error))
        return
    x, y = _("position in the text"), _("loss (nats per token)")
    measured = [Line(_(name), *_smooth(losses[name])) for name in _NAMES]
    plot(
        lines(
            measured,
            theme(),
            x,
            y,
            edge=Edge(_trained(), _("trained up to here")),
            markers=False,
        ),
        key=key,
        height=360,
        caption=_(
            "Loss at each position of held-out text, mean of {window} neighbours: flat is good. Right of "
            "the dashed line the models are further out than in any training window."
        ).format(window=WINDOW),
        source=of_experiment(LENGTH, [results[name] for name in _NAMES]),
        table=lambda: lines_table(measured, x, y, _("positions")),
    )
    st.markdown(_beyond_sentence(losses))


def _beyond_sentence(losses: dict[str, NDArray[np.float64]]) -> str:
    rises = {name: _beyond(each) - _within(each) for name, each in losses.items()}
    listed = _(", ").join(
        f"{_(name)} **{rise:+.2f}**" for name, rise in sorted(rises.items(), key=lambda e: e[1])
    )
    steady = [_(name) for name, rise in rises.items() if rise < STEADY]
    seen = _(
        "From the trained length to {length} tokens the loss changes, in nats: {listed}."
    ).format(length=_context(), listed=listed)
    if steady:
        return f"{seen} " + _(
            "Only with {steady} does the model read on as well as before."
        ).format(steady=_(", ").join(steady))
    return f"{seen} " + _("Here, no model reads on as well as before.")


def _losses(results: Results, name: str) -> NDArray[np.float64]:
    return ask(LossByPosition(results[name].id, _context())).losses


def _within(losses: NDArray[np.float64]) -> float:
    """Mean loss in the second half of the trained window, where there is some context already."""
    return float(losses[_trained() // 2 : _trained()].mean())


def _beyond(losses: NDArray[np.float64]) -> float:
    """Mean loss from twice the trained length on."""
    return float(losses[2 * _trained() :].mean())


def _smooth(losses: NDArray[np.float64]) -> tuple[list[float], list[float]]:
    """Each run of WINDOW positions by its mean, at its middle."""
    means = losses[: len(losses) // WINDOW * WINDOW].reshape(-1, WINDOW).mean(axis=1)
    middles = (np.arange(len(means)) + 0.5) * WINDOW
    return middles.tolist(), means.tolist()


def _context() -> int:
    model = LENGTH[0].spec.model
    assert isinstance(model, GPTSpec)
    return model.context


def _trained() -> int:
    return LENGTH[0].spec.recipe.window or _context()
