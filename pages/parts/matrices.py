"""Queries, keys and values that a learner can type over: three small grids, their tokens and width."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import streamlit as st

from core.errors import LearnerError
from lessons.attention.examples import (
    MOST_COLUMNS,
    MOST_TOKENS,
    Example,
    Matrix,
    example,
    resized,
)
from lessons.exercises import read_number
from pages.parts.language import _, worded

LARGEST = 100.0
LONGEST_TOKEN = 12
_STATE = "attention_matrices"
_GOOD = "attention_good"


@dataclass(frozen=True, eq=False)
class Matrices:
    """What the grids hold. ``version`` changes when they must be drawn anew, not when a cell is typed."""

    version: int
    slug: str
    tokens: tuple[str, ...]
    columns: tuple[str, ...]
    q: Matrix
    k: Matrix
    v: Matrix


def matrices(slug: str) -> Matrices:
    """The learner's matrices, begun from the example; choosing another example begins anew."""
    state = st.session_state.get(_STATE)
    if not isinstance(state, Matrices) or state.slug != slug:
        state = _from_example(example(slug), state.version + 1 if state else 0)
        st.session_state[_STATE] = state
    return state


def edit_matrices(state: Matrices) -> Matrices:
    """Draw the three grids and return what they hold; a bad cell gets a sentence and changes nothing."""
    edited: dict[str, Matrix] = {}
    for name, colour, saying in (
        ("q", "blue", _("queries: what each token looks for")),
        ("k", "red", _("keys: what each token offers")),
        ("v", "green", _("values: what each token hands over")),
    ):
        st.markdown(f":{colour}[**{name.upper()}**] {saying}")
        base: Matrix = getattr(state, name)
        try:
            edited[name] = read_grid(name.upper(), state.tokens, _grid(state, name, base))
        except LearnerError as error:
            st.warning(worded(error))
            edited[name] = getattr(_good(state), name)
    good = replace(state, **edited)
    st.session_state[_GOOD] = good
    return good


def reshape_matrices(state: Matrices) -> None:
    """Boxes for the tokens and the width; the numbers typed so far stay where they fit."""
    names = (f"attention_tokens_{state.version}", f"attention_width_{state.version}")

    def reshape() -> None:
        with contextlib.suppress(LearnerError):
            tokens = read_tokens(st.session_state[names[0]] or "")
            st.session_state[_STATE] = _reshaped(state, tokens, st.session_state[names[1]])

    def begin_again() -> None:
        st.session_state[_STATE] = _from_example(example(state.slug), state.version + 1)

    typed = st.text_input(
        _("Tokens, with spaces between them (at most {most})").format(most=MOST_TOKENS),
        value=" ".join(state.tokens),
        key=names[0],
        max_chars=200,
        on_change=reshape,
    )
    try:
        read_tokens(typed or "")
    except LearnerError as error:
        st.warning(worded(error))
    st.slider(
        _("Numbers in a query, dₖ"),
        1,
        MOST_COLUMNS,
        len(state.columns),
        key=names[1],
        on_change=reshape,
    )
    st.button(_("Begin this example again"), key="attention_again", on_click=begin_again)


def read_tokens(text: str) -> tuple[str, ...]:
    """One to six tokens as typed; LearnerError where there are none, too many, or one is too long."""
    tokens = tuple(text.split())
    if not tokens:
        raise LearnerError("Type at least one token.")
    if len(tokens) > MOST_TOKENS:
        raise LearnerError(
            "These are {count} tokens. Keep to {most}, so that every number stays readable.",
            count=len(tokens),
            most=MOST_TOKENS,
        )
    for token in tokens:
        if len(token) > LONGEST_TOKEN:
            raise LearnerError(
                "“{token}…” is too long for a token here: at most {most} characters.",
                token=token[:LONGEST_TOKEN],
                most=LONGEST_TOKEN,
            )
    return tokens


def read_grid(name: str, tokens: Sequence[str], cells: Sequence[Sequence[object]]) -> Matrix:
    """The typed cells [t e] as numbers; LearnerError names the first cell that is none."""
    grid = np.zeros((len(cells), len(cells[0])))
    for row, line in enumerate(cells):
        for column, cell in enumerate(line):
            place = {"matrix": name, "token": tokens[row], "column": column + 1}
            typed = "" if cell is None or cell != cell else str(cell).replace("−", "-").strip()
            if not typed:
                raise LearnerError(
                    "In {matrix}, row “{token}”, number {column} is empty: type a number, such as 0.",
                    **place,
                )
            try:
                value = read_number(typed)
            except LearnerError:
                raise LearnerError(
                    "In {matrix}, row “{token}”, number {column}: “{typed}” is not a number. The picture "
                    "keeps the last good one.",
                    **place,
                    typed=typed[:20],
                ) from None
            if abs(value) > LARGEST:
                raise LearnerError(
                    "In {matrix}, row “{token}”, number {column} is too large: keep between "
                    "−{most} and {most}.",
                    **place,
                    most=f"{LARGEST:.0f}",
                )
            grid[row, column] = value
    return grid


def _grid(state: Matrices, name: str, base: Matrix) -> list[list[object]]:
    names = [_(column) for column in state.columns]
    frame = pd.DataFrame([[f"{value:g}" for value in row] for row in base], columns=names)
    frame.insert(0, " ", list(state.tokens))
    edited = st.data_editor(
        frame,
        key=f"attention_{name}_{state.version}",
        hide_index=True,
        disabled=[" "],
        num_rows="fixed",
        row_height=30,
        column_config={
            " ": st.column_config.TextColumn(width=60),
            **{column: st.column_config.TextColumn(width=48, max_chars=12) for column in names},
        },
    )
    return [list(row)[1:] for row in edited.itertuples(index=False)]


def _good(state: Matrices) -> Matrices:
    """The last numbers without a bad cell in these grids."""
    good = st.session_state.get(_GOOD)
    return good if isinstance(good, Matrices) and good.version == state.version else state


def _from_example(chosen: Example, version: int) -> Matrices:
    return Matrices(
        version, chosen.slug, chosen.tokens, chosen.columns, chosen.q, chosen.k, chosen.v
    )


def _reshaped(state: Matrices, tokens: tuple[str, ...], width: int) -> Matrices:
    named = state.columns[:width]
    columns = (*named, *(str(place + 1) for place in range(len(named), width)))
    good = _good(state)
    now = {name: resized(getattr(good, name), len(tokens), width) for name in "qkv"}
    return Matrices(state.version + 1, state.slug, tokens, columns, **now)
