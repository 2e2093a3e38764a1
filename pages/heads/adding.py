"""Concatenating is not adding: what an article prints, what is true, and what W_O can make of it."""

from __future__ import annotations

import numpy as np
import streamlit as st

from core.figures import heatmap
from core.figures.heatmap import annotated_heatmap, heatmap_table
from core.figures.theme import number
from core.wording import N_
from lessons.attention.examples import PRINTED, WRITTEN
from lessons.heads.adding import WIDTH, Joined, Projection, joined
from pages.heads.state import MOVED, PROJECTION
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.widgets.plot import plot
from pages.parts.widgets.shared.source import Source

_NAMES: dict[Projection, str] = {
    "adds": N_("add them"),
    "first": N_("keep head 0"),
    "second": N_("keep head 1"),
    "difference": N_("take the difference"),
}
_BLOCKS: dict[Projection, str] = {
    "adds": r"\begin{bmatrix} I \\ I \end{bmatrix}",
    "first": r"\begin{bmatrix} I \\ 0 \end{bmatrix}",
    "second": r"\begin{bmatrix} 0 \\ I \end{bmatrix}",
    "difference": r"\begin{bmatrix} I \\ -I \end{bmatrix}",
}


@fragment
def show_adding() -> None:
    """Move numbers from one head to the other: the sum stays, what stands side by side changes."""
    moved = MOVED.slider(_("Change both heads so that their sum stays"))
    projection = PROJECTION.draw(
        st.segmented_control,
        _("Let W_O …"),
        words=lambda name: _(_NAMES[name]),
        required=True,
    )
    found = joined(moved, projection)
    _show_rows(found, _source(moved))
    st.markdown(f"$W_O = {_BLOCKS[projection]}$")
    st.markdown(_seen(moved, projection, found))


def show_mistakes() -> None:
    """The two printed mistakes about several heads: what was printed, what is true, where the slip is."""
    printed = next(entry for entry in PRINTED if entry.slug == "two_heads")
    written = next(entry for entry in WRITTEN if entry.slug == "heads_multiplied")
    with st.container(border=True, key="heads_mistakes"):
        st.markdown("**" + _("As printed in an article") + "** — " + _(printed.claim))
        true = _(printed.verdict).format(
            printed=sum(printed.printed),
            computed=sum(printed.computed),
            count=len(printed.computed),
        )
        st.markdown("**" + _("True") + "** — " + true)
        st.markdown("**" + _("The slip") + "** — " + _(printed.slip))
    with st.container(border=True, key="heads_mistakes_written"):
        st.markdown("**" + _("As printed in an article") + "** — " + _(written.claim))
        st.markdown("**" + _("True") + "** — " + _(written.truth))
        st.markdown("**" + _("The slip") + "** — " + _(written.slip))


def _source(moved: float) -> Source:
    printed = _("An article prints these two heads.")
    if not moved:
        return Source("article", (printed,))
    return Source(
        "numbers",
        (printed, _("You have moved {moved} from one to the other.").format(moved=number(moved))),
    )


def _show_rows(found: Joined, source: Source) -> None:
    empty = np.full(WIDTH, np.nan)
    lines = np.array(
        [
            [*found.heads[0], *empty],
            [*empty, *found.heads[1]],
            [*found.added, *empty],
            found.beside,
            [*found.out, *empty],
        ]
    )
    rows = [
        _("head 0"),
        _("head 1"),
        _("added up"),
        _("side by side"),
        _("then · W_O"),
    ]
    columns = [str(place + 1) for place in range(2 * WIDTH)]
    labels = labels_of(
        {
            **heatmap.LABELS,
            "rows": N_("what it is (row)"),
            "columns": N_("number (column)"),
            "value": N_("number"),
            "row": N_("row"),
            "column": N_("number"),
        }
    )
    plot(
        annotated_heatmap(lines, rows, columns, theme(), scale="diverging", labels=labels),
        key="heads_adding",
        height=290,
        caption=_("Empty: no number there. Added up, two heads are 4 numbers; side by side, 8."),
        source=source,
        table=heatmap_table(lines, rows, columns, labels=labels),
    )


def _seen(moved: float, projection: Projection, found: Joined) -> str:
    before = joined(0.0, projection)
    beside = int((np.abs(found.beside - before.beside) > 1e-9).sum())
    added = int((np.abs(found.added - before.added) > 1e-9).sum())
    out = int((np.abs(found.out - before.out) > 1e-9).sum())
    if not moved:
        return _(
            "Side by side, then times W_O, begins with {first}; the plain sum with {added}. Move the slider: "
            "which rows notice?"
        ).format(first=number(float(found.out[0])), added=number(float(found.added[0])))
    return _(
        "Moved by {moved}: **{beside} of 8** numbers side by side have changed, **{added} of 4** of the "
        "sum, and {out} of 4 after this W_O. Whoever gets only the sum cannot know."
    ).format(moved=number(moved), beside=beside, added=added, out=out)
