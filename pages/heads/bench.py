"""Split, attend, put side by side, multiply by W_O: a layer small enough to follow every number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.figures import heatmap
from core.figures.cells import Selected
from core.figures.heatmap import annotated_heatmap, heatmap_table
from core.wording import N_
from core.worked.multihead import SHAPES, MultiHeadTrace, Step
from core.worked.stages import StageName
from lessons.heads.small import TOKENS, WIDTH, layer
from pages.heads.inputs import begin_again, source_of, typed_inputs
from pages.heads.state import CELLS, SEED, STEP, STEPS_SHOWN, H, T
from pages.heads.words import (
    CAPTIONS,
    FORMULAS,
    NAMES,
    SAYINGS,
    Cell,
    lines_of,
    seen,
)
from pages.parts.frame.escaped import escaped
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.widgets.arithmetic import show_lines
from pages.parts.widgets.plot import Click, plot
from pages.parts.widgets.shared.source import Source


@dataclass(frozen=True)
class Column:
    """A column of a picture: which stage of which head it is, and which of that stage's columns."""

    name: str
    stage: StageName
    head: int
    column: int


Projected = Literal["q", "k", "v"]
_PROJECTED: tuple[Projected, ...] = ("q", "k", "v")
_ROW_PIXELS = 34


@fragment
def show_bench() -> None:
    """A click, a typed number or a switch redraws this part of the page alone."""
    left, right = st.columns([4, 8], gap="large")
    with left:
        trace, tokens = _layer()
    with right:
        step = _switch()
        st.markdown(f"${FORMULAS[step]}$ &nbsp; `{SHAPES[step]}`")
        st.caption(_(SAYINGS[step]).format(heads=len(trace.heads), width=trace.width, d=WIDTH))
        cell = _chosen(step, trace)
        _pictures(step, trace, tokens, cell)
        title, lines = lines_of(trace, tokens, cell)
        show_lines("heads_arithmetic", escaped(title), lines, tall=True)
        st.markdown(seen(step, trace, tokens))


def _layer() -> tuple[MultiHeadTrace, tuple[str, ...]]:
    heads = H.draw(st.segmented_control, _("Heads, h"), required=True)
    t = T.draw(st.segmented_control, _("Tokens, t"), required=True)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        seed = SEED.box(_("Seed of the random numbers"), width=190)
        st.button(_("Begin again"), key="heads_again", on_click=begin_again)
    x = typed_inputs(seed, t)
    trace = layer(x, heads, seed)
    st.markdown(
        _(
            "**d = {d}** numbers a token, cut into **h = {heads}** heads of width **e = {width}**."
        ).format(d=WIDTH, heads=heads, width=trace.width)
    )
    return trace, TOKENS[:t]


def _switch() -> Step:
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        step = STEP.draw(
            st.segmented_control,
            _("Step"),
            words=lambda step: _(NAMES[step]),
            required=True,
            label_visibility="collapsed",
        )
        place = STEPS_SHOWN.index(step)
        with st.container(horizontal=True, gap="small", width="content"):
            _step_button("◀", _("Step before"), "heads_step_back", place - 1)
            _step_button("▶", _("Next step"), "heads_step_next", place + 1)
    return step


def _step_button(text: str, help_text: str, key: str, place: int) -> None:
    def step() -> None:
        STEP.set(STEPS_SHOWN[place])

    st.button(
        text, key=key, help=help_text, on_click=step, disabled=not 0 <= place < len(STEPS_SHOWN)
    )


def _chosen(step: Step, trace: MultiHeadTrace) -> Cell:
    """The cell that was clicked in this step, if there still is such a one."""
    last = len(trace.x) - 1
    firsts: dict[Step, Cell] = {
        "project": Cell("q", 0, last, 0),
        "split": Cell("q", 0, last, 0),
        "attend": Cell("output", 0, last, 0),
        "concatenate": Cell("output", len(trace.heads) - 1, last, trace.width - 1),
        "output": Cell("final", 0, last, 0),
    }
    cell = CELLS[step].value or firsts[step]
    across = {"final": WIDTH, "softmax": len(trace.x)}.get(cell.stage, trace.width)
    fits = cell.row <= last and cell.head < len(trace.heads) and cell.column < across
    return cell if fits else firsts[step]


def _pictures(step: Step, trace: MultiHeadTrace, tokens: Sequence[str], cell: Cell) -> None:
    e, heads = trace.width, range(len(trace.heads))
    match step:
        case "project":
            columns = [
                Column(f"{stage}{head * e + place + 1}", stage, head, place)
                for stage in _PROJECTED
                for head in heads
                for place in range(e)
            ]
            _matrix(step, "all", trace, tokens, columns, cell)
        case "split":
            for head, room in zip(heads, _side_by_side(len(heads)), strict=True):
                with room:
                    st.markdown("**" + _("head {number}").format(number=head) + "**")
                    columns = [
                        Column(f"{stage}{place + 1}", stage, head, place)
                        for stage in _PROJECTED
                        for place in range(e)
                    ]
                    _matrix(step, str(head), trace, tokens, columns, cell)
        case "attend":
            for head, room in zip(heads, _side_by_side(len(heads)), strict=True):
                with room:
                    st.markdown("**" + _("head {number}").format(number=head) + "**")
                    _weights(head, trace, tokens, cell)
                    columns = [Column(str(p + 1), "output", head, p) for p in range(e)]
                    _matrix(step, str(head), trace, tokens, columns, cell)
        case "concatenate":
            _matrix(step, "all", trace, tokens, _concatenated(trace), cell)
        case _:
            _matrix("concatenate", "in", trace, tokens, _concatenated(trace), cell)
            _projection(trace, cell)
            _output(trace, tokens, cell)


def _side_by_side(count: int) -> list[st.delta_generator.DeltaGenerator]:
    """Places for the heads' pictures: at most two in a row."""
    rooms: list[st.delta_generator.DeltaGenerator] = []
    for _row in range(0, count, 2):
        rooms += st.columns(2, gap="small") if count > 1 else [st.container()]
    return rooms[:count]


def _concatenated(trace: MultiHeadTrace) -> list[Column]:
    return [
        Column(_("h{head}·{place}").format(head=head, place=place + 1), "output", head, place)
        for head in range(len(trace.heads))
        for place in range(trace.width)
    ]


def _matrix(
    step: Step,
    name: str,
    trace: MultiHeadTrace,
    tokens: Sequence[str],
    columns: Sequence[Column],
    cell: Cell,
) -> None:
    """Columns of one or more heads' stages; a click chooses a number."""
    values = np.column_stack([_stage(trace, column)[:, column.column] for column in columns])
    selected = next(
        (
            (cell.row, place)
            for place, column in enumerate(columns)
            if (column.stage, column.head, column.column) == (cell.stage, cell.head, cell.column)
        ),
        None,
    )

    def pick(click: Click) -> None:
        column = columns[click.column]
        CELLS[step].set(Cell(column.stage, column.head, click.row, column.column))

    _heatmap(
        values,
        tokens,
        [column.name for column in columns],
        key=f"heads_{step}_{name}",
        caption=_(CAPTIONS[step]),
        source=_source(trace),
        selected=(cell.row, None) if name == "in" else selected,
        on_click=pick if name != "in" else None,
    )


def _stage(trace: MultiHeadTrace, column: Column) -> NDArray[np.float64]:
    values: NDArray[np.float64] = getattr(trace.heads[column.head], column.stage)
    return values


def _weights(head: int, trace: MultiHeadTrace, tokens: Sequence[str], cell: Cell) -> None:
    def pick(click: Click) -> None:
        CELLS["attend"].set(Cell("softmax", head, click.row, click.column))

    one = trace.heads[head]
    labels = labels_of(heatmap.LABELS)
    chosen = (cell.row, cell.column) if (cell.stage, cell.head) == ("softmax", head) else None
    plot(
        annotated_heatmap(
            one.weights, tokens, tokens, theme(), mask=one.mask, selected=chosen, labels=labels
        ),
        key=f"heads_weights_{head}",
        height=90 + _ROW_PIXELS * len(tokens),
        on_click=pick,
        caption=_("Its weights. Row = query, column = key; hatched = hidden."),
        source=_source(trace),
        table=heatmap_table(one.weights, tokens, tokens, mask=one.mask, labels=labels),
    )


def _projection(trace: MultiHeadTrace, cell: Cell) -> None:
    rows = [column.name for column in _concatenated(trace)]
    values = trace.w_o
    if trace.b_o is not None:
        rows, values = [*rows, "b_O"], np.vstack([values, trace.b_o])
    _heatmap(
        values,
        rows,
        [str(place + 1) for place in range(WIDTH)],
        key="heads_w_o",
        caption=_("W_O: a row for each number of each head; below it the bias."),
        selected=(None, cell.column),
        source=Source(
            "drawn",
            (_("The matrices are drawn with seed {seed}.").format(seed=SEED.value),),
        ),
        words={"rows": N_("number of a head (row)"), "row": N_("number of a head")},
    )


def _output(trace: MultiHeadTrace, tokens: Sequence[str], cell: Cell) -> None:
    def pick(click: Click) -> None:
        CELLS["output"].set(Cell("final", 0, click.row, click.column))

    _heatmap(
        trace.output,
        tokens,
        [str(place + 1) for place in range(WIDTH)],
        key="heads_output",
        caption=_("The output, as wide as X again. Click a number to take it apart."),
        source=_source(trace),
        selected=(cell.row, cell.column),
        on_click=pick,
    )


def _source(trace: MultiHeadTrace) -> Source:
    return source_of(SEED.value, len(trace.x))


def _heatmap(
    values: NDArray[np.float64],
    rows: Sequence[str],
    columns: Sequence[str],
    *,
    key: str,
    caption: str,
    source: Source,
    selected: Selected | None = None,
    on_click: Callable[[Click], None] | None = None,
    words: dict[str, str] | None = None,
) -> None:
    labels = labels_of(
        {
            **heatmap.LABELS,
            "rows": N_("token (row)"),
            "columns": N_("number (column)"),
            "value": N_("number"),
            "row": N_("token"),
            "column": N_("number"),
            **(words or {}),
        }
    )
    plot(
        annotated_heatmap(
            values, rows, columns, theme(), selected=selected, scale="diverging", labels=labels
        ),
        key=key,
        height=90 + _ROW_PIXELS * len(rows),
        on_click=on_click,
        caption=caption,
        source=source,
        table=heatmap_table(values, rows, columns, labels=labels),
    )
