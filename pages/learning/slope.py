"""Probability minus truth: the slope at each logit, checked by a nudge, and a step to take."""

from __future__ import annotations

import streamlit as st

from core.errors import LearnerError
from core.figures.learning.slopes import LABELS, slope_bars
from core.figures.theme import number
from core.worked.learning.softmax import (
    LARGEST,
    check_logits,
    loss_of,
    slope_lines,
    slopes,
    softmax,
)
from pages.learning.softmax import token_names
from pages.learning.state import CAME, NUDGE, NUDGED, SLOPE_LOGITS, STEP_RATE
from pages.learning.typed import read_numbers, spelled
from pages.parts.exercises.box import after_bet
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _, worded
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.widgets.arithmetic import show_lines
from pages.parts.widgets.plot import Click, plot
from pages.parts.widgets.shared.source import Source

SLUG, BET = "learning", "bet_raise"


def show_slope() -> None:
    after_bet(SLUG, BET, _slope)()


@fragment
def _slope() -> None:
    """Logits, the token that came, the slopes as bars; the picked one by hand, and by nudging."""
    try:
        logits = read_numbers(SLOPE_LOGITS.box(_("Logits of the next token")))
        check_logits(logits)
    except LearnerError as error:
        st.warning(worded(error))
        return
    names = token_names(len(logits))
    truth = CAME.among(range(len(logits)), first=1).draw(
        st.pills, _("The token that came"), words=names.__getitem__
    )
    at = NUDGED.within(0, len(logits) - 1, first=1).value
    probabilities = softmax(logits).tolist()
    plot(
        slope_bars(names, probabilities, truth, theme(), selected=at, labels=labels_of(LABELS)),
        key="learning_slope",
        height=70 + 62 * len(logits),
        on_click=_picked,
        caption=_(
            "Pale: the probability. The tick: the truth. Full: the slope. Pick a slope to check it."
        ),
        source=Source(
            "numbers" if SLOPE_LOGITS.value != SLOPE_LOGITS.first else "chosen",
            (_("The logits stand in the box."),),
        ),
        table=(
            (
                _("token"),
                _("logit"),
                *(labels_of(LABELS)[name] for name in ("probability", "truth", "slope")),
            ),
            [
                (name, z, p, float(place == truth), p - (place == truth))
                for place, (name, z, p) in enumerate(zip(names, logits, probabilities, strict=True))
            ],
        ),
    )
    _show_arithmetic(logits, truth, at, names)
    _show_step(logits, truth)


def _show_arithmetic(logits: list[float], truth: int, at: int, names: list[str]) -> None:
    left, right = st.columns(2)
    with left:
        h = NUDGE.draw(st.segmented_control, _("Nudge h"), words=lambda one: f"{one:g}")
    with right:
        rate = STEP_RATE.slider(_("Learning rate η"))
    analytic, nudged, step = slope_lines(logits, truth, at, h, rate)
    show_lines(
        "learning_slope_lines",
        _("The logit of {token}, {z}").format(token=names[at], z=number(logits[at])),
        [
            (_("probability minus truth"), "p - y", analytic),
            (_("loss after a nudge up, less that after a nudge down, over 2h"), "", nudged),
            (_("where a step takes it"), "", step),
        ],
        tall=True,
    )
    st.markdown(
        _("The two slopes differ by **{difference}**.").format(
            difference=_small(abs(analytic.value - nudged.value))
        )
    )


def _show_step(logits: list[float], truth: int) -> None:
    rate = STEP_RATE.value
    after = [
        z - rate * slope for z, slope in zip(logits, slopes(logits, truth).tolist(), strict=True)
    ]
    st.markdown(
        _("The loss is **{before}**; after one step of all logits it would be **{after}**.").format(
            before=f"{loss_of(logits, truth):.3f}", after=f"{loss_of(after, truth):.3f}"
        )
    )
    with st.container(horizontal=True):
        too_far = max(map(abs, after)) > LARGEST
        st.button(
            _("Take the step"),
            key="learning_take",
            on_click=_set,
            args=(after,),
            disabled=too_far,
            help=_("The step would lead farther from 0 than fits on paper.") if too_far else None,
        )
        st.button(
            _("Start again"),
            key="learning_again",
            on_click=SLOPE_LOGITS.set,
            args=(SLOPE_LOGITS.first,),
            disabled=SLOPE_LOGITS.value == SLOPE_LOGITS.first,
        )


def _set(logits: list[float]) -> None:
    SLOPE_LOGITS.set(spelled(logits))


def _small(value: float) -> str:
    return _("less than 0.000001") if value < 1e-6 else f"{value:.6f}"


def _picked(click: Click) -> None:
    NUDGED.set(click.row)
