"""What a longer memory brings: the loss by order, on counted and on new text, and how much is unseen."""

from __future__ import annotations

import math

import streamlit as st

from core.figures import lines as line_figure
from core.figures import loss as loss_figure
from core.models.metrics import perplexity, uniform_loss
from pages.ngram.counted import (
    MEASURED,
    ORDERS,
    Counted,
    first_impossibles,
    losses_by_order,
    source_of,
    unseen_shares,
)
from pages.ngram.formula import power_of_ten
from pages.ngram.state import MEASURE, MEASURES, SMOOTHING
from pages.parts.frame.escaped import code
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.widgets.plot import plot

_BEFORE = 4
"""Tokens that are named before an impossible one."""


def show_orders(counted: Counted) -> None:
    """Loss or perplexity on counted and on new text for each order, and why some are infinite."""
    with st.spinner(_("Measuring every order …"), show_time=False):
        losses = losses_by_order(counted)
    if SMOOTHING.value == "mle":
        st.button(
            _("Smooth with Kneser–Ney"),
            key="ngram_smooth_orders",
            on_click=SMOOTHING.set,
            args=("kneser_ney",),
        )
    _curves(counted, losses)
    _say_best(losses)
    _say_impossible(counted)


@fragment
def _curves(counted: Counted, losses: tuple[tuple[float, float], ...]) -> None:
    measure = MEASURE.draw(
        st.segmented_control, _("Measured as"), words=lambda name: _(MEASURES[name])
    )
    uniform = uniform_loss(counted.model.vocabulary_size)
    labels = {**labels_of(loss_figure.LABELS), "x": _("order n")}
    if measure == "perplexity":
        losses = tuple((perplexity(old), perplexity(new)) for old, new in losses)
        labels["y"] = _("perplexity")
    finite = [[value if math.isfinite(value) else None for value in pair] for pair in losses]
    curve = loss_figure.Curve(
        _("N-gram"), ORDERS, [pair[0] for pair in finite], [pair[1] for pair in finite]
    )
    figure = loss_figure.loss_curves(
        [curve],
        theme(),
        uniform=uniform if measure == "loss" else None,
        marker=counted.model.order,
        labels=labels,
    )
    figure.update_xaxes(range=[ORDERS[0] - 0.3, ORDERS[-1] + 0.3], tickvals=list(ORDERS))
    for line in figure.traces:
        if line["mode"] == "lines":
            # The browser's pen asks each marker for its looks.
            line["mode"] = "lines+markers"
            line["marker"] = {"color": line["line"]["color"], "size": 7, "symbol": "circle"}
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
    if measure == "perplexity":
        st.markdown(
            _("Guessing evenly has a perplexity of {size:,}: as many as there are tokens.").format(
                size=counted.model.vocabulary_size
            )
        )


def _say_best(losses: tuple[tuple[float, float], ...]) -> None:
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
                "smoothing, and compare."
            )
        )


def _say_impossible(counted: Counted) -> None:
    """Why losses are infinite: one token without a chance is enough. For each order the first such token."""
    places = first_impossibles(counted)
    found = [(n, place) for n, place in zip(ORDERS, places, strict=True) if place is not None]
    if not found:
        return
    st.markdown(
        _(
            "At these orders the loss on new text is **∞**. In each, this is the first token that was never "
            "counted in such a place: it got probability 0, and −ln 0 is ∞."
        )
    )
    show = counted.tokenizer.show
    lines = []
    for order, place in found:
        before = counted.validation[max(0, place - min(order - 1, _BEFORE)) : place]
        words = " ".join(show(int(token)) for token in before)
        lines.append(
            _("- order {order}: {token} after {before}").format(
                order=order,
                token=code(show(int(counted.validation[place]))),
                before=code(words) if words else _("nothing"),
            )
        )
    st.markdown("\n".join(lines))


def show_sparsity(counted: Counted) -> None:
    """How full the table is, and how often a new text's n-gram, and its context, is unknown."""
    order, size = counted.model.order, counted.model.vocabulary_size
    kinds = len(counted.model.counts(order)[0])
    st.markdown(
        _(
            "At order {order} there are ${size}^{{{order}}} \\approx {possible}$ possible n-grams; "
            "**{kinds:,}** occurred."
        ).format(order=order, size=size, possible=power_of_ten(size**order), kinds=kinds)
    )
    shares = unseen_shares(counted)
    known = [(n, share) for n, share in zip(ORDERS, shares, strict=True) if share is not None]
    if not known:
        return
    orders = [n for n, _share in known]
    lines = [
        line_figure.Line(_("the n-gram"), orders, [share for _n, share in known]),
        line_figure.Line(_("its context"), orders, [0.0, *(share for _n, share in known[:-1])]),
    ]
    words = (_("order n"), _("share never counted"))
    figure = line_figure.lines(lines, theme(), *words, ticks=orders)
    figure.update_yaxes(tickformat=".0%", range=[0, 1.04])
    figure.update_xaxes(range=[0.7, orders[-1] + 0.3])
    plot(
        figure,
        key="ngram_unseen",
        height=300,
        caption=_(
            "Of the held-out text: the share of n-grams that were never counted, and of contexts that were "
            "never counted, by order."
        ),
        source=source_of(counted),
        table=line_figure.lines_table(lines, *words, line=_("what")),
    )
    unseen = shares[order - 1]
    if unseen is not None:
        st.markdown(
            _("Of the n-grams of the held-out text, **{unseen:.0%}** were never counted.").format(
                unseen=unseen
            )
        )
