"""What one token costs, and what four of them come to: the curve of −ln p, and arithmetic."""

from __future__ import annotations

import math
import re

import numpy as np
import streamlit as st

from core.errors import LearnerError
from core.figures.figure import scatter
from core.figures.lines import Line, lines, lines_table
from core.figures.theme import number, palette
from core.worked.surprise import bits, check_probabilities, surprise, worked_lines
from lessons.numbers import read_number
from pages.measuring.state import CHANCE, FOUR
from pages.parts.frame.language import _, worded
from pages.parts.frame.theme import theme
from pages.parts.widgets.arithmetic import show_lines
from pages.parts.widgets.plot import plot
from pages.parts.widgets.shared.source import Source

_HIGHEST = 7.5
"""Nats that the picture reaches; a rarer token's cost is said in words."""


def show_curve() -> None:
    """A probability to choose, the curve with its place on it, and the cost in words."""
    chance = CHANCE.draw(st.select_slider, _("Probability that the token was given"), words=_share)
    nats = surprise(chance)
    x, y = _("probability p"), _("surprise −ln p (nats)")
    places = np.geomspace(math.exp(-_HIGHEST), 1, 120)
    curve = Line(_("−ln p"), places.tolist(), [surprise(float(p)) for p in places])
    figure = lines([curve], theme(), x, y, markers=False)
    figure.update_layout(showlegend=False)
    if nats <= _HIGHEST:
        figure.add_trace(
            scatter(
                x=[chance],
                y=[nats],
                mode="markers+text",
                text=[f"{nats:.2f}"],
                textposition="middle right" if chance < 0.5 else "top center",
                marker={"size": 14, "symbol": "diamond", "color": palette(theme()).attention},
                hovertext=[f"p = {_share(chance)}<br>−ln p = <b>{nats:.2f}</b>"],
                hovertemplate="%{hovertext}<extra></extra>",
            )
        )
    plot(
        figure,
        key="measuring_curve",
        height=320,
        caption=_("The surprise at a token against the probability that it was given."),
        source=Source("formula", ("−ln p",)),
        table=lines_table([curve], x, y, _("line")),
    )
    st.markdown(_said(chance, nats))


def _said(chance: float, nats: float) -> str:
    if chance == 0:
        return _(
            "A token that was held for impossible, and came all the same, costs **infinitely** many "
            "nats: one "
            "such token, and the mean of the whole text is infinite."
        )
    return _(
        "−ln {p} = **{nats}** nats, or **{bits}** bits: as surprising as one of {count} equally likely "
        "tokens."
    ).format(
        p=_share(chance), nats=number(nats), bits=number(bits(nats)), count=f"{1 / chance:,.4g}"
    )


def _share(chance: float) -> str:
    return f"{chance:.6f}".rstrip("0").rstrip(".") if chance else "0"


def show_four() -> None:
    """Probabilities to type, and the arithmetic of their loss and perplexity."""
    typed = FOUR.box(_("What the tokens of a text were given"))
    try:
        joined = re.sub(r"\s*([/%])", r"\1", re.sub(r"/\s+", "/", typed))
        parts = re.split(r"[,;，；、\s]+(?=\S)", joined.strip())
        values = [read_number(part) for part in parts if part]
        check_probabilities(values)
    except LearnerError as error:
        st.warning(worded(error))
        return
    each = worked_lines(values)
    names = [
        *(_("token {place}").format(place=place) for place in range(1, len(values) + 1)),
        _("cross-entropy: the mean, in nats per token"),
        _("perplexity: e to the power of it"),
    ]
    show_lines(
        "measuring_four_lines",
        _("From probabilities to a loss"),
        [(name, "", line) for name, line in zip(names, each, strict=True)],
    )
