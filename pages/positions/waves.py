"""The sinusoidal table: each cell taken apart, each column as a wave, and two misprinted formulas."""

from __future__ import annotations

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.figures import heatmap
from core.figures.figure import Figure
from core.figures.heatmap import annotated_heatmap, heatmap_table
from core.figures.theme import number
from core.figures.waves import WaveLine, wave_lines
from core.wording import N_
from core.worked.positions.waves import (
    Formula,
    by_distance,
    frequencies,
    sinusoidal,
    wave_arithmetic,
    wavelength,
)
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _
from pages.parts.frame.state import Number, fragment
from pages.parts.frame.theme import theme
from pages.parts.widgets.arithmetic import show_lines
from pages.parts.widgets.plot import Click, plot
from pages.parts.widgets.shared.source import Source
from pages.positions.state import COLUMN, FORMULA, LENGTH, WIDTH, T

HEADS = 4
_MOST_TICKS = 16
_FLAT = 0.01
_FORMULAS: dict[Formula, str] = {
    "true": N_("as in the paper"),
    "head": N_("misprint: dₖ in the exponent"),
    "sine": N_("misprint: sine everywhere"),
}
LABELS = {
    **heatmap.LABELS,
    "rows": N_("position (row)"),
    "columns": N_("dimension (column)"),
    "value": N_("value"),
    "row": N_("position"),
    "column": N_("dimension"),
}


@fragment
def show_waves() -> None:
    """The table; beside it the chosen cell's arithmetic and its column as a wave."""
    formula = FORMULA.draw(
        st.segmented_control,
        _("Formula"),
        words=lambda option: _(_FORMULAS[option]),
        required=True,
    )
    left, right = st.columns([7, 5], gap="large")
    with left:
        length, width = _sizes()
        table = sinusoidal(length, width, formula, HEADS)
        picture = st.container()
    with right:
        position, column = _cell(length, width)
        _show_arithmetic(position, column, width, formula)
        _show_wave(table, position, column, formula)
    with picture:
        _show_table(table, (position, column))
        st.markdown(_sentence(table, formula))


def by_waves() -> Source:
    """Where the numbers of a sinusoidal table come from."""
    return Source("formula", (_("Sines and cosines: nothing is learned or drawn."),))


def table_picture(
    table: NDArray[np.float64], selected: tuple[int, int] | None = None
) -> tuple[Figure, dict[str, str]]:
    """A table of position vectors [t d] as a heatmap with few ticks, and its words."""
    labels = labels_of(LABELS)
    rows, columns = ([str(place) for place in range(count)] for count in table.shape)
    figure = annotated_heatmap(
        table, rows, columns, theme(), selected=selected, scale="diverging", labels=labels
    )
    thin_ticks(figure, table.shape)
    return figure, labels


def thin_ticks(figure: Figure, shape: tuple[int, ...]) -> None:
    """Name every so-manieth position only: their order is clear, and all names would overlap."""
    for update, count in ((figure.update_yaxes, shape[0]), (figure.update_xaxes, shape[1])):
        step = next(s for s in (1, 2, 4, 8, 16, 32) if count <= s * _MOST_TICKS)
        places = list(range(0, count, step))
        update(tickvals=places, ticktext=[str(place) for place in places], tickfont={"size": 11})


def _sizes() -> tuple[int, int]:
    with st.container(horizontal=True):
        return LENGTH.slider(_("Number of positions")), WIDTH.slider(_("Dimensions d"))


def _cell(length: int, width: int) -> tuple[int, int]:
    """The chosen cell as two boxes: what a click sets, what the link carries, what a keyboard reaches."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        position = _box(T, _("Position t"), length)
        column = _box(COLUMN, _("Dimension"), width)
    return position, column


def _box(place: Number[int], label: str, count: int) -> int:
    """A table that has shrunk may have lost the chosen place: its last one is as near as can be."""
    return place.clamped(0, count - 1).box(f"{label}, 0–{count - 1}", width=150)


def _choose(click: Click) -> None:
    T.set(click.row)
    COLUMN.set(click.column)


def _show_table(table: NDArray[np.float64], cell: tuple[int, int]) -> None:
    figure, labels = table_picture(table, cell)
    rows, columns = ([str(place) for place in range(count)] for count in table.shape)
    plot(
        figure,
        key="positions_waves",
        height=470,
        on_click=_choose,
        caption=_(
            "Row = position, column = dimension; violet near 1, brown near −1. Left columns change from row "
            "to row, right columns hardly. Click a cell for its arithmetic."
        ),
        source=by_waves(),
        table=lambda: heatmap_table(table, rows, columns, labels=labels),
    )


def _show_arithmetic(position: int, column: int, width: int, formula: Formula) -> None:
    exponent, frequency, angle, value = wave_arithmetic(position, column, width, formula, HEADS)
    divisor = "d_k" if formula == "head" else "d"
    pair = column // 2
    odd = column % 2 == 1
    show_lines(
        "positions_wave_lines",
        _("position {t}, dimension {column}: number {part} of pair i = {pair}").format(
            t=position, column=column, part=2 if odd else 1, pair=pair
        ),
        [
            (_("the exponent"), rf"\frac{{2i}}{{{divisor}}}", exponent),
            (_("the frequency of the pair"), r"\theta", frequency),
            (_("the angle at this position"), r"t \cdot \theta", angle),
            (
                _("odd dimension: its cosine")
                if odd and formula != "sine"
                else _("odd dimension, and still its sine")
                if odd
                else _("even dimension: its sine"),
                "",
                value,
            ),
        ],
    )


def _show_wave(table: NDArray[np.float64], position: int, column: int, formula: Formula) -> None:
    length, width = table.shape
    divisor = width // HEADS if formula == "head" else width
    frequency = float(frequencies(width, divisor)[column // 2])
    fine = np.linspace(0, length - 1, 400)
    odd = column % 2 == 1 and formula != "sine"
    smooth = np.cos(fine * frequency) if odd else np.sin(fine * frequency)
    name = _("dimension {column}").format(column=column)
    values = table[:, column]
    plot(
        wave_lines(
            [WaveLine(name, fine, smooth, faint=True), WaveLine(name, range(length), values)],
            theme(),
            _("position"),
            _("value"),
            span=(-1.12, 1.12),
            marked=(position, float(values[position])),
        ),
        key="positions_wave",
        height=230,
        caption=_("The chosen column from top to bottom. Ring = the chosen position."),
        source=by_waves(),
        table=((_("position"), name), list(enumerate(values.tolist()))),
    )
    long = wavelength(frequency)
    st.markdown(
        _(
            "Dimension {column}: one wave is **{long}** positions long, so over these {length} positions it "
            "goes round {times} times."
        ).format(
            column=column,
            long=f"{long:,.1f}" if long < 1e6 else _("more than a million"),
            length=length,
            times=f"{(length - 1) / long:.2f}",
        )
    )


def _sentence(table: NDArray[np.float64], formula: Formula) -> str:
    """What the table as a whole can tell, or what a misprint does to it."""
    length, width = table.shape
    flat = int(np.sum(np.ptp(table, axis=0) < _FLAT))
    if formula == "head":
        true = int(np.sum(np.ptp(sinusoidal(length, width), axis=0) < _FLAT))
        return _(
            "With dₖ = {divisor} ({heads} heads) instead of d = {width} in the exponent, **{flat}** of "
            "{width} columns change by less than 0.01 over all {length} positions and tell nothing; with "
            "the true formula it is {true}."
        ).format(
            divisor=width // HEADS, heads=HEADS, width=width, flat=flat, length=length, true=true
        )
    if formula == "sine":
        far = min(3, length - 1)
        products = [float(by_distance(table, t, far)[far]) for t in range(length - far)]
        return _(
            "With the sine in every column, columns 2i and 2i + 1 are equal: {half} of {width} are copies. "
            "And the dot product of two rows {far} apart runs from {low} to {high}, depending on where they "
            "are; with the true formula it is the same everywhere."
        ).format(
            half=width // 2,
            width=width,
            far=far,
            low=number(min(products)),
            high=number(max(products)),
        )
    return _(
        "The fastest pair goes round in {short} positions, the slowest in {long}: all {length} rows are "
        "different. Columns that change by less than 0.01 over this length: {flat} of {width}."
    ).format(
        short=number(wavelength(1.0)),
        long=f"{wavelength(float(frequencies(width)[-1])):,.0f}",
        length=length,
        flat=flat,
        width=width,
    )
