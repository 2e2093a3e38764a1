"""The smaller pictures of the attention lesson: who fits whom, width, masks, printed numbers."""

from __future__ import annotations

import numpy as np
import streamlit as st

from core.figures import heatmap
from core.figures.heatmap import annotated_heatmap, heatmap_table
from core.figures.theme import number
from core.inspection.sharpness import Sharpness, sharpness
from core.inspection.shortcuts import WAYS, Way, hide
from core.inspection.trace import causal_mask
from core.wording import N_
from lessons.attention.examples import PRINTED, example
from pages.parts.labels import labels_of
from pages.parts.language import _
from pages.parts.link import linked_choice
from pages.parts.plot import plot
from pages.parts.stages import escaped
from pages.parts.theme import theme

WIDTHS = (1, 4, 16, 64, 256)
KEYS = 6
_sharpness = st.cache_data(max_entries=32, show_spinner=False)(sharpness)


def best_key(token: str) -> str:
    """The key that this token's query fits best in the lesson's own sentence."""
    given = example("sentence")
    scores = given.q @ given.k.T
    return given.tokens[int(np.argmax(scores[given.tokens.index(token)]))]


@st.fragment
def show_asking() -> None:
    """One query above all keys; the scores appear when they are asked for."""
    given = example("sentence")
    asks = linked_choice(
        st.pills, _("Who asks?"), given.tokens, key="attention_asks", first="her", required=True
    )
    row = given.tokens.index(asks)
    scored = st.toggle(_("Show the scores"), key="attention_scores", bind="query-params")
    scores = given.k @ given.q[row]
    grid = np.vstack([given.q[row], given.k])
    columns = [_(column) for column in given.columns]
    if scored:
        grid = np.column_stack([grid, [np.nan, *scores]])
        columns.append(_("score"))
    rows = [_("query: {token}").format(token=given.tokens[row])]
    rows += [_("key: {token}").format(token=token) for token in given.tokens]
    labels = labels_of(
        {
            **heatmap.LABELS,
            "rows": N_("query, then keys (rows)"),
            "columns": N_("number (column)"),
            "value": N_("number"),
            "row": N_("list"),
            "column": N_("column"),
        }
    )
    plot(
        annotated_heatmap(
            grid,
            rows,
            columns,
            theme(),
            selected=(0, None),
            scale="diverging",
            labels=labels,
        ),
        key="attention_asking",
        height=340,
        caption=_(
            "Framed on top: what this token looks for. Below: what each token offers. Multiply column "
            "by column, then add up."
        ),
        table=heatmap_table(grid, rows, columns, labels=labels),
    )
    if scored:
        best = int(np.argmax(scores))
        st.markdown(
            _("**{query}** fits **{key}** best, with a score of {score}.").format(
                query=escaped(given.tokens[row]),
                key=escaped(given.tokens[best]),
                score=number(float(scores[best])),
            )
        )


@st.fragment
def show_widths() -> None:
    """Mean weights of random queries, from the largest down, at five widths."""
    divided = st.toggle(
        _("Divide by √dₖ"), value=True, key="attention_widths_divide", bind="query-params"
    )
    found = [_sharpness(width, divided, KEYS) for width in WIDTHS]
    shares = np.array([one.shares for one in found])
    rows = [f"dₖ = {width}" for width in WIDTHS]
    columns = [
        _("largest"),
        *(_("no. {place}").format(place=place) for place in range(2, KEYS + 1)),
    ]
    labels = labels_of(
        {
            **heatmap.LABELS,
            "rows": N_("numbers in a query (row)"),
            "columns": N_("weights of a row, sorted (column)"),
            "row": N_("width"),
            "column": N_("place"),
        }
    )
    plot(
        annotated_heatmap(shares, rows, columns, theme(), labels=labels),
        key="attention_widths",
        height=320,
        caption=_(
            "Each row: the mean weights of 4,000 random queries over {keys} random keys, sorted from "
            "the largest."
        ).format(keys=KEYS),
        table=heatmap_table(shares, rows, columns, labels=labels),
    )
    st.markdown(_width_sentence(found[1], found[-1], divided))


def _width_sentence(narrow: Sharpness, wide: Sharpness, divided: bool) -> str:
    sentence = (
        _(
            "Divided: at width {wide} the scores spread by {spread}, the largest weight is {largest} and "
            "the entropy {entropy} nats (at most {most})."
        )
        if divided
        else _(
            "Not divided: at width {wide} the scores spread by {spread}, the largest weight is {largest} "
            "and the entropy {entropy} nats (at most {most})."
        )
    )
    return " ".join(
        (
            sentence.format(
                wide=WIDTHS[-1],
                spread=number(wide.spread),
                largest=number(float(wide.shares[0])),
                entropy=number(wide.entropy),
                most=number(float(np.log(KEYS))),
            ),
            _(
                "Nudge that weight's own score by a little, and it follows with a slope of {slope}; at "
                "width {narrow} it is {before}."
            ).format(slope=number(wide.gradient), narrow=WIDTHS[1], before=number(narrow.gradient)),
        )
    )


_WAYS: dict[Way, str] = {
    "minus_infinity": N_("score −∞ before softmax"),
    "score_zero": N_("score 0 before softmax"),
    "weight_zero": N_("weight 0 after softmax"),
}


@st.fragment
def show_masking() -> None:
    """The same sentence hidden in three ways, with what each row adds up to."""
    way = linked_choice(
        st.pills,
        _("How to hide later tokens"),
        WAYS,
        key="attention_way",
        first="score_zero",
        words=lambda way: _(_WAYS[way]),
        required=True,
    )
    given = example("sentence")
    mask = causal_mask(len(given.tokens))
    scaled = given.q @ given.k.T / np.sqrt(given.q.shape[1])
    weights = hide(scaled, mask, way)
    totals = weights.sum(axis=1)
    grid = np.column_stack([weights, totals])
    columns = [*given.tokens, _("row sum")]
    labels = labels_of(heatmap.LABELS)
    hatched = np.column_stack([mask & (weights == 0), np.zeros(len(mask), dtype=bool)])
    plot(
        annotated_heatmap(grid, given.tokens, columns, theme(), mask=hatched, labels=labels),
        key="attention_masking",
        height=340,
        caption=_(
            "Row = query, column = key. Upper right: later tokens. Last column: the row's sum."
        ),
        table=heatmap_table(grid, given.tokens, columns, mask=hatched, labels=labels),
    )
    leaks = np.where(mask, weights, 0).sum(axis=1)
    leaking, short = int(np.argmax(leaks)), int(np.argmin(totals))
    if way == "score_zero":
        sentence = _(
            "Not hidden: **{token}** still gives {amount} of its attention to later tokens."
        )
    elif way == "weight_zero":
        sentence = _("Hidden, but the weights of **{token}** add up to only {amount}.")
    else:
        sentence = _("Hidden, and every row adds up to {amount}, that of **{token}** too.")
    token, amount = (leaking, leaks[leaking]) if way == "score_zero" else (short, totals[short])
    st.markdown(sentence.format(token=escaped(given.tokens[token]), amount=number(float(amount))))


@st.fragment
def show_printed() -> None:
    """What an article prints, above what the formula gives."""
    by_slug = {entry.slug: entry for entry in PRINTED}
    chosen = linked_choice(
        st.pills,
        _("Printed example"),
        tuple(by_slug),
        key="attention_printed",
        first=PRINTED[0].slug,
        words=lambda slug: _(by_slug[slug].title),
        required=True,
    )
    entry = by_slug[chosen]
    st.markdown(_(entry.claim))
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
        table=heatmap_table(lines, rows, columns, labels=labels),
    )
    st.markdown(
        _(entry.verdict).format(
            printed=sum(entry.printed), computed=sum(entry.computed), count=len(entry.computed)
        )
    )
