"""The same tokens in another order: what one attention head takes away, before and after."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.errors import LearnerError
from core.figures import heatmap
from core.figures.heatmap import annotated_heatmap, heatmap_table
from core.figures.theme import number
from core.wording import N_
from core.worked.positions.order_sensitivity import HEAD_WIDTH, SEED, Way, attend, changes
from pages.parts.exercises.box import bet_placed
from pages.parts.frame.escaped import escaped
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _, language, worded
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.widgets.plot import plot
from pages.parts.widgets.shared.source import Source
from pages.positions.state import ADDED, CAUSAL, FIRST_TEXTS, ORDER, ORDERS, SHUFFLED, TEXT

SLUG = "positions"
BET = "bet_shuffle"
MOST_WORDS = 10
_SAME = 1e-9
"""Below this a difference is rounding, since sums are added up in another order: for a page it is 0."""


@fragment
def show_shuffle() -> None:
    """Sentence, order and switches; outputs before and after, and one sentence."""
    try:
        words = words_of(_text())
    except LearnerError as error:
        st.warning(worded(error))
        return
    held = not bet_placed(SLUG, BET)
    order, way, causal = _switches(len(words), held)
    before = attend(words, way, causal).outputs
    left, right = st.columns(2, gap="medium")
    with left:
        _show_before(words, before)
    with right:
        if held:
            st.info(_("Place your bet: then the same words in another order appear here."))
            return
        measured = changes(words, order, way, causal)
        changed = np.where(measured < _SAME, 0.0, measured)
        after = attend([words[place] for place in order], way, causal).outputs
        _show_after([words[place] for place in order], order, after, changed)
    st.markdown(sentence([words[place] for place in order], order, changed, way, causal))


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, or its signs where it is Chinese without spaces; at most ten."""
    words = text.split()
    if len(words) == 1 and not text.isascii():
        words = list(words[0])
    if len(words) < 2:
        raise LearnerError("Write at least two words, so that there is an order.")
    return tuple(words[:MOST_WORDS])


def new_order(kind: str, count: int, seed: int) -> tuple[int, ...]:
    """Where the token at each new place stood before; never the old order, if ``count`` > 1."""
    if kind == "swap":
        return (1, 0, *range(2, count))
    if kind == "reverse":
        return tuple(range(count - 1, -1, -1))
    rng = np.random.default_rng(seed)
    order = tuple(range(count))
    while order == tuple(range(count)):
        order = tuple(int(place) for place in rng.permutation(count))
    return order


def sentence(
    words: Sequence[str],
    order: Sequence[int],
    changed: NDArray[np.float64],
    way: Way,
    causal: bool,
) -> str:
    """What the shuffle did, from the largest change of each row [t]."""
    most = int(np.argmax(changed))
    kept = int(np.sum(changed < _SAME))
    if way != "none":
        return _(
            "With positions the order counts: the largest change is **{most}**, in the row of "
            "**{word}**. Rows that stayed the same: {kept} of {count}."
        ).format(
            most=number(float(changed[most])),
            word=escaped(words[most]),
            kept=kept,
            count=len(words),
        )
    if not causal:
        return _(
            "The largest change of any number is **{most}**: every token takes away exactly what it took "
            "before, only the rows have moved."
        ).format(most=number(float(changed[most])))
    return _(
        "No positions, and still a change of **{most}** in the row of **{word}**: it was token {old} "
        "and is now token {new}, so the mask lets it see other tokens. {kept} of {count} rows stayed the "
        "same: those tokens see the same set of tokens as before, in whatever order."
    ).format(
        most=number(float(changed[most])),
        word=escaped(words[most]),
        old=order[most],
        new=most,
        kept=kept,
        count=len(words),
    )


def truth_shuffle() -> str:
    """Which option of the bet is right, measured on the lesson's own sentence."""
    words = words_of(FIRST_TEXTS["en"])
    changed = changes(words, new_order("reverse", len(words), 0), "none")
    return "same" if changed.max() < _SAME else "all"


def by_letters() -> str:
    """How the vectors come about of words that no model was trained on."""
    return _(
        "Each word's vector is drawn from its letters, the head's matrices with seed {seed}."
    ).format(seed=SEED)


def _source() -> Source:
    text = TEXT.beginning(FIRST_TEXTS[language()])
    return Source("drawn", (by_letters(),), own_text=text.value != text.first)


def _text() -> str:
    return TEXT.beginning(FIRST_TEXTS[language()]).box(
        _("Your sentence, up to ten words"),
        help=_("Every word gets a vector of its own, drawn from its letters: always the same one."),
    )


def _switches(count: int, held: bool) -> tuple[tuple[int, ...], Way, bool]:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = ORDER.draw(
            st.segmented_control,
            _("New order"),
            words=lambda option: _(ORDERS[option]),
            required=True,
            disabled=held,
        )
        if kind == "shuffle":
            st.button(_("Shuffle again"), key="positions_again", on_click=_again)
        placed = ADDED.toggle(_("Add positions"), disabled=held)
        causal = CAUSAL.toggle(_("Causal mask"), disabled=held)
    way: Way = "sinusoidal" if placed else "none"
    return new_order(kind, count, SHUFFLED.value), way, causal


def _again() -> None:
    SHUFFLED.set(SHUFFLED.value + 1)


def _show_before(words: Sequence[str], outputs: NDArray[np.float64]) -> None:
    labels = labels_of(_LABELS)
    columns = [str(place) for place in range(HEAD_WIDTH)]
    plot(
        annotated_heatmap(
            outputs, numbered(words), columns, theme(), scale="diverging", labels=labels
        ),
        key="positions_before",
        height=120 + 34 * len(words),
        caption=_("As written: what the head gives each token. Row = token, column = number."),
        source=_source(),
        table=heatmap_table(outputs, words, columns, labels=labels),
    )


def _show_after(
    words: Sequence[str],
    order: Sequence[int],
    outputs: NDArray[np.float64],
    changed: NDArray[np.float64],
) -> None:
    labels = labels_of(_LABELS)
    grid = np.column_stack([outputs, changed])
    columns = [*(str(place) for place in range(HEAD_WIDTH)), _("change")]
    plot(
        annotated_heatmap(
            grid, numbered(words), columns, theme(), scale="diverging", labels=labels
        ),
        key="positions_after",
        height=120 + 34 * len(words),
        caption=_(
            "In the new order. Last column: the largest difference to the row of the same token on the left."
        ),
        source=_source(),
        table=heatmap_table(grid, words, columns, labels=labels),
    )


def numbered(words: Sequence[str]) -> list[str]:
    """Tokens with their positions, counted from 0."""
    return [f"{place} {word}" for place, word in enumerate(words)]


_LABELS = {
    **heatmap.LABELS,
    "rows": N_("position and token (row)"),
    "columns": N_("number of the output (column)"),
    "value": N_("output"),
    "row": N_("token"),
    "column": N_("column"),
}
