"""The ways of smoothing side by side, on the same tokens; and the discount that a text asks for."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.figures import shares as share_figure
from core.models.ngram import NGramModel
from core.models.ngram_estimates import Discount, estimated_discount
from core.spec.families.ngram import NGramSpec
from pages.ngram.counted import Counted, measured, source_of
from pages.ngram.formula import number
from pages.ngram.path import Question
from pages.ngram.state import COMMON, SMOOTHING, SMOOTHINGS, TOKEN
from pages.ngram.texts import context_in
from pages.parts.frame.escaped import code, literal
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _, listed
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.training.own_text import when_deleted
from pages.parts.widgets.plot import Click, plot
from pages.parts.widgets.shared.source import Source

SHOWN = 3
"""Tokens that followed the context, and as many that did not."""


@dataclass(frozen=True)
class Ways:
    """What each of SMOOTHINGS gives [s] to a few tokens [t] after one context, and to all unseen ones."""

    tokens: list[int]
    counts: list[int]
    """How often each of ``tokens`` followed."""
    shares: NDArray[np.float64]
    """[s, t]."""
    unseen: NDArray[np.float64]
    """All tokens that never followed, together, [s]."""


def compare(question: Question) -> Ways:
    """The most frequent tokens that followed the context, a middle one, the rarest; and three that did not,
    from the most frequent in the text to one that only ever follows few others."""
    counted, followed = question.counted, question.followed
    models = _models(counted.spec.canonical_json(), counted)
    shares = np.array(
        [np.exp(models[name].next_log_probabilities([question.context])[0]) for name in SMOOTHINGS]
    )
    seen = [int(t) for t in np.argsort(-followed, kind="stable") if followed[t]]
    tokens = [*_spread(seen), *_unseen_ones(counted, followed)]
    return Ways(
        tokens,
        [int(followed[token]) for token in tokens],
        shares[:, tokens],
        shares[:, followed == 0].sum(axis=1),
    )


def show_ways(question: Question) -> None:
    """The picture, what it says, and how well each way guesses."""
    ways = compare(question)
    show = question.counted.tokenizer.show
    used = " ".join(show(int(token)) for token in question.used) or _("nothing (order 1)")
    names = [_(name) for name in SMOOTHINGS.values()]
    columns = [*(show(token) for token in ways.tokens), _("all unseen")]
    shares = np.column_stack([ways.shares, ways.unseen])
    labels = labels_of(share_figure.LABELS)
    plot(
        share_figure.share_heatmap(
            shares,
            names,
            columns,
            theme(),
            selected=(list(SMOOTHINGS).index(SMOOTHING.value), None),
            labels=labels,
        ),
        key="ngram_ways",
        height=360,
        on_click=lambda click: _choose(click, ways.tokens),
        caption=_(
            "After {context}, from left to right: tokens that followed it ({counts}), tokens that never "
            "did, and all that never did together. A row for each way. Click a cell: the arithmetic "
            "further up is then that of its number."
        ).format(
            context=literal(used),
            counts=listed(_("{count} times").format(count=n) for n in ways.counts if n) or "–",
        ),
        source=_source(question),
        table=share_figure.share_table(shares, names, columns, labels=labels),
    )
    _say_unseen(ways)
    _say_narrow(question, ways)
    _say_losses(question.counted)


def show_unseen(question: Question) -> None:
    """How much of the next token's probability goes to what never followed this context."""
    seen = question.followed > 0
    st.markdown(
        _(
            "Different tokens seen after the text you typed: **{seen}**. All the others ({others}) share "
            "**{share:.1%}** of the probability."
        ).format(
            seen=int(seen.sum()),
            others=int((~seen).sum()),
            share=float(question.probabilities[~seen].sum()),
        )
    )
    unseen = dict(zip(SMOOTHINGS, compare(question).unseen.tolist(), strict=True))
    if not seen.any():
        st.markdown(
            _(
                "Nothing ever followed this context, so every token is unseen: where something followed, the "
                "unseen ones get nothing without smoothing."
            )
        )
        return
    st.markdown(
        _("The same context, in each of these ways: {listed}.").format(
            listed=listed(f"{_(SMOOTHINGS[name])} {unseen[name]:.1%}" for name in COMMON)
        )
    )


@fragment
def show_discounts(counted: Counted) -> None:
    """What discount each order of this text asks for, and what it is worth on new text."""
    rows = [
        "| {} | $n_1$ | $n_2$ | $D$ |".format(_("order")),
        "| ---: | ---: | ---: | ---: |",
    ]
    for order, found in enumerate(discounts(counted), start=1):
        value = f"{found.value:.3f}" if found.how == "estimated" else "–"
        rows.append(f"| {order} | {found.ones:,} | {found.twos:,} | {value} |")
    st.markdown("\n".join(rows))
    fixed, estimated = (loss(counted, "kneser_ney", discount=discount) for discount in (0.75, None))
    st.markdown(
        _(
            "This is what the text says at order {order}, counted as Kneser–Ney counts. On the held-out "
            "text the loss is **{fixed:.3f}** nats per token with D = 0.75 everywhere, and "
            "**{estimated:.3f}** with these."
        ).format(order=counted.model.order, fixed=fixed, estimated=estimated)
    )
    if any(found.how != "estimated" for found in discounts(counted)):
        st.markdown(
            _(
                "Where nothing was counted once, or nothing twice, there is no estimate, and 0.75 is used."
            )
        )


def discounts(counted: Counted) -> list[Discount]:
    """Kneser–Ney's discount at each order up to the chosen one."""
    grams, most = counted.model.grams, counted.model.order
    return [
        estimated_discount(
            grams.followed("continuations" if order < most else "counts", order).counts
        )
        for order in range(1, most + 1)
    ]


def loss(counted: Counted, smoothing: str, **constants: object) -> float:
    """The loss on new text at the chosen order with this way of smoothing; remembered."""
    choices = _choices(counted, smoothing, **constants)
    spec = counted.spec.model_copy(update={"model": choices})
    return _loss(spec.canonical_json(), counted, choices)


def _choices(counted: Counted, smoothing: str, **constants: object) -> NGramSpec:
    return counted.choices.model_copy(update={"smoothing": smoothing, **constants})


def _spread(tokens: list[int]) -> list[int]:
    """The first, the middle one and the last, as far as there are so many."""
    if len(tokens) <= SHOWN:
        return tokens
    return [tokens[0], tokens[len(tokens) // 2], tokens[-1]]


def _unseen_ones(counted: Counted, followed: NDArray[np.int64]) -> list[int]:
    """Of the tokens that did not follow: the most frequent one, the one that stands after the fewest
    different tokens for its frequency, and the rarest."""
    grams, size = counted.model.grams, counted.model.vocabulary_size
    singles, times = np.zeros(size), np.zeros(size)
    present = grams.table(1).keys
    times[present] = grams.table(1).counts
    singles[present] = grams.followed("continuations", 1).counts
    unseen = np.flatnonzero((followed == 0) & (times > 0))
    if len(unseen) <= SHOWN:
        return [int(token) for token in unseen]
    ranked = unseen[np.argsort(-times[unseen], kind="stable")]
    between = ranked[1:-1]
    narrow = between[np.argmin(singles[between] / times[between])]
    return [int(ranked[0]), int(narrow), int(ranked[-1])]


def _choose(click: Click, tokens: list[int]) -> None:
    """A click on a cell: its way of smoothing, and its token where it is one token's."""
    SMOOTHING.set(list(SMOOTHINGS)[click.row])
    if click.column < len(tokens):
        TOKEN.set(tokens[click.column])


def _say_unseen(ways: Ways) -> None:
    names = list(SMOOTHINGS.values())
    if not any(ways.counts):
        st.markdown(
            _(
                "Nothing ever followed this context, so all tokens are unseen here. Without smoothing and "
                "with add-k all of them are then equally likely; in the other ways a shorter context decides."
            )
        )
        return
    given = [place for place, share in enumerate(ways.unseen) if share > 0]
    if not given:
        return
    most = max(given, key=lambda place: ways.unseen[place])
    least = min(given, key=lambda place: ways.unseen[place])
    st.markdown(
        _(
            "All tokens together that never followed get the most from **{most}**, {much:.1%}, and the "
            "least, but something, from **{least}**, {little:.1%}."
        ).format(
            most=_(names[most]),
            much=ways.unseen[most],
            least=_(names[least]),
            little=ways.unseen[least],
        )
    )


def _say_narrow(question: Question, ways: Ways) -> None:
    """What Kneser–Ney makes of a token that stands after few others, and what absolute discounting does."""
    grams, names = question.counted.model.grams, list(SMOOTHINGS)
    taken, asked = names.index("absolute"), names.index("kneser_ney")
    unseen = [place for place, count in enumerate(ways.counts) if not count]
    found = min(
        unseen,
        key=lambda place: ways.shares[asked, place] / ways.shares[taken, place],
        default=None,
    )
    if found is None or ways.shares[asked, found] > 0.9 * ways.shares[taken, found]:
        return
    token = int(np.searchsorted(grams.table(1).keys, ways.tokens[found]))
    st.markdown(
        _(
            "{token} stands in the text {times:,} times, but the number of different tokens before it is "
            "only {kinds:,}. So Kneser–Ney gives it {small}, and absolute discounting {large}."
        ).format(
            token=code(question.counted.tokenizer.show(ways.tokens[found])),
            times=int(grams.table(1).counts[token]),
            kinds=int(grams.followed("continuations", 1).counts[token]),
            small=f"${number(float(ways.shares[asked, found]))}$",
            large=f"${number(float(ways.shares[taken, found]))}$",
        )
    )


def _say_losses(counted: Counted) -> None:
    found = sorted((loss(counted, name), _(words)) for name, words in SMOOTHINGS.items())
    each = (f"{name} {value:.2f}" if math.isfinite(value) else f"{name} ∞" for value, name in found)
    st.markdown(
        _(
            "The loss on the held-out text at order {order}, in nats per token, the best first: {listed}."
        ).format(order=counted.model.order, listed=listed(each))
    )


def _source(question: Question) -> Source:
    counted = source_of(
        question.counted, _("Order {order}.").format(order=question.counted.model.order)
    )
    return replace(
        counted, own_text=counted.own_text or question.text != context_in(question.counted).first
    )


@st.cache_resource(max_entries=2, show_spinner=False)
def _models(key: str, _counted: Counted) -> dict[str, NGramModel]:
    """A model of each way of smoothing, at the chosen order."""
    grams = _counted.model.grams
    return {name: NGramModel(grams, _choices(_counted, name)) for name in SMOOTHINGS}


@st.cache_data(max_entries=128, show_spinner=False)
def _loss(key: str, _counted: Counted, _wanted: NGramSpec) -> float:
    _counted_places, held_out = measured(_counted)
    if not held_out or len(held_out[0]) < 2:
        return math.nan
    models = _models(_counted.spec.canonical_json(), _counted)
    model = models[_wanted.smoothing]
    if model.spec != _wanted:
        model = NGramModel(_counted.model.grams, _wanted)
    return 0.0 - float(model.log_probabilities_at(held_out).mean())


when_deleted(_models.clear)
"""A model holds the text that it has counted."""
