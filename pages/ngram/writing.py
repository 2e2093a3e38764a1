"""An N-gram writes, one drawn token after the other: the line from 0 to 1, and the number on it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import streamlit as st

from core.figures.counting import number_line as line_figure
from core.protocol import Tokens
from core.text.prompt import read_prompt
from core.worked.counting.drawing import (
    Edges,
    Stretch,
    drawn_number,
    edges_after,
    stretches,
    written_tokens,
)
from pages.ngram.copied import show_copied
from pages.ngram.counted import Counted, source_of
from pages.ngram.state import BEGINNING, COPY, SMOOTHINGS, WRITING, WRITING_SEED, WRITTEN, ZOOM
from pages.parts.frame.escaped import code
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.frame.unknown import name_unknown
from pages.parts.training.own_text import when_deleted
from pages.parts.widgets.plot import Click, plot
from pages.parts.widgets.shared.source import Source

MOST = 200
"""Tokens that are written at most."""
MANY = 20
"""Tokens of one press on "write 20"."""


@dataclass(frozen=True)
class Written:
    """What has been written after the learner's beginning, and the line of the last draw."""

    counted: Counted
    start: Tokens
    tokens: list[int]
    edges: Edges
    """Of the last draw; of the next one while nothing is written."""
    u: float | None
    """The number that drew the last token."""


def show_writing(counted: Counted) -> None:
    """The buttons, the text so far with what was copied, and the line on which the last token was drawn."""
    fragment(_writing)(counted)


def written(counted: Counted) -> Written:
    """The same seed, beginning and number of tokens give the same text."""
    start = read_prompt(counted.tokenizer, BEGINNING.value).tokens
    count, seed = WRITTEN.value, WRITING_SEED.value
    rounded = -(-count // MANY) * MANY
    tokens = _tokens(counted.spec.canonical_json(), tuple(start.tolist()), rounded, seed, counted)[
        :count
    ]
    before = np.concatenate([start, np.array(tokens[: max(count - 1, 0)], np.int64)])
    u = drawn_number(seed, count - 1) if count else None
    return Written(counted, start, tokens, edges_after(counted.model, before), u)


@st.cache_data(max_entries=64, show_spinner=False)
def _tokens(
    key: str, start: tuple[int, ...], count: int, seed: int, _counted: Counted
) -> list[int]:
    """The first ones of a text are the same however many are written."""
    return written_tokens(_counted.model, np.array(start, np.int64), count, seed)


when_deleted(_tokens.clear)


def _writing(counted: Counted) -> None:
    with st.container(border=True, key="ngram_written"):
        _draw_beginning(counted)
        _draw_buttons()
        model, seed = counted.spec.canonical_json(), WRITING_SEED.value
        if WRITING.turned((model, seed, BEGINNING.value, WRITTEN.value)):
            ZOOM.forget()
            COPY.forget()
        so_far = written(counted)
        source = _source(counted)
        if so_far.tokens:
            show_copied(counted, so_far.start, so_far.tokens, source)
        else:
            st.info(_("Nothing is written yet: press “Next token”."))
        _show_line(so_far, source)


def _draw_beginning(counted: Counted) -> None:
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    with left:
        BEGINNING.box(
            _("A beginning of your own (may be empty)"), help=_("The model goes on from there.")
        )
    with right:
        WRITING_SEED.box(_("Seed"))
    name_unknown(counted.tokenizer, BEGINNING.value)


def _draw_buttons() -> None:
    count = WRITTEN.value
    with st.container(horizontal=True):
        for label, key, more in (
            (_("Next token"), "next", 1),
            (_("Write {count}").format(count=MANY), "many", MANY),
            (_("One back"), "back", -1),
            (_("From the start"), "reset", -count),
        ):
            st.button(
                label,
                key=f"ngram_write_{key}",
                type="primary" if key == "next" else "secondary",
                disabled=count >= MOST if more > 0 else not count,
                on_click=_write,
                args=(more,),
            )
        st.button(_("Another seed"), key="ngram_draw_again", on_click=_next_seed)


def _show_line(so_far: Written, source: Source) -> None:
    counted, edges, u = so_far.counted, so_far.edges, so_far.u
    low, high = _shown(edges)
    drawn = so_far.tokens[-1] if so_far.tokens else None
    keep = drawn if u is not None and low <= u < high else None
    found = stretches(edges, low, high, keep)
    names = [counted.tokenizer.show(one.first) for one in found]
    labels = labels_of(line_figure.LABELS)
    plot(
        line_figure.number_line(found, names, theme(), u=u, shown=(low, high), labels=labels),
        key="ngram_line",
        height=90 + 26 * max(len(found), 3),
        on_click=lambda click: _zoom(click, found),
        caption=_(
            "Every token has a stretch of the line from 0 to 1, as long as its probability. The stretches "
            "follow one another from the left, the most frequent token of the text first. The random number "
            "u falls on one of them. Click a hatched one to see the tokens in it."
        ),
        source=source,
        table=line_figure.number_line_table(found, names, labels=labels),
    )
    if (low, high) != (0.0, 1.0):
        st.button(_("The whole line"), key="ngram_whole_line", on_click=ZOOM.forget)
    if u is not None and drawn is not None:
        st.markdown(
            _(
                "u = **{u:.4f}** lies between {low:.4f} and {high:.4f}: that is the stretch of {token}, "
                "{width:.1%} of the line."
            ).format(
                u=u,
                low=edges[drawn],
                high=edges[drawn + 1],
                token=code(counted.tokenizer.show(drawn)),
                width=edges[drawn + 1] - edges[drawn],
            )
        )


def _shown(edges: Edges) -> tuple[float, float]:
    """The part of the line that was asked for; all of it if no token lies there now."""
    low, high = ZOOM.value
    return (low, high) if np.any((edges[1:] > low) & (edges[:-1] < high)) else (0.0, 1.0)


def _zoom(click: Click, found: list[Stretch]) -> None:
    if found[click.row].count > 1:
        ZOOM.set((found[click.row].low, found[click.row].high))


def _write(more: int) -> None:
    WRITTEN.set(min(max(WRITTEN.value + more, 0), MOST))


def _next_seed() -> None:
    WRITING_SEED.set(WRITING_SEED.value % WRITING_SEED.most + 1)


def _source(counted: Counted) -> Source:
    found = source_of(
        counted,
        _("Order {order}, smoothing: {smoothing}.").format(
            order=counted.model.order, smoothing=_(SMOOTHINGS[counted.choices.smoothing])
        ),
        _("Drawn with seed {seed}.").format(seed=WRITING_SEED.value),
    )
    return replace(found, own_text=found.own_text or bool(BEGINNING.value.strip()))
