"""The smaller pictures of the attention lesson: who fits whom, width, masks."""

from __future__ import annotations

import numpy as np
import streamlit as st

from core.figures import heatmap, widths
from core.figures.heatmap import annotated_heatmap, heatmap_table
from core.figures.theme import number
from core.figures.widths import width_curves, width_table
from core.wording import N_
from core.worked.masking import Way, hide
from core.worked.sharpness import SEED, sharpness
from core.worked.trace import causal_mask
from lessons.attention.examples import example
from pages.attention.state import ASKS, SCORES, WAY
from pages.parts.exercises.box import bet_placed
from pages.parts.frame.escaped import escaped
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.widgets.plot import plot
from pages.parts.widgets.shared.source import Source

_MADE_UP = N_("The lesson's own sentence: its numbers were chosen so that you can follow them.")
WIDTHS = (1, 4, 16, 64, 256)
KEYS = 6
_sharpness = st.cache_data(max_entries=32, show_spinner=False)(sharpness)


def best_key(token: str) -> str:
    """The key that this token's query fits best in the lesson's own sentence."""
    given = example("sentence")
    scores = given.q @ given.k.T
    return given.tokens[int(np.argmax(scores[given.tokens.index(token)]))]


@fragment
def show_asking() -> None:
    """One query above all keys; the scores appear when they are asked for."""
    given = example("sentence")
    asks = ASKS.draw(st.pills, _("Who asks?"), required=True)
    row = given.tokens.index(asks)
    scored = SCORES.toggle(_("Show the scores"))
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
        source=Source("chosen", (_(_MADE_UP),)),
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


def largest_weight_when_wider() -> str:
    """What happens to the largest weight when 64 numbers take the place of 4, undivided, as measured."""
    before, after = (float(_sharpness(width, False, KEYS).shares[0]) for width in (4, 64))
    if after > 0.8:
        return "one"
    return "even" if after < before - 0.1 else "same"


def show_widths() -> None:
    """After the bet: entropy and slope over the width, with and without the division."""
    if not bet_placed("attention", "wider"):
        st.info(_("Place your bet to see the curves of 4,000 random queries at each width."))
        return
    divided, undivided = ([_sharpness(w, how, KEYS) for w in WIDTHS] for how in (True, False))
    labels = labels_of(widths.LABELS)
    plot(
        width_curves(WIDTHS, divided, undivided, float(np.log(KEYS)), theme(), labels),
        key="attention_widths",
        height=430,
        caption=_(
            "Means of 4,000 random queries over {keys} random keys. Above: how spread out the weights "
            "are. Below: how far the largest weight still follows its own score."
        ).format(keys=KEYS),
        source=Source(
            "drawn",
            (_("Queries and keys are drawn anew at each width, seed {seed}.").format(seed=SEED),),
        ),
        table=width_table(WIDTHS, divided, undivided, labels),
    )
    narrow, wide = undivided[WIDTHS.index(4)], undivided[-1]
    st.markdown(
        _(
            "Not divided, the entropy falls from {before} to {after} nats between the widths {narrow} and "
            "{wide}, and the slope from {slope} to {flat}. Divided, at width {wide} they are {entropy} and "
            "{steady}."
        ).format(
            before=number(narrow.entropy),
            after=number(wide.entropy),
            narrow=4,
            wide=WIDTHS[-1],
            slope=number(narrow.gradient),
            flat=number(wide.gradient),
            entropy=number(divided[-1].entropy),
            steady=number(divided[-1].gradient),
        )
    )


_WAYS: dict[Way, str] = {
    "minus_infinity": N_("score −∞ before softmax"),
    "score_zero": N_("score 0 before softmax"),
    "weight_zero": N_("weight 0 after softmax"),
}


@fragment
def show_masking() -> None:
    """The same sentence hidden in three ways, with what each row adds up to."""
    way = WAY.draw(
        st.pills,
        _("How to hide later tokens"),
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
        source=Source("chosen", (_(_MADE_UP),)),
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
