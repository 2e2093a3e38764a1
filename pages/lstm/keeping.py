"""What memory costs in weights, and what many words leave of a cell."""

from __future__ import annotations

import math

import streamlit as st

from pages.lstm.pictures import DistanceLine, distance_lines
from pages.lstm.state import KEEP
from pages.parts.frame.language import _
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.widgets.plot import plot
from pages.parts.widgets.shared.source import Source

FARTHEST = 50


def show_parameters(width: int) -> None:
    """What one layer of this width costs in both cells, by the formula of the real modules."""
    one = 2 * width * width + 2 * width
    st.markdown(
        _(
            "The models of this page have width d = {width}. One RNN layer has **{rnn:,}** weights, one "
            "LSTM layer **{lstm:,}**."
        ).format(width=width, rnn=one, lstm=4 * one)
    )
    st.caption(
        _(
            "Our layers keep two biases in each sum, one with W and one with U, so the count here is "
            "g · (d · d + d · d + 2 · d)."
        )
    )


@fragment
def show_keeping() -> None:
    """What is left of a 1 in the cell after k words with the same forget gate."""
    gate = KEEP.slider(_("Forget gate f, the same at every word"))
    x = list(range(FARTHEST + 1))
    left = [gate**k for k in x]
    plot(
        distance_lines(
            [DistanceLine(_("f = {gate:.2f}").format(gate=gate), x, left)],
            theme(),
            _("words later"),
            _("left of the 1 in the cell"),
            top=1.05,
        ),
        key="lstm_keeping",
        height=330,
        caption=_("What is left of a 1 in the cell after k words: f to the power of k."),
        source=Source("formula", (_("The gate stands where you have set it."),)),
        table=((_("words later"), _("left of the 1 in the cell")), list(zip(x, left, strict=True))),
    )
    if gate == 1:
        st.markdown(
            _("With f = 1 nothing is ever lost: the cell carries the 1 as far as you like.")
        )
        return
    st.markdown(
        _(
            "With f = {gate:.2f}, half is gone after **{half:.1f}** words, and after {far} words "
            "**{left}** is left."
        ).format(
            gate=gate,
            half=math.log(0.5) / math.log(gate),
            far=FARTHEST,
            left=share_in_words(left[-1]),
        )
    )


def share_in_words(left: float) -> str:
    """A share that may be very small, as people say it: 0.12, 1/20,000."""
    if left >= 0.01:
        return f"{left:.2g}"
    if left < 1e-9:
        return "< 1/1,000,000,000"
    one_in = round(1 / left)
    return f"1/{round(one_in, 1 - len(str(one_in))):,}"
