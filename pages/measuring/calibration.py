"""What was said against what happened: a line for each model, and the diagonal of the honest one."""

from __future__ import annotations

import streamlit as st

from core.errors import LearnerError
from core.figures.lines import Line, lines
from core.figures.theme import palette
from core.models.calibration import Bin, calibration_error, reliability
from core.questions.measuring import HeldOut
from lessons.measuring.counted import SURE_ORDER, counted_confidence
from pages.parts.exercises.box import after_bet
from pages.parts.frame.ask import ask
from pages.parts.frame.language import _, worded
from pages.parts.frame.services import shipped
from pages.parts.frame.theme import theme
from pages.parts.training.sources import of_run
from pages.parts.widgets.plot import plot
from pages.parts.widgets.shared.source import Source

SLUG, BET = "measuring", "bet_calibration"


def show_calibration() -> None:
    after_bet(SLUG, BET, _calibration)()


def _calibration() -> None:
    """The GPT that ships, and an N-gram with and without smoothing."""
    try:
        found = ask(HeldOut(shipped("gpt").id))
    except LearnerError as error:
        st.warning(worded(error))
        return
    with st.spinner(_("Counting two models …")):
        unsmoothed, smoothed = _counted("mle"), _counted("kneser_ney")
    bins = {
        _("GPT"): reliability(found.confidence, found.ranks == 1),
        _("N-gram without smoothing"): unsmoothed,
        _("N-gram with Kneser–Ney"): smoothed,
    }
    x, y = _("said: probability of the likeliest token (%)"), _("happened: how often it came (%)")
    figure = lines(
        [
            Line(
                name,
                [100 * one.said for one in row],
                [100 * one.happened for one in row],
            )
            for name, row in bins.items()
        ],
        theme(),
        x,
        y,
        ticks=(0, 20, 40, 60, 80, 100),
    )
    figure.add_shape(
        type="line",
        x0=0,
        y0=0,
        x1=100,
        y1=100,
        line={"color": palette(theme()).muted, "width": 1.5, "dash": "dot"},
    )
    figure.update_yaxes(range=[0, 108])
    figure.update_xaxes(range=[0, 103])
    plot(
        figure,
        key="measuring_calibration",
        height=400,
        caption=_(
            "Each point: the places where the model was about equally sure. On the dotted diagonal it is "
            "right "
            "as often as it says; below it, too sure."
        ),
        source=_source(),
        table=(
            (_("model"), _("said"), _("happened"), _("places")),
            [
                (name, one.said, one.happened, one.count)
                for name, row in bins.items()
                for one in row
            ],
        ),
    )
    top = unsmoothed[-1]
    st.markdown(
        _(
            "Without smoothing the N-gram said **{said:.0%}** at {count:,} places, and was right at "
            "**{right:.0%}** of "
            "them: after a context that was seen once it is certain. On average it is {raw:.1%} off, "
            "with Kneser–Ney "
            "{smooth:.1%}, the GPT {gpt:.1%}."
        ).format(
            said=top.said,
            count=top.count,
            right=top.happened,
            raw=calibration_error(unsmoothed),
            smooth=calibration_error(smoothed),
            gpt=calibration_error(bins[_("GPT")]),
        )
    )


def _source() -> Source:
    counted = _("The N-grams: order {order}, counted in the Tiny tales.").format(order=SURE_ORDER)
    return of_run(shipped("gpt"), counted)


@st.cache_data(max_entries=4, show_spinner=False)
def _counted(smoothing: str) -> tuple[Bin, ...]:
    found = counted_confidence(smoothing)
    return reliability(found.confidence, found.right)
