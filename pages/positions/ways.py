"""What each way of telling the order does, measured on one small head."""

from __future__ import annotations

from functools import cache

import numpy as np
import streamlit as st

from core.figures import heatmap
from core.figures.heatmap import annotated_heatmap, heatmap_table
from core.spec.families.gpt import GPTSpec
from core.wording import N_
from core.worked.positions.order_sensitivity import WAYS, Noticed, Way, noticed
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _
from pages.parts.frame.services import shipped
from pages.parts.frame.theme import theme
from pages.parts.widgets.plot import plot
from pages.parts.widgets.shared.source import Source
from pages.positions.shuffle import by_letters

_TOKENS = ("the", "dog", "bit", "the", "man")
_NAMES: dict[Way, str] = {
    "none": N_("no positions"),
    "learned": N_("learned"),
    "sinusoidal": N_("sinusoidal"),
    "rotary": N_("rotary"),
    "alibi": N_("ALiBi"),
}
_PLACES: dict[Way, str] = {
    "none": N_("nowhere"),
    "learned": N_("added to the tokens; {count} numbers to learn"),
    "sinusoidal": N_("added to the tokens"),
    "rotary": N_("turns q and k in every layer"),
    "alibi": N_("added to the scores in every layer"),
}
_BEYOND: dict[Way, str] = {
    "none": N_("no table, no formula"),
    "learned": N_("no row in its table"),
}
_COLUMNS = (N_("two swap"), N_("one moves"), N_("both move"))
_LABELS = {
    **heatmap.LABELS,
    "rows": N_("way (row)"),
    "columns": N_("what is done (column)"),
    "value": N_("largest change"),
    "row": N_("way"),
    "column": N_("what is done"),
}


def show_places() -> None:
    """Where each way acts, what it costs in the GPT of this course, and where it ends."""
    spec = shipped("gpt").model
    assert isinstance(spec, GPTSpec)
    lines = [
        (_("way"), _("where it acts"), _("beyond {n} tokens").format(n=spec.context)),
        (":--", ":--", ":--"),
    ]
    for way in WAYS:
        place = _(_PLACES[way]).format(count=f"{spec.context * spec.width:,}")
        beyond = _(_BEYOND.get(way, _GOES_ON))
        lines.append((f"**{_(_NAMES[way])}**", place, beyond))
    st.markdown("\n".join(f"| {' | '.join(line)} |" for line in lines))


def show_ways() -> None:
    """Three largest changes for each way, and which ways know nothing but the distance."""
    found = _noticed()
    measured = np.array([[one.shuffle, one.distance, one.together] for one in found])
    values = np.where(measured < _SAME, 0.0, measured)
    rows, columns = [_(_NAMES[way]) for way in WAYS], [_(column) for column in _COLUMNS]
    labels = labels_of(_LABELS)
    plot(
        annotated_heatmap(values, rows, columns, theme(), scale="diverging", labels=labels),
        key="positions_ways",
        height=300,
        caption=_(
            "Two swap: how much an output changes. One moves up to 16 away, both move on together: how much "
            "their score changes. One head, no mask; a drawn table stands for a learned one."
        ),
        source=Source(
            "drawn",
            (by_letters(), _("Read was: {text}.").format(text=" ".join(_TOKENS))),
        ),
        table=heatmap_table(values, rows, columns, labels=labels),
    )
    by_distance = [_(_NAMES[one.way]) for one in found if one.together < _SAME < one.distance]
    absolute = [_(_NAMES[one.way]) for one in found if one.together >= _SAME]
    st.markdown(
        _(
            "Scores that change with the distance and stay when both tokens move together: **{ways}**. "
            "With {absolute} the order is noticed too, but the same pair of tokens scores differently "
            "further on in the text."
        ).format(ways=_(" and ").join(by_distance), absolute=_(" and ").join(absolute))
    )


_GOES_ON = N_("the formula goes on")
_SAME = 1e-9


@cache
def _noticed() -> tuple[Noticed, ...]:
    """It is the same for all: computed once."""
    return tuple(noticed(way, _TOKENS) for way in WAYS)
