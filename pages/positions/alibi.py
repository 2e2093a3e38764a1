"""ALiBi: what each head takes from a score for its distance, and what that does to equal scores."""

from __future__ import annotations

import numpy as np
import streamlit as st

from core.figures import heatmap
from core.figures.heatmap import annotated_heatmap, heatmap_table
from core.figures.theme import ScaleName, number
from core.wording import N_
from core.worked.positions.alibi import (
    alibi_arithmetic,
    biases,
    half_distance,
    slopes,
    weights,
)
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.widgets.arithmetic import show_lines
from pages.parts.widgets.plot import Click, plot
from pages.parts.widgets.shared.source import Source
from pages.positions.state import ALIBI_LENGTH, ALIBI_VIEW, ALIBI_VIEWS, HEAD, HEADS, KEY, QUERY

_CAPTIONS = {
    "bias": N_("What is added to each scaled score. Row = query, column = key. Hatched = masked."),
    "with": N_(
        "All scores equal, plus the bias, softmax. Row = query, column = key. Rows add up to 1."
    ),
    "without": N_(
        "All scores equal, no bias, softmax. Row = query, column = key. Rows add up to 1."
    ),
}


@fragment
def show_alibi() -> None:
    """One head's matrix; beside it the arithmetic of the chosen cell."""
    left, right = st.columns([7, 5], gap="large")
    with left:
        heads, head, length, view = _knobs()
        picture = st.container()
    with right:
        query, key = _cell(length)
        _show_arithmetic(heads, head, query, key)
    bias = biases(heads, length)[head]
    even = weights(np.zeros_like(bias))
    falling = weights(bias)
    values = {"bias": bias, "with": falling, "without": even}[view]
    scale: ScaleName = "diverging" if view == "bias" else "attention"
    mask = np.triu(np.ones(bias.shape, dtype=bool), 1)
    names = [str(place) for place in range(length)]
    labels = labels_of({**heatmap.LABELS, **({"value": N_("bias")} if view == "bias" else {})})
    with picture:
        plot(
            annotated_heatmap(
                values,
                names,
                names,
                theme(),
                mask=mask,
                selected=(query, key),
                scale=scale,
                labels=labels,
            ),
            key="positions_alibi",
            height=420,
            on_click=_choose,
            caption=_(_CAPTIONS[view]),
            source=Source(
                "formula",
                (_("Nothing is learned: the slopes follow from the number of heads."),),
            ),
            table=heatmap_table(values, names, names, mask=mask, labels=labels),
        )
    slope = float(slopes(heads)[head])
    st.markdown(
        _(
            "Head {head} of {heads} has the slope {slope}: with equal scores, a token {half} positions back "
            "counts half as much. The last query gives itself **{own}** and the first token **{first}**; "
            "without the bias it gives each {even}."
        ).format(
            head=head,
            heads=heads,
            slope=f"{slope:.4g}",
            half=f"{half_distance(slope):.1f}",
            own=number(float(falling[-1, -1])),
            first=number(float(falling[-1, 0])),
            even=number(float(even[-1, 0])),
        )
    )


def _knobs() -> tuple[int, int, int, str]:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        heads = HEADS.draw(st.segmented_control, _("Heads"), required=True)
        head = HEAD.among(range(heads)).draw(st.pills, _("Head"), required=True)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        view = ALIBI_VIEW.draw(
            st.segmented_control,
            _("Show"),
            words=lambda option: _(ALIBI_VIEWS[option]),
            required=True,
        )
        length = ALIBI_LENGTH.slider(_("Tokens"), width=220)
    return heads, head, length, view


def _cell(length: int) -> tuple[int, int]:
    places = range(length)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        query = QUERY.among(places, first=min(QUERY.first, length - 1)).draw(
            st.selectbox, _("Query (row)"), width=130
        )
        key = KEY.among(places, first=min(KEY.first, length - 1)).draw(
            st.selectbox, _("Key (column)"), width=130
        )
    return query, key


def _choose(click: Click) -> None:
    QUERY.set(click.row)
    KEY.set(click.column)


def _show_arithmetic(heads: int, head: int, query: int, key: int) -> None:
    lines = alibi_arithmetic(heads, head, query, key)
    lines_shown = [
        (
            _("slope of head {head}, the first is number 1").format(head=head),
            "s",
            lines["slope"][0],
        ),
        (
            _("minus slope times distance, added to the scaled score"),
            rf"-s \cdot |{query} - {key}|",
            lines["bias"][0],
        ),
    ]
    if "weight" in lines:
        raised, total, share = lines["weight"]
        lines_shown += [
            (_("if all scores are 0: its exponential"), "", raised),
            (_("the exponentials of the row, added up"), "", total),
            (_("its weight"), "", share),
        ]
    title = _("query {query} → key {key}").format(query=query, key=key)
    show_lines("positions_alibi_lines", title, lines_shown)
    if "weight" not in lines:
        st.caption(
            _(
                "This key comes after its query: under the causal mask its score is −∞, whatever the bias."
            )
        )
