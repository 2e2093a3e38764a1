"""What articles print, above what is true, with the place of the slip."""

from __future__ import annotations

import numpy as np
import streamlit as st

from core.figures import heatmap
from core.figures.heatmap import annotated_heatmap, heatmap_table
from core.wording import N_
from lessons.attention.printed import PRINTED, WRITTEN, Printed, Product, Written
from pages.attention.bench import ANCHOR
from pages.attention.state import EXAMPLE, PRINTED_ENTRY, PRINTED_OPENED, choose_example
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _
from pages.parts.frame.state import fragment, redraw_page
from pages.parts.frame.theme import theme
from pages.parts.widgets.plot import plot
from pages.parts.widgets.shared.source import Source

_ENTRIES: dict[str, Printed | Written] = {
    **{entry.slug: entry for entry in PRINTED},
    **{entry.slug: entry for entry in WRITTEN},
}


@fragment
def show_printed() -> None:
    """One mistake at a time: the claim, both rows of numbers, what is true, where the slip is."""
    chosen = PRINTED_ENTRY.draw(
        st.pills,
        _("Printed example"),
        words=lambda slug: _(_ENTRIES[slug].title),
        required=True,
    )
    entry = _ENTRIES[chosen]
    st.markdown(_(entry.claim))
    if isinstance(entry, Written):
        st.markdown("**" + _("What is true") + "** — " + _(entry.truth))
    else:
        _show_numbers(entry)
        st.markdown(
            _(entry.verdict).format(
                printed=sum(entry.printed), computed=sum(entry.computed), count=len(entry.computed)
            )
        )
    st.markdown("**" + _("Where the slip is") + "** — " + _(entry.slip))
    if isinstance(entry, Printed):
        _show_products(entry.products)
        if entry.repaired:
            _open_button(entry)


def _show_numbers(entry: Printed) -> None:
    width = max(len(entry.printed), len(entry.computed))
    lines = [
        [*numbers, *[np.nan] * (width - len(numbers)), *([sum(numbers)] if entry.adds_up else [])]
        for numbers in (entry.printed, entry.computed)
    ]
    columns = [str(place + 1) for place in range(width)]
    columns += [_("sum")] if entry.adds_up else []
    rows = [_("printed"), _("computed")]
    labels = labels_of(
        {
            **heatmap.LABELS,
            "rows": N_("where it comes from (row)"),
            "columns": N_("number (column)"),
        }
    )
    plot(
        annotated_heatmap(lines, rows, columns, theme(), labels=labels),
        key="attention_printed_picture",
        height=200,
        caption=_("Upper row: as printed. Lower row: computed here. A dash: no number there."),
        source=Source("article", (_("Recomputed on this page from the article's own example."),)),
        table=heatmap_table(lines, rows, columns, labels=labels),
    )


def _show_products(products: tuple[Product, ...]) -> None:
    """Each product with its shapes, and whether they fit."""
    for product in products:
        (a, b), (c, d) = product.left, product.right
        shapes = f"${product.name}$ : {a} × {b} · {c} × {d}"
        verdict = (
            _("fits: {inner} and {inner}") if product.fits else _("does not fit: {b} is not {c}")
        )
        st.markdown(
            f"{'✓' if product.fits else '✗'} {shapes} — {verdict.format(inner=b, b=b, c=c)}"
        )


def _open_button(entry: Printed) -> None:
    """The repaired example on the bench above."""

    def open_it() -> None:
        choose_example(entry.repaired)
        PRINTED_OPENED.set(entry.slug)
        redraw_page()

    st.button(_("Open the repaired example above"), key="attention_printed_open", on_click=open_it)
    if EXAMPLE.value == entry.repaired and PRINTED_OPENED.value == entry.slug:
        st.success(
            _("It is open, with its matrices to type over: [go up to the bench]({link}).").format(
                link=f"#{ANCHOR}"
            )
        )
