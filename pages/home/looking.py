"""From where the trained GPT takes its next token: lines from the last token of the prompt back."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.errors import LearnerError
from core.questions import HeadMaps
from core.store.starters import Starter
from pages.home.state import PROMPT
from pages.parts.frame.ask import ask
from pages.parts.frame.escaped import code
from pages.parts.frame.language import _
from pages.parts.training.sources import of_run
from pages.parts.widgets.head_view import Wording, head_view
from pages.parts.widgets.shared.source import Source

MOST_ROWS = 18
"""Rows that are drawn of a long prompt, so that all lines are seen without scrolling."""
_GAP = "…"
_HEIGHT = 540
"""Pixels: all the rows."""


def show_where_it_looked(starter: Starter, prompt: str) -> None:
    """The last layer's heads from the last token back, in words that need no lesson."""
    try:
        looked = ask(HeadMaps(starter.spec.id, prompt, end=True))
    except LearnerError:
        return
    gazes = looked.maps[-1][:, -1].astype(np.float64)
    strongest, most = np.unravel_index(int(gazes.argmax()), gazes.shape)
    left, right = st.columns([5, 7], gap="large")
    with left:
        st.subheader(_("Where the GPT looked"), anchor=False)
        st.markdown(
            _(
                "To choose the next token, the GPT looks back from the last one, {last}, in {count} ways at "
                "once: call them gazes. The surest one gave **{weight:.0%}** of its attention to {most}."
            ).format(
                last=code(looked.tokens[-1]),
                count=len(gazes),
                weight=float(gazes[strongest, most]),
                most=code(looked.tokens[most]),
            )
        )
        if looked.cut:
            st.markdown(
                _(
                    "Your text has {count} tokens. The GPT reads {kept} at once, so it sees the last {kept} "
                    "only, and so does this picture."
                ).format(count=len(looked.tokens) + looked.cut, kept=len(looked.tokens))
            )
    with right:
        source = of_run(
            starter.spec,
            _("Layer {layer}, counted from 0; each gaze is one of its heads.").format(
                layer=len(looked.maps) - 1
            ),
            own_text=prompt != PROMPT.first,
        )
        _show_gazes(looked.tokens, gazes, source)


def worth_showing(gazes: NDArray[np.float64], most: int = MOST_ROWS) -> list[int | None]:
    """Which tokens of gazes [h k] to draw in at most ``most`` rows, in order, with None where some are left
    out: the last one, and of the others those that any gaze looks at most."""
    count = gazes.shape[1]
    best = np.argsort(-gazes[:, :-1].max(axis=0, initial=0.0), kind="stable").tolist()
    rows: list[int | None] = [count - 1]
    for named in range(1, count):
        wider = _with_gaps(sorted([*best[:named], count - 1]))
        if len(wider) <= most:
            rows = wider
    return rows


def _with_gaps(places: list[int]) -> list[int | None]:
    rows: list[int | None] = []
    for before, place in pairwise([-1, *places]):
        rows += [place] if place == before + 1 else [None, place]
    return rows


def _show_gazes(tokens: tuple[str, ...], gazes: NDArray[np.float64], source: Source) -> None:
    shown = worth_showing(gazes)
    weights = np.zeros((len(gazes), len(shown), len(shown)))
    for column, place in enumerate(shown):
        if place is not None:
            weights[:, -1, column] = gazes[:, place]
    caption = _("The thicker a line, the more of its attention the gaze gave to that token.")
    if None in shown:
        caption += " " + _("Tokens that it hardly looked at are left out: “…”.")
    names = [_("gaze {number}").format(number=number) for number in range(1, len(gazes) + 1)]
    head_view(
        [_GAP if place is None else tokens[place] for place in shown],
        weights,
        key="home_looked",
        names=names,
        height=_HEIGHT,
        caption=caption,
        source=source,
        wording=Wording(
            _("looks back from here"),
            _("is looked at"),
            _("Click a gaze to switch it off or on."),
            (_("gaze"), _("looks back from here"), _("is looked at"), _("share")),
        ),
    )
