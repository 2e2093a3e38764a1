"""The worked example on paper: an exercise sheet with empty boxes and its solution, HTML and LaTeX."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from core.errors import LearnerError
from core.worked.trace import Trace
from core.worked.worksheet import WorksheetWords, worksheet
from pages.parts.frame.language import _, language, worded


def worksheet_popover(
    key: str, trace: Callable[[], Trace], *, row: int = -1, seed: int = 0
) -> None:
    """A button that offers four files; the sheets are made only when one of them is asked for.

    ``row`` is the one that the solution works out in full, ``seed`` chooses the empty boxes.
    """
    popover = st.popover(
        "✎ " + _("Worksheet"), key=f"{key}_worksheet", on_change="rerun", width="content"
    )
    if not popover.open:
        return
    with popover:
        _show_files(key, trace(), row, seed)


def _show_files(key: str, trace: Trace, row: int, seed: int) -> None:
    """Two sheets as files to print or to edit."""
    words = WorksheetWords().translated(_)
    tongue = language()
    st.markdown(
        _(
            "These numbers on paper: a sheet with empty boxes, and its solution apart. The web page can "
            "be printed as it is."
        )
    )
    for name, solution in (("exercise", False), ("solution", True)):
        try:
            sheet = worksheet(
                trace, words, blanks=seed, solution=solution, row=row, language=tongue
            )
        except LearnerError as error:
            st.warning(worded(error))
            return
        st.markdown(f"**{words.solution_title if solution else words.title}**")
        with st.container(horizontal=True):
            for kind, text, mime in (
                ("html", sheet.html, "text/html"),
                ("tex", sheet.latex, "application/x-tex"),
            ):
                st.download_button(
                    _("HTML, to print") if kind == "html" else _("LaTeX"),
                    data=text.encode("utf-8"),
                    file_name=f"{key}_{name}.{kind}",
                    mime=mime,
                    on_click="ignore",
                    key=f"{key}_worksheet_{name}_{kind}",
                )
