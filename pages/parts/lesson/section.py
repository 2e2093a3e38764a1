"""One section of a lesson on the screen: its claim, its prose, and what fills its slots.

Its prose is there from the start, so that the browser's search, a screen reader and a printer find it. Its
pictures and exercises are drawn when it comes near. A section that goes deeper is folded until it is wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal

import streamlit as st

from core.errors import LearnerError
from lessons.exercises import Exercise
from lessons.text import Block, Prose, Section
from pages.parts.exercises.plain_text import spoken
from pages.parts.frame import state
from pages.parts.frame.language import _, worded
from pages.parts.lesson.opened import opened
from pages.parts.widgets.section import Fold, section_place

LINE_WIDTH = 640
"""Pixels: about 70 characters, as wide as prose should be. A narrow screen has less."""
_ROOM_OF_A_PICTURE = 330
_ROOM_OF_AN_EXERCISE = 170
"""Pixels that they need at least: what is kept free until they are drawn."""


@dataclass(frozen=True)
class Filler:
    """What a page puts into a slot, and where it stands: in the prose, beside it, or across the page."""

    show: Callable[[], None]
    place: Literal["inline", "beside", "below"]


@dataclass(frozen=True)
class Shown:
    """A section as a page shows it: what fills its slots, and the exercises among them."""

    slug: str
    section: Section
    filled: Mapping[str, Filler]
    exercises: Mapping[str, Exercise]
    minutes: int
    on_read: Callable[[], None] | None = None
    """What is to be done when its end has been read."""


def show_section(shown: Shown, first: bool) -> None:
    """Draw a section; the ``first`` one of a lesson, and one that the address asks for, at once."""
    section = shown.section
    if not section.name:
        _show_blocks(section.blocks, shown.filled)
        return
    now = opened(shown.slug)
    if first or now.landing == section.name:
        now.drawn.add(section.name)
        if now.landing == section.name and not now.landed:
            now.unfold(section.name)
            now.landed = True
    state.section(section.name, partial(_section, shown))


def _section(shown: Shown) -> None:
    section, now = shown.section, opened(shown.slug)
    name = section.name
    unfolded = name in now.unfolded or (now.whole and name not in now.folded)
    folded = section.deeper and not unfolded
    near = section.deeper or name in now.drawn or now.whole or not section.slots
    drawn = near and not folded
    key = f"section_{shown.slug}_{name}"
    with st.container(key=key):
        if drawn or folded:
            st.header(str(section.heading), anchor=False)
        else:
            # Each element that is sent costs a class its cost times thirty: this one is heading and words.
            st.markdown(f"## {section.heading}\n\n{_words(shown)}")
        section_place(
            name,
            key=key,
            on_near=partial(_come_near, shown.slug, name),
            on_read=shown.on_read if drawn else None,
            on_whole=partial(_draw_whole, shown.slug),
            on_fold=partial(_turn, shown.slug, name, folded),
            land=now.landing == name,
            room=0 if drawn or folded else _room(shown),
            fold=_fold(shown, folded) if section.deeper else None,
        )
        if drawn:
            _show_blocks(section.blocks, shown.filled)


def _fold(shown: Shown, folded: bool) -> Fold:
    """What is said of a section that goes deeper; while it is folded, with its words as a
    search finds them."""
    said = _("Goes deeper, about {minutes} min: you can leave it out").format(minutes=shown.minutes)
    label = _("Unfold") if folded else _("Fold up")
    return Fold(not folded, label, said, spoken(_words(shown)) if folded else "")


def _turn(slug: str, name: str, folded: bool) -> None:
    now = opened(slug)
    if folded:
        now.unfold(name)
    else:
        now.fold(name)
    state.redraw_section(name)


def _come_near(slug: str, name: str) -> None:
    now = opened(slug)
    now.drawn.add(name)
    now.unfold(name)
    state.redraw_section(name)


def _draw_whole(slug: str) -> None:
    opened(slug).draw_whole()
    state.redraw_page()


def _words(shown: Shown) -> str:
    """The section's words in one piece, as long as no picture stands among them."""
    words = [
        block.markdown if isinstance(block, Prose) else _question(shown.exercises.get(block.name))
        for block in shown.section.blocks
    ]
    return "\n\n".join(filter(None, words))


def _question(exercise: Exercise | None) -> str:
    """What an exercise asks, where its numbers are not drawn for each learner."""
    return "" if exercise is None or exercise.drawn else exercise.question


def _room(shown: Shown) -> int:
    """Pixels that the pictures and exercises of a section will need: rather too few than too many."""
    names = [block.name for block in shown.section.blocks if not isinstance(block, Prose)]
    asked = sum(name in shown.exercises for name in names)
    return max(1, _ROOM_OF_AN_EXERCISE * asked + _ROOM_OF_A_PICTURE * (len(names) - asked))


def _show_blocks(blocks: tuple[Block, ...], filled: Mapping[str, Filler]) -> None:
    group: list[Block] = []
    for block in blocks:
        if not isinstance(block, Prose) and filled[block.name].place == "below":
            _show_group(group, filled)
            group = []
            _show(filled[block.name])
        else:
            group.append(block)
    _show_group(group, filled)


def _show_group(blocks: list[Block], filled: Mapping[str, Filler]) -> None:
    if not blocks:
        return
    pictures = [b for b in blocks if not isinstance(b, Prose) and filled[b.name].place == "beside"]
    if pictures:
        left, right = st.columns([5, 7], gap="large")
    else:
        left, right = st.container(width=LINE_WIDTH), None
    with left:
        for block in blocks:
            if isinstance(block, Prose):
                st.markdown(block.markdown)
            elif filled[block.name].place == "inline":
                _show(filled[block.name])
    if right is not None:
        with right:
            for block in pictures:
                _show(filled[block.name])


def _show(filler: Filler) -> None:
    """What cannot be shown, as with a file that is damaged, is a sentence in its place; the rest stands."""
    try:
        filler.show()
    except LearnerError as error:
        st.warning(worded(error))
