"""The output table: the last vector of the learner's text times a row, number by number, down to softmax."""

from __future__ import annotations

import math

import numpy as np
import streamlit as st

from core.errors import LearnerError
from core.figures import next_token
from core.figures.inside import products
from core.figures.theme import number
from core.questions.inside import OutputRows, OutputRowsAnswer
from core.spec.run import RunSpec
from core.wording import N_
from core.worked.arithmetic import SMALLER_TERMS, arithmetic_line, dot
from core.worked.flow import cosine
from pages.gpt.state import OUTPUT_PLACE, OUTPUT_READ, OUTPUT_TEXT, OUTPUT_WORD
from pages.parts.frame.ask import ask
from pages.parts.frame.escaped import code
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _, worded
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.frame.unknown import name_unknown_to
from pages.parts.training.sources import of_run
from pages.parts.widgets.arithmetic import NamedLine, show_lines
from pages.parts.widgets.plot import Click, plot
from pages.parts.widgets.shared.source import Source, show_caption

_SHOWN_TERMS = 5


@fragment
def show_output(spec: RunSpec) -> None:
    """Text and word on top; the best tokens to the left, the chosen one's products to the right."""
    with st.container(horizontal=True):
        text = OUTPUT_TEXT.box(_("A text, cut off where a token is to be guessed"), width=420)
        word = OUTPUT_WORD.box(_("One more token to look at"), width=220)
    name_unknown_to(spec.id, f"{text} {word}")
    try:
        answer = ask(OutputRows(spec.id, text, word))
    except LearnerError as error:
        st.warning(worded(error))
        return
    if OUTPUT_READ.turned((spec.id, f"{text}\n{word}")):
        OUTPUT_PLACE.forget()
    place = _place(answer)
    source = of_run(spec, own_text=text != OUTPUT_TEXT.first or word != OUTPUT_WORD.first)
    left, right = st.columns([5, 7], gap="large")
    with left:
        _show_bars(answer, place, source)
    with right:
        _show_products(answer, place, source)
    show_lines(
        "gpt_output_lines",
        _("The logit and the probability of {token}").format(token=code(answer.tokens[place])),
        _lines(answer, place),
    )
    st.markdown(_sentence(answer))


def _place(answer: OutputRowsAnswer) -> int:
    chosen = OUTPUT_PLACE.value
    if chosen is not None and 0 <= chosen < len(answer.tokens):
        return chosen
    return answer.asked if answer.asked is not None else 0


def _choose(click: Click) -> None:
    OUTPUT_PLACE.set(click.row)


def _chances(answer: OutputRowsAnswer) -> list[float]:
    chances: list[float] = np.exp(answer.logits - answer.total).tolist()
    return chances


def _show_bars(answer: OutputRowsAnswer, place: int, source: Source) -> None:
    chances = _chances(answer)
    named = [
        f"{token}  {number(float(logit))}"
        for token, logit in zip(answer.tokens, answer.logits, strict=True)
    ]
    plot(
        next_token.next_token_bars(
            named,
            chances,
            theme(),
            chosen=place,
            labels=labels_of({**next_token.LABELS, "chosen": N_("chosen")}),
        ),
        key="gpt_output_bars",
        height=60 + 36 * len(named),
        on_click=_choose,
        caption=_(
            "The best tokens, each with its logit, and the one you typed; bars are probabilities. "
            "Click one to take its logit apart."
        ),
        source=source,
        table=(
            (_("token"), _("rank"), _("logit"), _("probability")),
            list(zip(answer.tokens, answer.ranks, answer.logits.tolist(), chances, strict=True)),
        ),
    )


def _show_products(answer: OutputRowsAnswer, place: int, source: Source) -> None:
    labels = labels_of(products.LABELS)
    plot(
        products.product_strips(answer.vector, answer.rows[place], theme(), labels),
        key="gpt_output_products",
        height=250,
        caption=_(
            "Top: the last vector. Middle: the row of the chosen token. Bottom: their products, number by "
            "number; they add up to the logit. Each strip has its own scale."
        ),
        source=source,
        table=lambda: products.product_table(answer.vector, answer.rows[place], labels),
    )


def _lines(answer: OutputRowsAnswer, place: int) -> list[NamedLine]:
    logit, total = float(answer.logits[place]), answer.total
    terms, sums = dot(
        answer.vector,
        answer.rows[place],
        logit,
        decimals=2,
        smaller=_(SMALLER_TERMS),
        shown=_SHOWN_TERMS,
    )
    softmax = arithmetic_line(
        [logit, total],
        lambda shown: rf"\frac{{e^{{{shown[0]}}}}}{{e^{{{shown[1]}}}}}",
        lambda numbers: math.exp(numbers[0] - numbers[1]),
        math.exp(logit - total),
        3,
    )
    return [
        (_("row times vector: {count} products").format(count=len(answer.vector)), "z", terms),
        (_("added up"), "z", sums),
        (
            _("softmax: below the line e^z of all {count:,} tokens, added up").format(
                count=answer.vocabulary
            ),
            "p",
            softmax,
        ),
    ]


def _sentence(answer: OutputRowsAnswer) -> str:
    ahead = float(answer.logits[0] - answer.logits[1])
    return _(
        "The model knows **V = {size:,}** different tokens, so the output table has {size:,} rows of {width} "
        "numbers, and the one vector after {last} becomes {size:,} logits. That of {best} is {ahead} higher "
        "than that of {second}: so it is e to the power of {ahead}, that is **{times} times** as probable."
    ).format(
        size=answer.vocabulary,
        width=len(answer.vector),
        last=code(answer.prompt[-1]),
        best=code(answer.tokens[0]),
        second=code(answer.tokens[1]),
        ahead=number(ahead),
        times=number(math.exp(ahead)),
    )


@fragment
def show_turned(spec: RunSpec) -> None:
    """The same rows as directions: how long each is, and how far the last vector has turned towards it."""
    try:
        answer = ask(OutputRows(spec.id, OUTPUT_TEXT.value, OUTPUT_WORD.value))
    except LearnerError as error:
        st.warning(worded(error))
        return
    long = float(np.linalg.norm(answer.vector))
    header = (_("token"), _("length of x"), _("length of its row"), _("cosine"), _("logit"))
    lines = [f"| {' | '.join(header)} |", "|:--|--:|--:|--:|--:|"]
    for token, row, logit in zip(answer.tokens, answer.rows, answer.logits, strict=True):
        cells = (long, float(np.linalg.norm(row)), cosine(answer.vector, row), float(logit))
        lines.append(f"| {code(token)} | {' | '.join(map(number, cells))} |")
    st.markdown("\n".join(lines))
    show_caption(
        _(
            "Length times length times cosine is the logit. The text is the one of the first section."
        ),
        of_run(spec, own_text=OUTPUT_TEXT.value != OUTPUT_TEXT.first),
    )
    same = bool(np.array_equal(answer.rows, answer.inputs))
    st.markdown(
        _(
            "In this model the row with which {token} comes in and the row by which it is expected are the "
            "**same {width} numbers**."
        ).format(token=code(answer.tokens[0]), width=len(answer.vector))
        if same
        else _(
            "In this model {token} has **two rows**: one with which it comes in, another by which it is "
            "expected. Their cosine is {cosine}."
        ).format(
            token=code(answer.tokens[0]), cosine=number(cosine(answer.inputs[0], answer.rows[0]))
        )
    )
