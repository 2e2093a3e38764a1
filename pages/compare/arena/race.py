"""Losses of all models over the tokens they have read, or the seconds they took: who leads at a budget?"""

from __future__ import annotations

import math

import streamlit as st

from core.errors import LearnerError
from core.figures import loss
from core.figures.theme import number
from core.store.look import Look
from core.wording import N_
from pages.compare.arena.rivals import Rival, curve, rivals
from pages.compare.state import AXES, AXIS, SECONDS, TOKENS
from pages.parts.exercises.box import bet_placed
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _, worded
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.training.sources import of_runs
from pages.parts.widgets.plot import plot

BET = ("compare", "bet_early")
EARLY = 20_000
"""Tokens that the bet is about."""
TIE = 0.02
"""Nats: a smaller difference between two trainings says nothing."""
_X = {
    "tokens": N_("tokens read (each step ten times as many)"),
    "seconds": N_("seconds of training"),
}


def early_truth(look: Look) -> str | None:
    """Who has the lowest loss after EARLY tokens."""
    try:
        found = rivals(look)
    except LearnerError:
        return None
    return _ranked(found, "tokens", EARLY)[0][0].key


def show_race(look: Look) -> None:
    fragment(_race)(look)


def _race(look: Look) -> None:
    if not bet_placed(*BET) and not (AXIS.value != AXIS.first or TOKENS.value != TOKENS.first):
        st.info(_("Place your bet first: then it is shown here how it comes out."), icon="🔒")
        return
    try:
        found = rivals(look)
    except LearnerError as error:
        st.warning(worded(error))
        return
    axis = AXIS.draw(
        st.segmented_control, _("Budget"), words=lambda name: _(AXES[name]), required=True
    )
    budgets, label = (
        (TOKENS, _("So many tokens read")) if axis == "tokens" else (SECONDS, _("So many seconds"))
    )
    budget = budgets.draw(st.select_slider, label, words=lambda count: f"{count:,}")
    end = max(one.along(axis)[-1] for one in found)
    curves = [curve(one, axis, end) for one in found]
    vocabulary = found[0].run.tokenizer.vocabulary_size
    labels = labels_of(loss.LABELS) | {"x": _(_X[axis])}
    figure = loss.loss_curves(
        curves, theme(), uniform=math.log(vocabulary), marker=budget, end=end, labels=labels
    )
    if axis == "tokens":
        least = min(one.tokens[0] for one in found)
        figure.update_xaxes(type="log", range=[math.log10(least), math.log10(end)], nticks=4)
    plot(
        figure,
        key="compare_race",
        height=380,
        caption=_(
            "Loss on the same held-out stories, in nats per token. The vertical line is your budget. A "
            "network that stops there had not yet lowered its learning rate: a training planned for that "
            "budget alone would end elsewhere."
        ),
        source=of_runs([one.run.spec for one in found]),
        table=lambda: loss.loss_table(curves, labels=labels),
    )
    st.markdown(_said(found, axis, float(budget)))


def _ranked(found: tuple[Rival, ...], axis: str, budget: float) -> list[tuple[Rival, float]]:
    """The lowest loss within the budget first; who has none yet guesses evenly."""
    guess = math.log(found[0].run.tokenizer.vocabulary_size)
    losses = [(one, one.loss_at(axis, budget)) for one in found]
    return sorted(
        ((one, guess if at is None else at) for one, at in losses), key=lambda pair: pair[1]
    )


def _said(found: tuple[Rival, ...], axis: str, budget: float) -> str:
    ranked = _ranked(found, axis, budget)
    listed = _("; ").join(f"{one.name} {number(at)}" for one, at in ranked)
    first, second = ranked[0], ranked[1]
    said = (
        _("Within this budget **{first}** leads: {listed}.")
        if second[1] - first[1] >= TIE
        else _("Within this budget nobody leads clearly: {listed}.")
    )
    return said.format(first=first[0].name, listed=listed)
