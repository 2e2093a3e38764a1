"""A word's one-hot vector times the table of a trained model: a row of it, any number of it reckoned."""

from __future__ import annotations

import numpy as np
import streamlit as st

from core.errors import LearnerError
from core.figures import heatmap
from core.store.view import RunView
from core.worked.arithmetic import dot
from pages.embeddings.state import COLUMN, PICKED
from pages.embeddings.tables import WordTable, in_text, table_of
from pages.parts.frame.escaped import code
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _, worded
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.training.sources import of_run
from pages.parts.widgets.arithmetic import show_lines
from pages.parts.widgets.plot import Click, plot

COLUMNS, ROWS = 6, 8
_FIRST_ZH = "小狗"


@fragment
def show_row(run: RunView | None) -> None:
    """The box, eight rows of the table with what each is multiplied by, and one sum."""
    table = table_of(run)
    if run is None or table is None:
        st.info(_("Train the vectors further down: then their table is shown here."))
        return
    picked_word = in_text(PICKED, _FIRST_ZH, table)
    typed = picked_word.box(_("A word of the stories"), width=260)
    try:
        row = table.row(typed)
    except LearnerError as error:
        st.warning(worded(error))
        return
    width = table.vectors.shape[1]
    columns = min(COLUMNS, width)
    column = COLUMN.clamped(1, columns).value - 1
    rows = _rows(table, row)
    vectors = table.vectors.astype(np.float64)
    shown = np.vstack([vectors[rows][:, :columns], vectors[row, :columns]])
    names = [f"{int(one == row)} · {table.words[one]}" for one in rows]
    names.append(_("= the sum"))
    labels = {
        **labels_of(heatmap.LABELS),
        "rows": _("times · word"),
        "columns": _("number of the vector"),
        "value": _("number"),
        "row": _("row"),
        "column": _("number"),
    }
    titles = [str(place + 1) for place in range(columns)]

    def picked(click: Click) -> None:
        COLUMN.set(click.column + 1)
        if click.row < len(rows):
            picked_word.set(table.words[rows[click.row]].strip("␣"))

    plot(
        heatmap.annotated_heatmap(
            shown,
            names,
            titles,
            theme(),
            selected=(rows.index(row), None),
            scale="diverging",
            labels=labels,
        ),
        key="embeddings_table",
        height=360,
        on_click=picked,
        caption=_(
            "{shown} of the {size:,} rows and the first {columns} of the {width} columns. Before "
            "each word stands what its row is multiplied by; the last row is the sum. Click a word "
            "to look it up, or a number to see its sum."
        ).format(shown=len(rows), size=len(table.words), columns=columns, width=width),
        source=of_run(run.spec),
        table=heatmap.heatmap_table(shown, names, titles, labels=labels),
    )
    one_hot = np.zeros(len(table.words))
    one_hot[row] = 1.0
    order = [*rows, *(place for place in range(len(one_hot)) if place not in rows)]
    products, _sum = dot(
        one_hot[order],
        vectors[order, column],
        float(vectors[row, column]),
        smaller=_("{count} more products, each 0"),
        shown=ROWS,
    )
    show_lines(
        "embeddings_row_sum",
        _("Number {column} of {word}").format(column=column + 1, word=code(table.words[row])),
        [(_("One product for each of the {size:,} words").format(size=len(one_hot)), "", products)],
    )


def _rows(table: WordTable, row: int) -> list[int]:
    """The chosen row among some others of several kinds, by their numbers."""
    others = [one for one in table.example_rows(ROWS) if one != row]
    return sorted({row, *others[: ROWS - 1]})
