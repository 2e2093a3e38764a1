"""How alike two rows of the sinusoidal table are, and the rotation that leads from one to the other."""

from __future__ import annotations

import numpy as np
import streamlit as st

from core.figures.theme import number
from core.figures.waves import WaveLine, wave_lines
from core.worked.positions.waves import (
    by_distance,
    frequencies,
    rotation,
    sinusoidal,
)
from pages.parts.frame.language import _
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.widgets.plot import plot
from pages.positions.state import BY, FARTHEST, FROM, LAST, PAIR, PAIRS, START, TABLE, TABLES
from pages.positions.waves import by_waves

WIDTH = 2 * PAIRS


@fragment
def show_distance() -> None:
    """Dot products of position 0 and of a chosen one with those after it."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        formula = TABLE.draw(
            st.segmented_control,
            _("Table"),
            words=lambda option: _(TABLES[option]),
            required=True,
        )
        start = START.slider(_("Position t"), width=260)
    table = sinusoidal(LAST + FARTHEST + 1, WIDTH, formula)
    curves = [by_distance(table, t, FARTHEST) for t in range(LAST + 1)]
    first, chosen = curves[0], curves[start]
    x = range(FARTHEST + 1)
    names = (
        _("from position 0"),
        _("from position {t}").format(t=start),
    )
    plot(
        wave_lines(
            [WaveLine(names[0], x, first), WaveLine(names[1], x, chosen)],
            theme(),
            _("distance δ"),
            _("dot product"),
            span=(min(c.min() for c in curves) - 2, max(c.max() for c in curves) + 2),
        ),
        key="positions_distance",
        height=330,
        caption=_(
            "Height: the dot product of a row of the table with the row δ later, d = {width}."
        ).format(width=WIDTH),
        source=by_waves(),
        table=(
            (_("distance δ"), *names),
            list(zip(x, first.tolist(), chosen.tolist(), strict=True)),
        ),
    )
    apart = max(float(np.abs(curve - first).max()) for curve in curves)
    if formula == "sine":
        st.markdown(
            _(
                "With the sine alone the curve depends on where it starts: among positions 0 to {last} it "
                "differs by up to **{apart}** at the same distance."
            ).format(last=LAST, apart=number(apart))
        )
        return
    rises = np.flatnonzero(np.diff(first) > 0)
    st.markdown(
        _(
            "All curves from positions 0 to {last} are one: they differ by at most **{apart}**. It falls "
            "from {zero} at distance 0 to {ten} at 10, but not evenly: from {rise} to {next} it rises."
        ).format(
            last=LAST,
            apart=number(apart),
            zero=number(float(first[0])),
            ten=number(float(first[10])),
            rise=int(rises[0]),
            next=int(rises[0]) + 1,
        )
    )


@fragment
def show_rotation() -> None:
    """One pair of numbers, and the matrix that moves it on by δ positions."""
    with st.container(horizontal=True):
        start = FROM.slider(_("Position t"), width=220)
        distance = BY.slider(_("Distance δ"), width=220)
        pair = PAIR.slider(_("Pair i"), width=220)
    table = sinusoidal(LAST + FARTHEST + 1, WIDTH)
    frequency = float(frequencies(WIDTH)[pair])
    matrix = rotation(frequency, distance)
    place = slice(2 * pair, 2 * pair + 2)
    before, after = table[start, place], table[start + distance, place]
    with st.container(border=True, key="positions_rotation"):
        st.markdown(
            _("θ = {theta}: {distance} positions are an angle of δθ = {angle} rad").format(
                theta=f"{frequency:.4f}",
                distance=distance,
                angle=f"{distance * frequency:.4f}",
            )
        )
        st.markdown(
            r"$\underbrace{"
            + _column(after)
            + r"}_{t+\delta}$ $\approx$ $\underbrace{"
            + _matrix(matrix)
            + r"}_{\text{"
            + _("only δ")
            + r"}}$ $\underbrace{"
            + _column(before)
            + "}_{t}$"
        )
    st.markdown(
        _(
            "Matrix times pair at {start} gives the pair at {end}. The same matrix leads {distance} "
            "positions on from every position."
        ).format(start=start, end=start + distance, distance=distance)
    )


def _column(pair: np.ndarray) -> str:
    return r"\begin{pmatrix}" + r" \\ ".join(f"{value:.2f}" for value in pair) + r"\end{pmatrix}"


def _matrix(matrix: np.ndarray) -> str:
    rows = (" & ".join(f"{value:.2f}" for value in row) for row in matrix)
    return r"\begin{pmatrix}" + r" \\ ".join(rows) + r"\end{pmatrix}"
