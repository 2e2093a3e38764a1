"""How each kind of exercise is answered: pills, a box for a number, steps to move, a grid, lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from lessons.exercises import Exercise, shuffled
from lessons.judging import Answer
from pages.parts.exercises.plain_text import spoken
from pages.parts.frame.language import _
from pages.parts.widgets.grid import matrix_grid
from pages.parts.widgets.grid.cells import Edit
from pages.parts.widgets.shared.source import Source


def ask_for(exercise: Exercise, key: str, seed: int, disabled: bool = False) -> Answer:
    """Draw the widgets of this kind under ``key`` and return the answer as it stands.

    ``seed`` decides how steps are shuffled. A matrix is drawn by ``show_matrix``, after it is judged.
    """
    match exercise.kind:
        case "choice" | "predict":
            return _pills(exercise, key, disabled)
        case "mistake":
            return _lines(exercise, key)
        case "order":
            return _steps(exercise, key, seed)
        case "matrix":
            return _typed(exercise, key)
        case "number":
            return st.text_input(
                spoken(exercise.question),
                key=f"{key}_answer",
                placeholder=_("a number"),
                label_visibility="collapsed",
                max_chars=40,
                width=260,
            )


def _pills(exercise: Exercise, key: str, disabled: bool) -> str:
    texts = {option.id: option.text for option in exercise.options}
    chosen = st.pills(
        spoken(exercise.question),
        list(texts),
        format_func=lambda option: texts.get(option, option),
        key=f"{key}_answer",
        label_visibility="collapsed",
        disabled=disabled,
    )
    return str(chosen or "")


def _lines(exercise: Exercise, key: str) -> str:
    texts = {option.id: option.text for option in exercise.options}
    chosen = st.radio(
        spoken(exercise.question),
        list(texts),
        index=None,
        format_func=lambda option: texts.get(option, option),
        key=f"{key}_answer",
        label_visibility="collapsed",
    )
    return str(chosen or "")


def _steps(exercise: Exercise, key: str, seed: int) -> Sequence[str]:
    """The steps one under the other, each with two buttons that move it."""
    name = f"{key}_order"
    texts = {item.id: item.text for item in exercise.items}
    order: list[str] = st.session_state.setdefault(name, list(shuffled(exercise, seed)))

    def move(place: int, by: int) -> None:
        order[place], order[place + by] = order[place + by], order[place]

    rows = st.container(gap="xxsmall")
    for place, item in enumerate(order):
        with rows, st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            st.button(
                "▲",
                key=f"{key}_up_{place}",
                help=_("Move up"),
                on_click=move,
                args=(place, -1),
                disabled=place == 0,
            )
            st.button(
                "▼",
                key=f"{key}_down_{place}",
                help=_("Move down"),
                on_click=move,
                args=(place, 1),
                disabled=place == len(order) - 1,
            )
            with st.container():
                st.markdown(f"{place + 1}. {texts[item]}")
    return tuple(order)


def show_matrix(
    exercise: Exercise,
    key: str,
    marks: Mapping[tuple[int, int], bool],
    on_change: Callable[[], None],
) -> None:
    """The matrix with its blanks, its cells marked right or wrong; what is given cannot be typed over."""
    texts = _typed(exercise, key)
    given = _given(exercise)

    def edit(edits: Sequence[Edit]) -> None:
        for change in edits:
            if not given[change.row][change.column]:
                texts[change.row][change.column] = change.text
        on_change()

    matrix_grid(
        "",
        texts,
        exercise.rows,
        exercise.columns,
        key=f"{key}_grid",
        colour="attention",
        caption=spoken(exercise.question),
        source=_source(exercise),
        editable=[[not cell for cell in line] for line in given],
        marks=marks,
        on_edit=edit,
    )


def _source(exercise: Exercise) -> Source:
    yours = _("What stands in the empty cells is yours.")
    if exercise.drawn:
        return Source("drawn", (_("The question's numbers were drawn for you."), yours))
    return Source("chosen", (yours,))


def _typed(exercise: Exercise, key: str) -> list[list[str]]:
    """The cells as typed so far."""
    cells: list[list[str]] = st.session_state.setdefault(
        f"{key}_cells", [list(line) for line in _given(exercise)]
    )
    return cells


def _given(exercise: Exercise) -> Sequence[Sequence[str]]:
    return exercise.given or tuple(("",) * len(exercise.columns) for _row in exercise.rows)
