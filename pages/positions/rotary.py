"""Rotary positions: one pair as arrows that turn, and the score of a whole head over the distance."""

from __future__ import annotations

from functools import partial

import numpy as np
import streamlit as st

from core.figures import circles
from core.figures.circles import turning_pairs
from core.figures.theme import number
from core.figures.waves import WaveLine, wave_lines
from core.wording import N_
from core.worked.positions.rotary import (
    PairTrace,
    pair_trace,
    rotary_arithmetic,
    scores_by_distance,
    turned,
)
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.widgets.arithmetic import show_lines
from pages.parts.widgets.plot import plot
from pages.parts.widgets.shared.source import Source
from pages.positions.state import LAST, ROTARY_PAIR, VECTOR_NAMES, VECTORS, M, N

QUERY = (1.0, 0.5, 0.8, -0.3, 0.2, 0.9, -0.6, 0.7)
KEY = (0.9, 0.8, 0.5, 0.6, 0.7, 0.4, 0.3, 0.8)
_WIDE = 64
_CHOSEN = N_("Query and key have eight numbers each, which were chosen for this page.")
_ONES = N_("Query and key are 64 ones each.")
_TURNED = N_("They are turned by formula.")


@fragment
def show_rotary() -> None:
    """Two positions and a pair: the arrows, and beside them the arithmetic."""
    left, right = st.columns([6, 6], gap="large")
    with left:
        trace = pair_trace(QUERY, KEY, *_knobs())
        plot(
            turning_pairs(trace, theme(), labels_of(circles.LABELS)),
            key="positions_circles",
            height=300,
            caption=_(
                "Blue, solid = query; red, dashed = key. Dotted: how far each was turned. The angle between "
                "the two decides the dot product."
            ),
            source=Source("chosen", (_(_CHOSEN), _(_TURNED))),
            table=_pair_table(trace),
        )
        st.markdown(_sentence(trace))
    with right:
        _show_arithmetic(trace)


@fragment
def show_rotary_head() -> None:
    """The dot product of a whole head's query and key over their distance."""
    kind = VECTORS.draw(
        st.segmented_control,
        _("Query and key"),
        words=lambda option: _(VECTOR_NAMES[option]),
        required=True,
    )
    q, k = (QUERY, KEY) if kind == "given" else (np.ones(_WIDE), np.ones(_WIDE))
    distances = range(LAST + 1)
    scores = scores_by_distance(q, k, distances)
    plot(
        wave_lines(
            [WaveLine(_("score"), distances, scores)],
            theme(),
            _("distance, query minus key"),
            _("dot product"),
        ),
        key="positions_head",
        height=300,
        caption=_("The dot product of the whole turned query and key, at each distance."),
        source=Source("chosen", (_(_CHOSEN) if kind == "given" else _(_ONES), _(_TURNED))),
        table=(
            (_("distance"), _("dot product")),
            list(zip(distances, scores.tolist(), strict=True)),
        ),
    )
    rise = int(np.flatnonzero(np.diff(scores) > 0)[0])
    st.markdown(
        _(
            "At distance 0 the score is {zero}, at 1 {one}, at {last} {end}: near tokens are favoured on "
            "the whole, but not step by step. From distance {rise} to {next} it rises."
        ).format(
            zero=number(float(scores[0])),
            one=number(float(scores[1])),
            last=LAST,
            end=number(float(scores[LAST])),
            rise=rise,
            next=rise + 1,
        )
        if kind == "ones"
        else _(
            "At distance 0 the score is {zero}, at 1 {one}. The highest is {best}, at distance {far}: "
            "which distance a head prefers depends on its query and key, so it can be learned."
        ).format(
            zero=number(float(scores[0])),
            one=number(float(scores[1])),
            best=number(float(scores.max())),
            far=int(scores.argmax()),
        )
    )


def _knobs() -> tuple[int, int, int]:
    """(pair, query's position, key's position)."""
    pair = ROTARY_PAIR.slider(_("Pair i of the head"))
    with st.container(horizontal=True):
        m = M.slider(_("Query's position m"))
        n = N.slider(_("Key's position n"))
    with st.container(horizontal=True):
        st.button(
            "◀ " + _("both one back"),
            key="positions_both_back",
            on_click=partial(_move_both, -1),
            disabled=min(m, n) <= 0,
        )
        st.button(
            _("both one on") + " ▶",
            key="positions_both_on",
            on_click=partial(_move_both, 1),
            disabled=max(m, n) >= LAST,
        )
    return pair, m, n


def _move_both(step: int) -> None:
    for position in (M, N):
        position.set(position.value + step)


def _show_arithmetic(trace: PairTrace) -> None:
    lines = rotary_arithmetic(trace)
    angle_q, first_q, second_q = lines["query"]
    angle_k, first_k, second_k = lines["key"]
    distance_angle, from_distance = lines["distance"]
    i = 2 * trace.pair
    show_lines(
        "positions_rotary_lines",
        _("pair {pair}: q = ({q0}, {q1}), k = ({k0}, {k1})").format(
            pair=trace.pair,
            q0=_short(trace.q[0]),
            q1=_short(trace.q[1]),
            k0=_short(trace.k[0]),
            k1=_short(trace.k[1]),
        ),
        [
            (_("the frequency, e = {e}").format(e=trace.width), r"\theta", lines["frequency"][0]),
            (_("the query turns by"), r"m\theta", angle_q),
            (_("its first number"), f"q'_{{{i}}}", first_q),
            (_("its second number"), f"q'_{{{i + 1}}}", second_q),
            (_("the key turns by"), r"n\theta", angle_k),
            (_("its first number"), f"k'_{{{i}}}", first_k),
            (_("its second number"), f"k'_{{{i + 1}}}", second_k),
            (_("this pair's part of the score"), "q' \\cdot k'", lines["score"][0]),
            (_("the angle of the distance"), r"(m-n)\theta", distance_angle),
            (
                _("the same, from q, k and the distance: (q·k) cos + (q₀k₁ − q₁k₀) sin"),
                "q' \\cdot k'",
                from_distance,
            ),
        ],
    )


def _sentence(trace: PairTrace) -> str:
    """The score at this distance, wherever the two stand."""
    distance = trace.m - trace.n
    keys = range(max(0, -distance), LAST + 1 - max(0, distance))
    place = slice(2 * trace.pair, 2 * trace.pair + 2)
    queries = turned(np.tile(QUERY, (len(keys), 1)), [n + distance for n in keys])[:, place]
    scores = (queries * turned(np.tile(KEY, (len(keys), 1)), list(keys))[:, place]).sum(axis=1)
    return _(
        "Distance m − n = {distance}: the dot product is **{score}**. Over all {count} places with this "
        "distance it varies by **{spread}**."
    ).format(
        distance=_short(distance),
        score=number(trace.score),
        count=len(keys),
        spread=number(float(np.ptp(scores))),
    )


def _short(value: float) -> str:
    return f"{value:g}".replace("-", "−")


def _pair_table(trace: PairTrace) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    return (
        (_("arrow"), _("first number"), _("second number")),
        [
            (_("query, before turning"), *trace.q),
            (_("key, before turning"), *trace.k),
            (_("query, after turning"), *trace.q_turned),
            (_("key, after turning"), *trace.k_turned),
        ],
    )
