"""What a longer memory brings: the loss by order, on counted and on new text, and how much is unseen."""

from __future__ import annotations

import math

import streamlit as st

from core.figures import loss as loss_figure
from core.models.metrics import uniform_loss
from pages.ngram.counted import (
    MEASURED,
    ORDERS,
    Counted,
    first_impossible,
    losses_by_order,
    source_of,
    unseen_share,
)
from pages.ngram.formula import power_of_ten
from pages.parts.frame.escaped import code
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _
from pages.parts.frame.theme import theme
from pages.parts.widgets.plot import plot

_BEFORE = 4
"""Tokens that are named before an impossible one."""


def show_orders(counted: Counted) -> None:
    """Loss on counted and on new text for each order."""
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
        source=source_of(
            counted,
            _(
                "The losses: on at most {most} tokens of it and of the text kept for testing."
            ).format(most=f"{MEASURED:,}"),
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
            _(
                "On new text every order has an infinite loss: nothing unseen was given a share. Choose a "
                "smoothing at the top of the page, and compare."
            )
        )
    _say_impossible(counted)


def _say_impossible(counted: Counted) -> None:
    """Why a loss is infinite: one token without a chance is enough."""
    place = first_impossible(counted)
    if place is None:
        return
    show, before = counted.tokenizer.show, counted.validation[max(0, place - _BEFORE) : place]
    st.markdown(
        _(
            "At order {order} the loss on new text is **∞**. The first token there that was never counted "
            "in such a place is {token}, after {before}: it got probability 0, and −ln 0 is ∞."
        ).format(
            order=counted.model.order,
            token=code(show(int(counted.validation[place]))),
            before=code(" ".join(show(int(token)) for token in before)),
        )
    )


def show_sparsity(counted: Counted) -> None:
    """How full the table is, and how often a new text's context is unknown."""
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
