"""Zipf's and Heaps' laws on the chosen text: lines between logarithmic axes, their slopes fitted."""

from __future__ import annotations

import streamlit as st

from core.errors import LearnerError
from core.figures.lines import Line, lines, lines_table
from lessons.tokens.counted import Law, heaps, zipf
from pages.parts.frame.escaped import code
from pages.parts.frame.language import _, worded
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.training.own_text import when_deleted
from pages.parts.widgets.plot import plot
from pages.tokens.size import counted_text, source_of


@fragment
def show_laws() -> None:
    try:
        name, text = counted_text()
        ranks, growth = _zipf(name, text), _heaps(name, text)
    except LearnerError as error:
        st.info(worded(error))
        return
    tenth = min(9, len(ranks.y) - 1)
    left, right = st.columns(2, gap="large")
    with left:
        _picture(
            ranks, "tokens_zipf", _("rank of the word"), _("how often it stands there"), name, text
        )
        st.markdown(
            _(
                "{first} comes {count:,} times, number {place} of the list, {word}, {tenth:,} times. The "
                "line falls with a slope of **{slope}**; Zipf's law says −1."
            ).format(
                first=code(ranks.words[0]),
                count=int(ranks.y[0]),
                place=tenth + 1,
                word=code(ranks.words[tenth]),
                tenth=int(ranks.y[tenth]),
                slope=f"{0.0 - round(ranks.slope, 2):.2f}".replace("-", "−"),
            )
        )
    with right:
        _picture(growth, "tokens_heaps", _("words read"), _("different words so far"), name, text)
        st.markdown(
            _(
                "After {read:,} words there are {different:,} different ones. The slope is "
                "**{slope:.2f}**: for twice "
                "the text, {factor:.2f} times as many different words."
            ).format(
                read=int(growth.x[-1]),
                different=int(growth.y[-1]),
                slope=growth.slope,
                factor=2**growth.slope,
            )
        )
    if name in ("tales", "tales_zh"):
        st.caption(
            _(
                "These stories are generated from a few hundred words: at the end no new ones come, and "
                "the lines bend. "
                "Python's language reference was written by people."
            )
        )


def _picture(law: Law, key: str, x: str, y: str, name: str, text: str) -> None:
    measured = [Line(y, law.x.tolist(), law.y.tolist())]
    figure = lines(measured, theme(), x, y, markers=False)
    figure.update_xaxes(type="log", range=None, autorange=True, dtick=1)
    figure.update_yaxes(type="log", range=None, autorange=True, dtick=1)
    figure.update_layout(showlegend=False)
    plot(
        figure,
        key=key,
        height=320,
        caption=_("Both axes go in factors of ten: a law of this kind is a straight line."),
        source=source_of(name, text),
        table=lines_table(measured, x, y, _("line")),
    )


@st.cache_data(max_entries=16, show_spinner=False)
def _zipf(name: str, _text: str) -> Law:
    return zipf(_text)


@st.cache_data(max_entries=16, show_spinner=False)
def _heaps(name: str, _text: str) -> Law:
    return heaps(_text)


when_deleted(_zipf.clear)
when_deleted(_heaps.clear)
