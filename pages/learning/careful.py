"""Warm-up and clipping save a rate that is too large; a falling rate ends lower than a constant one."""

from __future__ import annotations

from functools import partial

import numpy as np
import streamlit as st

from core.figures.learning.landscape import Way
from core.figures.lines import Line, level_line, lines, lines_table
from core.figures.theme import number, palette
from core.worked.learning.landscapes import TwoLayers
from core.worked.learning.optimizers import walk
from core.worked.learning.polls import descend_in_batches
from pages.learning.landscape import STEPS, draw_ways, walked
from pages.learning.state import CAREFUL_RATE, CLIPPED, WARM
from pages.learning.table import tales_counts
from pages.parts.exercises.box import after_bet
from pages.parts.frame.language import _, language, listed
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.training.once import once_counted
from pages.parts.widgets.plot import plot
from pages.parts.widgets.shared.source import Source

SLUG = "learning"
WARM_STEPS = 10
LIMIT = 1.0
BATCH = 32
BATCH_RATE = 40.0
BATCH_STEPS = 600
SEEDS = range(1, 6)
_SECONDS = 3


def truth_warm() -> str:
    """Whether the walk that flies away at once is saved by a warm-up."""
    land = TwoLayers.make()
    path = walk("sgd", land.gradient, land.start, CAREFUL_RATE.first, STEPS, warmup=WARM_STEPS)
    return "saved" if len(path) > STEPS else "later"


def truth_decay() -> str | None:
    """Which of the two ends lower, by the mean over five seeds; None before they were trained."""
    wanted = _wanted()
    if not all(name in _known for name in wanted):
        return None
    constant, falling = (
        np.mean([_known[name][-1] for name in wanted if name[1] == falls])
        for falls in (False, True)
    )
    return "falling" if falling < constant else "constant"


def show_careful() -> None:
    after_bet(SLUG, "bet_warm", _careful)()


@fragment
def _careful() -> None:
    """The same walk at a chosen rate, without any remedy and with those that are switched on."""
    rate = CAREFUL_RATE.draw(st.select_slider, _("Learning rate η"), words=lambda one: f"{one:g}")
    with st.container(horizontal=True):
        warm = WARM.toggle(_("Warm-up over {steps} steps").format(steps=WARM_STEPS))
        clipped = CLIPPED.toggle(_("Clip the gradient at length {limit:g}").format(limit=LIMIT))
    land = TwoLayers.make()
    ways = [walked(land, "sgd", rate, name=_("no remedy"))]
    if warm or clipped:
        remedies = [words for words, on in ((_("warm-up"), warm), (_("clipping"), clipped)) if on]
        ways.append(
            walked(
                land,
                "sgd",
                rate,
                name=listed(remedies),
                warmup=WARM_STEPS if warm else 0,
                clip=LIMIT if clipped else None,
            )
        )
    draw_ways(land, ways, key="learning_careful", solid=False)
    for way in ways:
        st.markdown(_said(land, way))


def _said(land: TwoLayers, way: Way) -> str:
    first = float(np.linalg.norm(way.places[1] - way.places[0]))
    ends = (
        _("and then it flies away.")
        if len(way.places) <= STEPS
        else _("and after {steps} steps it is {above} nats above the lowest loss.").format(
            steps=STEPS, above=_thousandths(float(way.losses[-1]) - land.lowest)
        )
    )
    return _("**{who}**: the first step is **{length}** long, {ends}").format(
        who=way.name, length=number(first), ends=ends
    )


def _thousandths(value: float) -> str:
    return f"{value:.3f}" if value >= 0.0005 else _("less than 0.001")


def show_decay() -> None:
    after_bet(SLUG, "bet_decay", _decay)()


@fragment
def _decay() -> None:
    """The table on small batches with a constant and with a falling rate, five seeds each."""
    st.caption(_("Five tables with a constant rate, and five with a falling one."))
    undecided = truth_decay() is None
    found = once_counted(
        {name: partial(_losses, *name[1:]) for name in _wanted()},
        _known,
        key="learning_count_decay",
        label=_("Train ten tables (about {n} s)").format(n=_SECONDS),
    )
    if found is None:
        return
    if undecided:
        st.rerun()  # the bet is decided now
    counts = tales_counts()
    means = [np.mean(part, axis=0) for part in (found[: len(SEEDS)], found[len(SEEDS) :])]
    at = list(range(0, BATCH_STEPS + 1, 5))
    x, y = _("step"), _("loss (nats per character)")
    drawn = [
        Line(name, [float(step) for step in at], [float(losses[step]) for step in at])
        for name, losses in zip((_("constant rate"), _("rate falls to 0")), means, strict=True)
    ]
    figure = lines(drawn, theme(), x, y, markers=False)
    level_line(
        figure,
        counts.counted_loss,
        _("counting: {loss:.2f}").format(loss=counts.counted_loss),
        palette(theme()),
    )
    figure.settings["annotations"][-1] |= {"yanchor": "top", "yshift": -4}
    figure.update_yaxes(range=[counts.counted_loss - 0.2, counts.counted_loss + 1.2])
    plot(
        figure,
        key="learning_decay",
        height=340,
        caption=_(
            "The table on batches of {batch} pairs, the mean of five seeds; dashed: counting."
        ).format(batch=BATCH),
        source=Source(
            "measured",
            (
                _("Learning rate {rate:g} at first, {steps} steps, seeds 1 to 5.").format(
                    rate=BATCH_RATE, steps=BATCH_STEPS
                ),
            ),
        ),
        table=lambda: lines_table(drawn, x, y, _("line")),
    )
    constant, falling = (float(losses[-1]) - counts.counted_loss for losses in means)
    st.markdown(
        _(
            "With a constant rate the table ends **{constant:.3f}** nats above counting, with a falling one "
            "**{falling:.3f}**."
        ).format(constant=constant, falling=falling)
    )


def _wanted() -> list[tuple[str, bool, int]]:
    """The trainings by language, whether the rate falls, and seed."""
    return [(language(), falls, seed) for falls in (False, True) for seed in SEEDS]


def _losses(falls: bool, seed: int) -> np.ndarray:
    counts = tales_counts()
    return descend_in_batches(counts, BATCH_RATE, BATCH_STEPS, BATCH, seed, falls=falls)


_known: dict[tuple[str, bool, int], np.ndarray] = {}
