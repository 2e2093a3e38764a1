"""What becomes of a validation loss when some of the validation text is also trained on."""

from __future__ import annotations

import streamlit as st

from core.figures.lines import Line, lines, lines_table
from core.figures.theme import number
from lessons.measuring.counted import LEAK_ORDER, SHARES, Leak, leaks
from pages.parts.exercises.box import after_bet
from pages.parts.frame.language import _
from pages.parts.frame.theme import theme
from pages.parts.widgets.plot import plot
from pages.parts.widgets.shared.source import Source

SLUG, BET = "measuring", "bet_leak"


def truth_leak() -> str | None:
    """What a full leak did: only the validation loss fell, both did, or neither."""
    first, last = _leaks()[0], _leaks()[-1]
    fell = [first.validation - last.validation > 0.2, first.test - last.test > 0.2]
    return {(True, False): "one", (True, True): "both"}.get((fell[0], fell[1]), "none")


def show_leak() -> None:
    after_bet(SLUG, BET, _leak)()


def _leak() -> None:
    with st.spinner(_("Counting five models …")):
        found = _leaks()
    x, y = (
        _("share of the validation stories that are trained on too (%)"),
        _("loss (nats per token)"),
    )
    shares = [100 * one.share for one in found]
    measured = [
        Line(_("validation stories"), shares, [one.validation for one in found]),
        Line(_("test stories"), shares, [one.test for one in found]),
    ]
    plot(
        lines(measured, theme(), x, y, ticks=shares),
        key="measuring_leak",
        height=340,
        caption=_(
            "The more of the validation text was seen in training, the better it seems to go."
        ),
        source=Source(
            "counted",
            (
                _(
                    "Tiny tales, order {order}, Kneser–Ney. Every second held-out story is for "
                    "validation, the others are the test."
                ).format(order=LEAK_ORDER),
            ),
        ),
        table=lines_table(measured, x, y, _("text")),
    )
    first, last = found[0], found[-1]
    st.markdown(
        _(
            "The validation loss falls from {first} to **{last}**. The test, of which nothing was "
            "leaked, tells what the model "
            "is worth: {test_first} before, **{test_last}** after."
        ).format(
            first=number(first.validation),
            last=number(last.validation),
            test_first=number(first.test),
            test_last=number(last.test),
        )
    )


@st.cache_data(show_spinner=False)
def _leaks() -> tuple[Leak, ...]:
    return leaks(shares=SHARES)
