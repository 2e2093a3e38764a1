"""Lesson N-grams: count, divide, smooth, lengthen the memory, write."""

from __future__ import annotations

import math

import numpy as np
import streamlit as st

from core.errors import LearnerError
from core.figures import counts as count_figure
from core.figures import loss as loss_figure
from core.models.metrics import uniform_loss
from lessons.exercises import load_exercises
from pages.ngram.choices import (
    ORDERS,
    Counted,
    choose_and_count,
    lines_around,
    losses_by_order,
    most_frequent,
    unseen_share,
)
from pages.ngram.far import show_far
from pages.ngram.formula import power_of_ten
from pages.ngram.path import show_next_tokens, show_path, show_unseen
from pages.ngram.writing import show_writing
from pages.parts.exercises.box import show_exercise
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _, language, worded
from pages.parts.frame.theme import theme
from pages.parts.lesson import below, beside, inline, show_lesson
from pages.parts.training.controls import training_panel
from pages.parts.training.panel import Panel
from pages.parts.widgets.plot import plot

SLUG = "ngram"
TABLE = 12
"""Rows and columns of the table of counts."""

_COUNTED = "ngram_counted"
_PAIR = "ngram_pair"


def show_choices() -> None:
    """The choices of the whole page, and what has been counted, in a sentence."""
    try:
        counted = choose_and_count()
    except LearnerError as error:
        st.warning(worded(error))
        return
    st.session_state[_COUNTED] = counted
    st.markdown(
        _(
            "Counted: **{tokens:,}** tokens, **{vocabulary}** different ones; **{held:,}** tokens are "
            "held out and never counted."
        ).format(
            tokens=len(counted.training),
            vocabulary=counted.model.vocabulary_size,
            held=len(counted.validation),
        )
    )


def show_counts() -> None:
    counted = _counted()
    if counted is not None:
        st.fragment(_counts)(counted)


def _counts(counted: Counted) -> None:
    """The table of the most frequent pairs; a click shows where the pair stands in the text."""
    frequent = most_frequent(counted, TABLE)
    pairs = np.zeros((len(frequent), len(frequent)), dtype=np.int64)
    first, second = counted.training[:-1], counted.training[1:]
    for row, context in enumerate(frequent):
        after = np.bincount(second[first == context], minlength=counted.model.vocabulary_size)
        pairs[row] = after[frequent]
    names = [counted.tokenizer.show(token) for token in frequent]
    chosen = st.session_state.get(_PAIR)
    labels = labels_of(count_figure.LABELS)
    clicked = plot(
        count_figure.count_heatmap(pairs, names, names, theme(), selected=chosen, labels=labels),
        key="ngram_counts",
        height=470,
        selectable=True,
        caption=_(
            "Row: the context. Column: what came next. The number is how often. Click a cell to see "
            "where."
        ),
        table=count_figure.count_table(pairs, names, names, labels=labels),
    )
    if clicked is not None and (clicked.row, clicked.column) != chosen:
        chosen = (clicked.row, clicked.column)
        st.session_state[_PAIR] = chosen
        st.rerun(scope="fragment")
    row, column = chosen or np.unravel_index(int(pairs.argmax()), pairs.shape)
    _pairs_that_occur(counted)
    if row < len(frequent) and column < len(frequent):
        _pair_lines(counted, [frequent[row], frequent[column]], int(pairs[row, column]))


def _pairs_that_occur(counted: Counted) -> None:
    size = counted.model.vocabulary_size
    kinds = len(np.unique(counted.training[:-1] * size + counted.training[1:]))
    st.markdown(
        _(
            "Of {possible:,} possible pairs ({size:,} × {size:,}), **{kinds:,}** occur: {share:.1%}."
        ).format(possible=size**2, size=size, kinds=kinds, share=kinds / size**2)
    )


def _pair_lines(counted: Counted, pair: list[int], times: int) -> None:
    shown = " ".join(counted.tokenizer.show(token) for token in pair)
    st.markdown(
        _("`{pair}` stands in the text **{times:,}** times.").format(pair=shown, times=times)
    )
    lines = lines_around(counted, pair)
    if lines:
        st.code("\n".join(lines), language=None, wrap_lines=True)


def show_orders() -> None:
    """Loss on counted and on new text for each order."""
    counted = _counted()
    if counted is None:
        return
    losses = losses_by_order(counted)
    finite = [[value if math.isfinite(value) else None for value in pair] for pair in losses]
    curve = loss_figure.Curve(
        _("N-gram"), ORDERS, [pair[0] for pair in finite], [pair[1] for pair in finite]
    )
    labels = {**labels_of(loss_figure.LABELS), "x": _("order n")}
    figure = loss_figure.loss_curves(
        [curve],
        theme(),
        uniform=uniform_loss(counted.model.vocabulary_size),
        marker=counted.model.order,
        labels=labels,
    )
    figure.update_xaxes(range=[ORDERS[0] - 0.3, ORDERS[-1] + 0.3], tickvals=list(ORDERS))
    for line in figure.traces:
        line["mode"] = "lines+markers"
    plot(
        figure,
        key="ngram_orders",
        height=340,
        caption=_(
            "Thin: the text it has counted. Thick: text it has never seen. A gap between them is "
            "memorising. A missing point is an infinite loss."
        ),
        table=loss_figure.loss_table([curve], labels=labels),
    )
    best = min(range(len(ORDERS)), key=lambda i: losses[i][1])
    if math.isfinite(losses[best][1]):
        st.markdown(
            _(
                "On new text, order **{best}** is best: {loss:.2f} nats per token. At order {last} the "
                "counted text costs {train:.2f} and new text {new}."
            ).format(
                best=ORDERS[best],
                loss=losses[best][1],
                last=ORDERS[-1],
                train=losses[-1][0],
                new=f"{losses[-1][1]:.2f}" if math.isfinite(losses[-1][1]) else "∞",
            )
        )
    else:
        st.markdown(
            _("On new text every order has an infinite loss: nothing unseen was given a share.")
        )


def show_sparsity() -> None:
    """How full the table is, and how often a new text's context is unknown."""
    counted = _counted()
    if counted is None:
        return
    order, size = counted.model.order, counted.model.vocabulary_size
    kinds = len(counted.model.counts(order)[0])
    unseen = unseen_share(counted)
    st.markdown(
        _(
            "At order {order} there are ${size}^{{{order}}} \\approx {possible}$ possible n-grams; "
            "**{kinds:,}** occurred."
        ).format(order=order, size=size, possible=power_of_ten(size**order), kinds=kinds)
    )
    if unseen is not None:
        st.markdown(
            _("Of the n-grams of the held-out text, **{unseen:.0%}** were never counted.").format(
                unseen=unseen
            )
        )


def show_training() -> None:
    counted = _counted()
    if counted is not None:
        training_panel(
            Panel(SLUG, counted.spec, 1.0, another=_next_order, own_text=counted.own_text)
        )


def show_bet_far() -> None:
    """The last exercise, and under it what the counts say."""
    show_exercise(SLUG, load_exercises(SLUG, language())["bet_far"])
    show_far()


def _next_order() -> None:
    order = int(st.session_state.get("ngram_order") or 3)
    st.session_state["ngram_order"] = order % ORDERS[-1] + 1


def _counted() -> Counted | None:
    """What the choices at the top have counted; None while they cannot be counted."""
    return st.session_state.get(_COUNTED)


def _with_counted(show: object) -> object:
    return lambda: show(_counted()) if _counted() is not None else None


st.session_state.pop(_COUNTED, None)
show_lesson(
    SLUG,
    {
        "choices": below(show_choices),
        "counts": beside(show_counts),
        "next_tokens": beside(_with_counted(show_next_tokens)),
        "path": below(_with_counted(show_path)),
        "unseen": inline(_with_counted(show_unseen)),
        "orders": beside(show_orders),
        "sparsity": inline(show_sparsity),
        "writing": beside(_with_counted(show_writing)),
        "training": below(show_training),
        "bet_far": inline(show_bet_far),
    },
)
