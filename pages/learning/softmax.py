"""Softmax from nothing: logits to type, the probabilities they make, and one of them by hand."""

from __future__ import annotations

import streamlit as st

from core.errors import LearnerError
from core.figures.next_token import next_token_bars
from core.figures.theme import number
from core.worked.learning.softmax import check_logits, softmax, softmax_lines
from pages.learning.state import LOGITS, TOKEN, TOKENS
from pages.learning.typed import read_numbers
from pages.parts.frame.language import _, worded
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.widgets.arithmetic import show_lines
from pages.parts.widgets.plot import Click, plot
from pages.parts.widgets.shared.source import Source


@fragment
def show_softmax() -> None:
    """A box of logits, their probabilities as bars to be picked, and the picked one's three lines."""
    try:
        logits = read_numbers(LOGITS.box(_("Logits of the next token")))
        check_logits(logits)
    except LearnerError as error:
        st.warning(worded(error))
        return
    names = token_names(len(logits))
    at = min(TOKEN.value, len(logits) - 1)
    shares = softmax(logits).tolist()
    plot(
        next_token_bars(
            [f"{name} · z = {_short(z)}" for name, z in zip(names, logits, strict=True)],
            shares,
            theme(),
            chosen=at,
            rest=False,
            labels={"chosen": _("below")},
        ),
        key="learning_softmax",
        height=60 + 44 * len(logits),
        on_click=_picked,
        caption=_(
            "What softmax makes of the logits: a bar for each token. Pick one to see its arithmetic."
        ),
        source=Source(
            "numbers" if LOGITS.value != LOGITS.first else "chosen",
            (_("The logits stand in the box."),),
        ),
        table=(
            (_("token"), _("logit"), _("probability")),
            list(zip(names, logits, shares, strict=True)),
        ),
    )
    power, total, share = softmax_lines(logits, at)
    show_lines(
        "learning_softmax_lines",
        _("The probability of {token}").format(token=names[at]),
        [
            (_("e to the power of its logit"), "", power),
            (_("all powers, added up"), "", total),
            (_("its share of the sum"), "p", share),
        ],
        tall=True,
    )


def token_names(count: int) -> list[str]:
    """The tokens that the first ``count`` logits belong to."""
    return [_(name) for name in TOKENS[:count]]


def _short(value: float) -> str:
    return f"{value:g}".replace("-", "−") if abs(value) < 1000 else number(value)


def _picked(click: Click) -> None:
    TOKEN.set(click.row)
