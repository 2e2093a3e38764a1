"""Whether one model is really better than another: the bootstrap over more and more passages."""

from __future__ import annotations

import numpy as np
import streamlit as st

from core.figures.figure import Figure
from core.figures.lines import upright_line
from core.figures.theme import palette, plain, template
from core.models.bootstrap import DRAWS, Bootstrap, paired_bootstrap
from lessons.measuring.counted import COMPARED, PassageLosses, passage_losses
from pages.measuring.state import PASSAGES
from pages.parts.exercises.box import after_bet
from pages.parts.frame.language import _
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.widgets.plot import plot
from pages.parts.widgets.shared.source import Source

SLUG, BET = "measuring", "bet_doubt"
FEW = 5
"""Passages of which the bet asks."""


def truth_doubt() -> str | None:
    """Whether five passages decide between the two."""
    low, high = _bootstrap(FEW).interval()
    return "undecided" if low <= 0 <= high else "decided"


def show_doubt() -> None:
    after_bet(SLUG, BET, _doubt)()


@fragment
def _doubt() -> None:
    """A choice of passages, the histogram of differences, the interval in words."""
    count = PASSAGES.draw(st.segmented_control, _("Passages"))
    with st.spinner(_("Counting two models …")):
        found = _bootstrap(count)
    low, high = found.interval()
    heights, edges = np.histogram(found.drawn, bins=40)
    middle = (edges[:-1] + edges[1:]) / 2
    colours = palette(theme())
    x, y = _("loss of order {second} less that of order {first} (nats per token)"), _("draws")
    x = x.format(first=COMPARED[0], second=COMPARED[1])
    figure = Figure(
        [
            {
                "type": "bar",
                "x": middle.tolist(),
                "y": heights.tolist(),
                "width": float(edges[1] - edges[0]) * 0.95,
                "marker": {
                    "color": [
                        colours.attention if low <= at <= high else colours.hatch for at in middle
                    ]
                },
                "hovertemplate": "%{x:.3f}: %{y}<extra></extra>",
            }
        ]
    )
    figure.update_xaxes(title={"text": plain(x)}, showline=True, nticks=7)
    figure.update_yaxes(title={"text": plain(y)}, nticks=5)
    figure.update_layout(template=template(theme()), meta={"theme": theme()})
    upright_line(figure, 0.0, colours.ink, width=2)
    plot(
        figure,
        key="measuring_doubt",
        height=320,
        caption=_(
            "The difference in {draws:,} draws of the passages; violet: the middle 95 %. The upright line is "
            "no difference."
        ).format(draws=DRAWS),
        source=Source(
            "counted",
            (
                _("Two N-grams of the Tiny tales, Kneser–Ney, on the same held-out stories."),
                _("Drawn with seed {seed}.").format(seed=1),
            ),
        ),
        table=(
            (x, y),
            [(float(at), int(height)) for at, height in zip(middle, heights, strict=True)],
        ),
    )
    verdict = (
        _("0 lies in it: these passages do not decide.")
        if low <= 0 <= high
        else _("0 lies outside: by these passages order {better} is better.").format(
            better=COMPARED[1] if high < 0 else COMPARED[0]
        )
    )
    st.markdown(
        _(
            "On {count} passages the difference is **{difference}** nats, its interval from {low} to {high}. "
            "{verdict}"
        ).format(
            count=count,
            difference=_signed(found.difference),
            low=_signed(low),
            high=_signed(high),
            verdict=verdict,
        )
    )


def _signed(value: float) -> str:
    return f"{value:+.3f}".replace("-", "−")


def _bootstrap(count: int) -> Bootstrap:
    measured = _losses()
    first, second = measured.losses[:, :count]
    return paired_bootstrap(second, first, measured.tokens[:count])


@st.cache_resource(show_spinner=False)
def _losses() -> PassageLosses:
    return passage_losses()
