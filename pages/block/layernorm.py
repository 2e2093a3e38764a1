"""LayerNorm by hand: a vector as typed, every step with its numbers, before and after."""

from __future__ import annotations

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.errors import LearnerError
from core.figures import heatmap
from core.figures.heatmap import annotated_heatmap, heatmap_table
from core.figures.theme import number
from core.wording import N_
from core.worked.layernorm import (
    STEPS,
    LayerNormTrace,
    Step,
    layernorm_arithmetic,
    layernorm_trace,
)
from pages.block.pictures import before_after
from pages.block.state import BETA, DRAWN, GAMMA, NUMBER, VECTOR
from pages.parts.exercises.box import bet_placed
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _, worded
from pages.parts.frame.state import Text, fragment
from pages.parts.frame.theme import theme
from pages.parts.widgets.grid.cells import number_text, read_cell
from pages.parts.widgets.plot import Click, plot
from pages.parts.widgets.shared.source import Source

FEWEST, MOST, LARGEST = 2, 6, 1000.0
_NAMES: dict[Step, str] = {
    "mean": N_("the mean μ"),
    "centred": N_("this number, less the mean"),
    "variance": N_("the variance σ²: the mean of the squared differences"),
    "deviation": N_("its root, after adding ε = 0.00001"),
    "normed": N_("the difference, divided by the root"),
    "output": N_("times γ, plus β"),
}


@fragment
def show_layernorm() -> None:
    """The box for the vector, what to do to it, two pictures, and the chosen number's arithmetic."""
    _controls()
    try:
        x = read_vector(VECTOR.value)
        gamma = _row(GAMMA, len(x))
        beta = _row(BETA, len(x))
    except LearnerError as error:
        st.warning(worded(error))
        return
    trace = layernorm_trace(x, gamma, beta)
    columns = [f"x{_LOWERED[place]}" for place in range(1, len(x) + 1)]
    left, right = st.columns([6, 6], gap="large")
    with left:
        _show_bars(trace, columns)
        st.markdown(_sentence(trace))
    with right:
        place = _place(columns)
        _show_steps(trace, columns, place)
    _show_arithmetic(trace, columns, place)


def invariance_truth() -> str:
    """What LayerNorm makes of the first vector times 3, plus 10: the same, 3 times it, or 10 more."""
    x = read_vector(VECTOR.first)
    before, after = layernorm_trace(x).normed, layernorm_trace(3 * x + 10).normed
    meant = {"same": before, "three": 3 * before, "shifted": before + 10}
    return min(meant, key=lambda option: float(np.abs(after - meant[option]).max()))


def _show_bars(trace: LayerNormTrace, columns: list[str]) -> None:
    plot(
        before_after(trace.x, trace.output, columns, theme(), ("x", "LayerNorm(x)")),
        key="block_before_after",
        height=300,
        caption=_("Hatched: the numbers as typed. Filled: after LayerNorm."),
        source=_source(),
        table=(
            (_("number"), "x", "LayerNorm(x)"),
            list(zip(columns, trace.x.tolist(), trace.output.tolist(), strict=True)),
        ),
    )


def read_vector(text: str) -> NDArray[np.float64]:
    """Two to six numbers as typed, with commas or spaces between them.

    Raises LearnerError if there are too few or too many, or one is no number or too large.
    """
    parts = text.replace("，", ",").replace("、", ",").replace(";", ",").replace("；", ",")
    cells = [cell for cell in parts.replace(",", " ").split() if cell]
    if not FEWEST <= len(cells) <= MOST:
        raise LearnerError(
            "Type between {fewest} and {most} numbers, with commas between them.",
            fewest=FEWEST,
            most=MOST,
        )
    values = np.array([read_cell(cell) for cell in cells])
    if np.abs(values).max() > LARGEST:
        raise LearnerError("Keep the numbers between −{most} and {most}.", most=f"{LARGEST:.0f}")
    return values


def _source() -> Source:
    """Whose vector it is: the page's first one, one drawn by its button, or the learner's."""
    as_given = (GAMMA.value.strip() or GAMMA.first, BETA.value.strip() or BETA.first)
    if as_given != (GAMMA.first, BETA.first):
        return Source("numbers", (_("The vector, γ or β as you have set them."),))
    if VECTOR.value == VECTOR.first:
        return Source("chosen", (_("The vector with which this page begins."),))
    if DRAWN.value and VECTOR.value == _drawn(DRAWN.value):
        return Source("drawn", (_("Drawn with seed {seed}.").format(seed=DRAWN.value),))
    return Source("numbers", (_("The vector as you have typed or changed it."),))


def _controls() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        VECTOR.box(_("Your vector: two to six numbers"), width=260)
        st.button("+ 10", key="block_plus", on_click=_change, args=(1.0, 10.0))
        st.button("× 3", key="block_times", on_click=_change, args=(3.0, 0.0))
        st.button(_("Draw another"), key="block_draw", on_click=_draw)
        st.button(_("Back to the first"), key="block_reset", on_click=_reset)
        with st.popover(_("γ and β")):
            GAMMA.box(_("γ: one number for all, or one for each"))
            BETA.box(_("β: one number for all, or one for each"))


def _row(typed: Text, count: int) -> NDArray[np.float64]:
    """γ or β: a single number stands for all, and nothing for the first one."""
    text = typed.value.strip() or typed.first
    try:
        return np.full(count, read_cell(text))
    except LearnerError:
        values = read_vector(text)
    if len(values) != count:
        raise LearnerError(
            "γ and β need one number, or as many as the vector has: {count}.", count=count
        )
    return values


def _change(factor: float, term: float) -> None:
    """Change every number of a good vector; the ends are kept where they must be."""
    try:
        x = read_vector(VECTOR.value)
    except LearnerError:
        return
    changed = np.clip(x * factor + term, -LARGEST, LARGEST)
    VECTOR.set(_text(changed))


def _draw() -> None:
    DRAWN.set(DRAWN.value + 1)
    VECTOR.set(_drawn(DRAWN.value))


def _drawn(seed: int) -> str:
    return _text(np.round(np.random.default_rng(seed).normal(0, 3, 5), 1))


def _reset() -> None:
    for typed in (VECTOR, GAMMA, BETA):
        typed.forget()


def _text(values: NDArray[np.float64]) -> str:
    return ", ".join(number_text(float(value)) for value in values)


def _place(columns: list[str]) -> int:
    chosen = NUMBER.among(range(1, len(columns) + 1)).draw(
        st.segmented_control,
        _("Number to follow"),
        words=lambda place: columns[place - 1],
        required=True,
    )
    return chosen - 1


def _show_steps(trace: LayerNormTrace, columns: list[str], place: int) -> None:
    """Four rows, each made from the one above."""
    rows = ["x", "x − μ", "(x − μ) / √(σ² + ε)", "γ · … + β"]
    values = np.stack([trace.x, trace.centred, trace.normed, trace.output])
    labels = labels_of(
        {
            **heatmap.LABELS,
            "rows": N_("step (row)"),
            "columns": N_("number (column)"),
            "value": N_("number"),
            "row": N_("step"),
            "column": N_("number"),
        }
    )

    def pick(click: Click) -> None:
        NUMBER.set(click.column + 1)

    plot(
        annotated_heatmap(
            values, rows, columns, theme(), selected=(None, place), scale="diverging", labels=labels
        ),
        key="block_steps",
        height=250,
        on_click=pick,
        caption=_(
            "Each row is made from the row above. Click a column to see its arithmetic below."
        ),
        source=_source(),
        table=heatmap_table(values, rows, columns, labels=labels),
    )


def _show_arithmetic(trace: LayerNormTrace, columns: list[str], place: int) -> None:
    """All six steps for the chosen number, in two columns where there is room."""
    steps = []
    for step in STEPS:
        line = layernorm_arithmetic(trace, step, place)
        steps.append(f":gray[{_(_NAMES[step])}]  \n$\\displaystyle {line.latex}$")
    with st.container(border=True, key="block_layernorm_arithmetic"):
        st.markdown(f"**{columns[place]}**")
        for column, half in zip(st.columns(2), (steps[:3], steps[3:]), strict=True):
            column.markdown("\n\n".join(half))


def _sentence(trace: LayerNormTrace) -> str:
    """What is left of mean and deviation; after the bet, what a shift and a stretch would change."""
    if not trace.variance:
        return _(
            "All numbers are equal, so every difference is 0. Only ε keeps the division possible, and what "
            "comes out is β alone."
        )
    measured = _(
        "Before: mean **{mean}**, deviation **{deviation}**. After: mean **{mean_after}**, deviation "
        "**{deviation_after}**."
    ).format(
        mean=number(trace.mean),
        deviation=number(float(np.sqrt(trace.variance))),
        mean_after=number(float(trace.output.mean())),
        deviation_after=number(float(trace.output.std())),
    )
    return (
        f"{measured} {_what_changes(trace)}" if bet_placed("block", "bet_invariant") else measured
    )


def _what_changes(trace: LayerNormTrace) -> str:
    """By how much 10 more, or three times as much, would move the result."""
    shifted = layernorm_trace(trace.x + 10, trace.gamma, trace.beta).output
    stretched = layernorm_trace(trace.x * 3, trace.gamma, trace.beta).output
    return _(
        "With 10 added to each number the result would change by {shift}, with all numbers times 3 by "
        "{stretch}."
    ).format(
        shift=_little(float(np.abs(shifted - trace.output).max())),
        stretch=_little(float(np.abs(stretched - trace.output).max())),
    )


def _little(value: float) -> str:
    """A difference as a person says it; what is left of rounding is none."""
    if value < 1e-9:
        return "0"
    if value < 1e-6:
        return _("less than a millionth")
    if value >= 0.005:
        return number(value)
    return str(np.format_float_positional(value, precision=1, fractional=False, trim="-"))


_LOWERED = "₀₁₂₃₄₅₆"
