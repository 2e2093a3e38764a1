"""What each head of a trained layer writes: its own numbers times its own rows of W_O, added up."""

from __future__ import annotations

import numpy as np
import streamlit as st

from core.errors import LearnerError
from core.figures import heatmap
from core.figures.heatmap import annotated_heatmap, heatmap_table
from core.figures.theme import number
from core.questions import TraceLayer
from core.wording import N_
from core.worked.multihead import MultiHeadTrace, output_arithmetic
from pages.heads.model import MOST_TOKENS, is_own, sentence
from pages.heads.state import WRITTEN_LAYER, WRITTEN_NUMBER, WRITTEN_TERMS, WRITTEN_TOKEN
from pages.parts.frame.ask import ask
from pages.parts.frame.escaped import escaped
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _, worded
from pages.parts.frame.services import shipped
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.training.sources import of_run
from pages.parts.widgets.arithmetic import show_lines
from pages.parts.widgets.plot import Click, plot
from pages.parts.widgets.shared.source import Source

_TICK = 10
_FEW_TERMS = 3
"""Of the twenty or so of each head: enough to see how the number comes about."""


@fragment
def show_written() -> None:
    """A token and a layer; a row for each head; a click takes a number of the output apart."""
    spec = shipped("gpt")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        layer = WRITTEN_LAYER.draw(st.segmented_control, _("Layer"), required=True)
        try:
            answer = ask(TraceLayer(spec.id, sentence(), layer))
        except LearnerError as error:
            st.warning(worded(error))
            return
        tokens = answer.tokens[:MOST_TOKENS]
        token = WRITTEN_TOKEN.among(range(1, len(tokens) + 1), first=len(tokens))
        place = token.draw(
            st.selectbox,
            _("Token"),
            words=lambda one: f"{one} · {tokens[one - 1]}",
            width=180,
        )
    trace, row = answer.trace, place - 1
    column = min(WRITTEN_NUMBER.value, trace.output.shape[1] - 1)
    _show_rows(trace, row, column, of_run(spec, layer=layer, own_text=is_own()))
    names = [
        _("head {number}: its {width} numbers times its rows of W_O").format(
            number=head, width=trace.width
        )
        for head in range(len(trace.heads))
    ]
    names.append(_("what the heads write, and the bias, added up"))
    whole = WRITTEN_TERMS.toggle(_("all terms"))
    lines = output_arithmetic(
        trace,
        row,
        column,
        smaller=_("{count} smaller terms"),
        shown=trace.width if whole else _FEW_TERMS,
    )
    title = _("output of “{token}”, number {place}").format(token=tokens[row], place=column + 1)
    named = [(name, "", line) for name, line in zip(names, lines, strict=True)]
    show_lines("heads_written_arithmetic", escaped(title), named, tall=True)
    st.markdown(_seen(trace, tokens[row], row))


def _show_rows(trace: MultiHeadTrace, row: int, column: int, source: Source) -> None:
    bias = np.zeros(trace.output.shape[1]) if trace.b_o is None else trace.b_o
    values = np.vstack([trace.written[:, row], bias, trace.output[row]])
    rows = [_("head {number}").format(number=head) for head in range(len(trace.heads))]
    rows += [_("bias b_O"), _("their sum")]
    columns = [str(place + 1) for place in range(values.shape[1])]
    labels = labels_of(
        {
            **heatmap.LABELS,
            "rows": N_("who writes (row)"),
            "columns": N_("number of the output (column)"),
            "value": N_("number"),
            "row": N_("row"),
            "column": N_("number"),
        }
    )

    def pick(click: Click) -> None:
        WRITTEN_NUMBER.set(click.column)

    figure = annotated_heatmap(
        values,
        rows,
        columns,
        theme(),
        selected=(len(rows) - 1, column),
        scale="diverging",
        labels=labels,
    )
    ticks = [0, *range(_TICK - 1, len(columns), _TICK)]
    figure.update_xaxes(tickvals=ticks, ticktext=[columns[tick] for tick in ticks])
    plot(
        figure,
        key="heads_written",
        height=300,
        on_click=pick,
        caption=_(
            "What each head writes into the {count} numbers of this token. The last row is the sum of "
            "the rows above. Click a column."
        ).format(count=len(columns)),
        source=source,
        table=heatmap_table(values, rows, columns, labels=labels),
    )


def _seen(trace: MultiHeadTrace, token: str, row: int) -> str:
    lengths = np.linalg.norm(trace.written[:, row], axis=1)
    most, least = int(lengths.argmax()), int(lengths.argmin())
    return _(
        "For **{token}**, head {most} writes most (a vector of length {long}) and head {least} least "
        "({short}); together they write {all}."
    ).format(
        token=escaped(token),
        most=most,
        least=least,
        long=number(float(lengths[most])),
        short=number(float(lengths[least])),
        all=number(float(np.linalg.norm(trace.output[row]))),
    )
