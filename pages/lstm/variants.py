"""Two experiments on the LSTM that recalls: its gradient cut short, and its forget gates begun elsewhere."""

from __future__ import annotations

import math
from functools import partial

import streamlit as st

from core.figures.lines import Line, lines, lines_table
from core.questions.distance import GradientByDistance
from core.spec.run import RunSpec
from core.store.look import Look
from core.store.view import RunView
from core.worked.recurrent.recall import SEEN as MEASURED
from lessons.experiments import Arm
from lessons.lstm.experiments import (
    FORGET,
    FORGET_ZH,
    HALF_ARM,
    OPEN_ARM,
    SHUT_ARM,
    TRUNCATED,
    TRUNCATED_ZH,
)
from pages.lstm.keeping import share_in_words
from pages.lstm.recall import FAR, recall_of, show_by_gap
from pages.parts.frame.ask import ask
from pages.parts.frame.language import _, language
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.training.experiment import Results, finished, show_experiment
from pages.parts.training.sources import of_untrained
from pages.parts.widgets.plot import plot

BIASES = (3.0, 1.0, 0.0, -2.0)
BACK = 20
LEAST = 1e-12
"""A share below which nothing is drawn."""
_HALF = 0.5
_OPTIONS = {"one": OPEN_ARM, "zero": HALF_ARM, "shut": SHUT_ARM}
_ALIKE = 0.05
"""Shares that differ by less are as good as equal."""


def show_truncated(look: Look) -> None:
    """The same LSTM with its gradient whole and cut."""
    arms = _truncated()
    extra = partial(show_by_gap, "lstm_truncated_by_gap", arms)
    show_experiment("lstm_truncated", arms, look, sentence=_sentence, extra=extra)


@fragment
def show_beginnings(look: Look) -> None:
    """How far the gradient reaches before training, for forget gates that begin at several biases."""
    run = look.finished(_recalling())
    if run is None:
        st.info(_("The network that this asks is missing. Make it with: make starters."))
        return
    x, y = _("tokens back"), _("length of the gradient")
    shares = {bias: _untrained(run.id, run.weights_written, bias) for bias in BIASES}
    drawn = [
        Line(
            _("forget bias {b}").format(b=f"{bias:g}".replace("-", "−")),
            list(range(len(one))),
            [max(share, LEAST) for share in one],
        )
        for bias, one in shares.items()
    ]
    figure = lines(drawn, theme(), x, y, markers=False)
    figure.update_yaxes(
        type="log", range=[math.log10(LEAST), 0.5], dtick=3, exponentformat="power", showgrid=True
    )
    plot(
        figure,
        key="lstm_beginnings",
        height=320,
        caption=_(
            "Before any training: the gradient of the loss with respect to the token k back, as a share of "
            "the last token's. Each line across is a thousand times the one below."
        ),
        source=of_untrained([run.spec], _("The same weights, once for each bias.")),
        table=lambda: lines_table(drawn, x, y, _("bias")),
    )
    near, open_ = (shares[bias][BACK] for bias in (0.0, 1.0))
    st.markdown(
        _(
            "{back} tokens back, **{open}** of it is left with bias 1 and **{half}** with bias 0: "
            "{times:,.0f} times as much arrives."
        ).format(
            back=BACK,
            open=share_in_words(open_),
            half=share_in_words(near),
            times=open_ / max(near, LEAST),
        )
    )


def show_bias(look: Look, bet: tuple[str, str]) -> None:
    """The same LSTM with forget gates that begin open, half open and shut."""
    show_experiment("lstm_bias", _forget(), look, sentence=_sentence, bet=bet)


def bias_truth(look: Look) -> str | None:
    """Whether all learn it (alike), or which begin best; None before all have ended."""
    results = finished(_forget(), look)
    if results is None:
        return None
    right = {option: _at_end(results[name]) for option, name in _OPTIONS.items()}
    if max(right.values()) - min(right.values()) < _ALIKE:
        return "alike"
    return max(right, key=lambda option: right[option])


def _recalling() -> RunSpec:
    """The LSTM that recalls, in the learner's language."""
    return next(arm.spec for arm in _forget() if arm.name == OPEN_ARM)


@st.cache_data(max_entries=32, show_spinner=False)
def _untrained(run: str, stamp: int, bias: float) -> list[float]:
    lengths = ask(GradientByDistance(run, forget_bias=bias)).untrained
    return [float(length / lengths[0]) for length in lengths]


def _truncated() -> tuple[Arm, ...]:
    return TRUNCATED_ZH if language() == "zh" else TRUNCATED


def _forget() -> tuple[Arm, ...]:
    return FORGET_ZH if language() == "zh" else FORGET


def _at_end(run: RunView) -> float:
    return recall_of(run).right[FAR] if run.is_done else 0.0


def _sentence(results: Results) -> str:
    """How often each is right, near and far."""
    listed = _(", ").join(
        _("{name} **{far:.0%}** ({near:.0%} after none)").format(
            name=_(name), far=_at_end(run), near=recall_of(run).right[0]
        )
        for name, run in results.items()
        if run.is_done
    )
    said = _("Right at the last word after {seen} things seen: {listed}.").format(
        seen=MEASURED[FAR], listed=listed
    )
    ends = [_at_end(run) for run in results.values()]
    if min(ends) < _HALF <= max(ends):
        return f"{said} " + _("So the setting decides whether the long way is learned at all.")
    return f"{said} " + _("Here the setting does not decide whether the long way is learned.")
