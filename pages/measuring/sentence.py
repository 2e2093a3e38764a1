"""The learner's sentence, each token shaded by what it cost, and one of them taken apart."""

from __future__ import annotations

import math
from functools import partial

import numpy as np
import streamlit as st

from core.errors import LearnerError
from core.figures.theme import number
from core.questions.measuring import TextLosses, TextLossesAnswer
from core.spec.run import RunSpec
from core.text.pieces import REPLACEMENT
from core.worked.surprise import bits
from pages.measuring.state import EXAMPLE, MODEL, MODELS, READ, TEXT, TOKEN
from pages.parts.exercises.box import after_bet
from pages.parts.frame.ask import ask
from pages.parts.frame.escaped import code
from pages.parts.frame.language import _
from pages.parts.frame.services import shipped
from pages.parts.frame.state import fragment
from pages.parts.frame.unknown import name_unknown_to
from pages.parts.training.sources import of_run
from pages.parts.widgets.shaded_text import Shaded, shaded_text

SLUG, BET = "measuring", "bet_dear"
_CANDIDATES = {" lost": "lost", " ball": "ball", " the": "the", ".": "stop"}
"""The tokens of the example that the bet is about, as they are written, and its options."""
_DARKEST = 8.0
"""Nats from which on a token is as dark as can be."""


def truth_dear() -> str | None:
    """Which of the bet's tokens costs the GPT most, in the example."""
    try:
        found = ask(TextLosses(shipped("gpt").id, EXAMPLE))
    except LearnerError:
        return None
    cost = {
        token.replace("␣", " "): -float(logp)
        for token, logp in zip(found.tokens[1:], found.log_probabilities, strict=True)
    }
    return _CANDIDATES[max(_CANDIDATES, key=lambda token: cost.get(token, 0.0))]


@fragment
def show_sentence() -> None:
    """Box and model on top; after the bet the shaded text, its mean, and one token's arithmetic."""
    text = TEXT.box(_("Your text"))
    family = MODEL.draw(st.pills, _("Who reads it"), words=lambda name: _(MODELS[name]))
    run = shipped(family)
    name_unknown_to(run.id, text)
    after_bet(SLUG, BET, partial(_show_reading, run, text))()


def _show_reading(run: RunSpec, text: str) -> None:
    found = ask(TextLosses(run.id, text))
    if READ.turned((run.id, text)):
        TOKEN.forget()
    losses = [0.0 - float(logp) for logp in found.log_probabilities]
    finite = [loss if math.isfinite(loss) else math.inf for loss in losses]
    chosen = TOKEN.value
    if chosen is None or not 1 <= chosen < len(found.tokens):
        chosen = int(np.argmax(finite)) + 1
    if found.cut:
        st.caption(
            _("The model reads {kept} tokens at once: the last {cut} are left out.").format(
                kept=len(found.tokens), cut=found.cut
            )
        )
    shaded_text(
        [_first(found.tokens[0]), *map(_shaded, found.tokens[1:], losses)],
        key="measuring_shaded",
        chosen=chosen,
        on_choose=TOKEN.set,
        caption=_(
            "The more colour, the more it cost. The number is the surprise in nats; the first token is "
            "given. Pick a token."
        ),
        source=of_run(run, own_text=text != TEXT.first),
        table=lambda: _table(found, losses),
    )
    st.markdown(_mean(found, losses))
    if REPLACEMENT in found.tokens[1:]:
        st.caption(
            _(
                "An unknown token, “{sign}”, is dear here: the stories that this model has learned from have "
                "next to none, so it hardly ever had to expect one."
            ).format(sign=REPLACEMENT)
        )
    _take_apart(found, losses, chosen)


def _first(shown: str) -> Shaded:
    return Shaded(shown, None, "", _("{token}: given").format(token=shown))


def _shaded(shown: str, loss: float) -> Shaded:
    said = _("{token}: {loss} nats").format(token=shown, loss=number(loss))
    return Shaded(shown, min(loss / _DARKEST, 1.0), number(loss), said)


def _table(
    found: TextLossesAnswer, losses: list[float]
) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    rows: list[tuple[object, ...]] = [
        (place, token, math.exp(-loss), loss, int(rank), best[0][0])
        for place, (token, loss, rank, best) in enumerate(
            zip(found.tokens[1:], losses, found.ranks, found.expected, strict=True), 2
        )
    ]
    header = (
        _("place"), _("token"), _("probability"), _("loss in nats"), _("rank"), _("expected most"),
    )  # fmt: skip
    return header, rows


def _mean(found: TextLossesAnswer, losses: list[float]) -> str:
    mean = sum(losses) / len(losses)
    told = _(
        "The mean of these {count} tokens is **{mean}** nats. Blind guessing would cost **{guessing}** "
        "for each: "
        "ln V, with V = {size:,}."
    ).format(
        count=len(losses),
        mean=number(mean),
        guessing=number(found.guessing),
        size=round(math.exp(found.guessing)),
    )
    worse = sum(loss > found.guessing for loss in losses)
    if worse:
        told += " " + _(
            "{worse} of them cost more than that: the model expected something else, and was surer than "
            "guessing."
        ).format(worse=worse)
    return told


def _take_apart(found: TextLossesAnswer, losses: list[float], chosen: int) -> None:
    """The arithmetic of one token, and what was expected in its place."""
    token, loss = found.tokens[chosen], losses[chosen - 1]
    p = math.exp(-loss)
    with st.container(border=True, key="measuring_apart"):
        st.markdown(
            _("**{token}** after {before}").format(
                token=code(token), before=code("".join(found.tokens[max(0, chosen - 4) : chosen]))
            )
        )
        if math.isfinite(loss):
            st.markdown(
                rf"$p = {_small(p)}, \quad -\ln p = {loss:.2f}$ "
                + _("nats = {bits} bits; the token has rank {rank}.").format(
                    bits=number(bits(loss)), rank=int(found.ranks[chosen - 1])
                )
            )
            st.markdown(
                _("Its part in the mean: {loss} / {count} = {part} nats.").format(
                    loss=number(loss), count=len(losses), part=f"{loss / len(losses):.3f}"
                )
            )
        else:
            st.markdown(_("It was held for impossible: p = 0, and the loss is ∞."))
        st.markdown(
            _("Expected instead: {list}").format(
                list=_(", ").join(
                    f"{code(shown)} {share:.0%}" for shown, share in found.expected[chosen - 1]
                )
            )
        )


def _small(p: float) -> str:
    if p >= 0.001:
        return f"{p:.3f}"
    mantissa, exponent = f"{p:.1e}".split("e")
    return rf"{mantissa} \times 10^{{{int(exponent)}}}"
