"""A matrix that takes what is typed into it, and takes it back."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.errors import LearnerError
from pages.parts.widgets.grid import Edit, matrix_grid
from pages.parts.widgets.grid.cells import read_cell, short_text
from pages.parts.widgets.shared.source import Source

ROWS, COLUMNS = ("Mia", "gave", "her", "ball"), ("girl", "boy", "action", "thing")

past: list[list[list[str]]] = st.session_state.setdefault("past", [])
future: list[list[list[str]]] = st.session_state.setdefault("future", [])
texts: list[list[str]] = st.session_state.setdefault("texts", [["0"] * 4 for _ in ROWS])


def edit(edits: Sequence[Edit]) -> None:
    past.append([list(row) for row in texts])
    future.clear()
    for each in edits:
        texts[each.row][each.column] = short_text(each.text)


def go(back: list[list[list[str]]], forth: list[list[list[str]]]) -> None:
    if back:
        forth.append([list(row) for row in texts])
        texts[:] = back.pop()


def problems() -> dict[tuple[int, int], str]:
    found = {}
    for row, line in enumerate(texts):
        for column, text in enumerate(line):
            try:
                read_cell(text)
            except LearnerError as error:
                found[row, column] = str(error)
    return found


matrix_grid(
    "Q",
    texts,
    ROWS,
    COLUMNS,
    key="grid",
    colour="query",
    caption="A matrix",
    source=Source("numbers", ("As typed in this test.",)),
    bad=problems(),
    on_edit=edit,
    on_undo=lambda: go(past, future),
    on_redo=lambda: go(future, past),
)
st.text("Kept: " + " ".join(text for row in texts for text in row))
