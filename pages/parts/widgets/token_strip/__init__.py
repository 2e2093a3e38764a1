"""A text, and under it what one tokenizer or several make of it: each token a chip.

A chip that is pointed at, focused or tapped marks what it stands for in the text, always whole
characters as a reader counts them, and says its id, bytes and code points. Tokens that are parts of one
character stand in a bracket under it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import streamlit as st

from core.text.corpus import Span
from core.text.signs.graphemes import graphemes, touched
from pages.parts.frame.language import _
from pages.parts.widgets.save import Page, save_popover
from pages.parts.widgets.shared.program import Program
from pages.parts.widgets.shared.source import Source, show_caption

_HTML = """
<div class="clearhead-tokens" translate="no">
  <div class="text" dir="auto"></div>
  <div class="strips"></div>
  <p class="said" role="status"></p>
</div>
"""
_PROGRAM = Program.of("token_strip", _HTML)
_COMPONENT = _PROGRAM.component("clearhead_tokens")

MOST_CHIPS = 300
"""So many of a strip's tokens are drawn: the counts are of all of them."""


@dataclass(frozen=True)
class Chip:
    """One token: what is written on it, the code points of the text that it stands for, its id (None where it
    has none), its bytes, and whether it is unknown to the tokenizer."""

    shown: str
    span: Span
    id: int | None
    content: bytes
    unknown: bool = False


@dataclass(frozen=True)
class Strip:
    """What one tokenizer makes of the text; ``summary`` is a sentence under its name."""

    title: str
    summary: str
    chips: Sequence[Chip]


def token_strip(
    text: str,
    strips: Sequence[Strip],
    *,
    key: str,
    caption: str,
    source: Source,
    most: int = MOST_CHIPS,
) -> None:
    """Draw the text and the strips under it, at most ``most`` chips of each."""
    clusters = graphemes(text)
    data = {
        "clusters": clusters,
        "strips": [_packed(strip, clusters, most) for strip in strips],
        "filename": key,
        "label": f"{caption} {source.told}",
        "words": {
            "text": _("the text"),
            "hint": _("Point at a token, or walk over them with the arrow keys, to see what it stands for."),
            "said": _("Token {shown}: id {id} · bytes {bytes} · code points {points} · stands for “{whole}”"),
            "unknown": _("Unknown to this tokenizer, all such are id {id}: “{whole}” · code points {points}"),
            "part": _("a part of “{whole}”: token {shown}, id {id} · bytes {bytes}"),
            "more": _("Only the first {shown} of {count} tokens are drawn."),
        },
    }  # fmt: skip
    _COMPONENT(key=key, data=data)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        show_caption(caption, source)
        save_popover(
            key,
            lambda: Page(_PROGRAM, data, caption, source),
            lambda: (_header(), _rows(text, strips)),
        )


def _packed(strip: Strip, clusters: Sequence[str], most: int) -> dict[str, object]:
    shown = strip.chips[:most]
    places = touched(clusters, [chip.span for chip in shown])
    starts = [0, *accumulate(map(len, clusters))]
    return {
        "title": strip.title,
        "summary": strip.summary,
        "count": len(strip.chips),
        "chips": [
            _packed_chip(chip, place, starts, "".join(clusters[slice(*place)]))
            for chip, place in zip(shown, places, strict=True)
        ],
    }


def _packed_chip(chip: Chip, place: Span, starts: Sequence[int], whole: str) -> list[object]:
    """For the browser. ``whole`` are the characters that the chip touches, ``place`` which of the text's."""
    first = starts[place[0]]
    meant = whole[chip.span[0] - first : chip.span[1] - first]
    is_part = meant != whole or chip.content != meant.encode("utf-8", "surrogatepass")
    content = chip.content.hex(" ").upper()
    return [chip.shown, *place, chip.id, content, int(chip.unknown), meant, int(is_part)]


def _header() -> tuple[str, ...]:
    return (_("tokenizer"), _("place"), _("token"), _("id"), _("bytes"), _("stands for"))


def _rows(text: str, strips: Sequence[Strip]) -> list[tuple[object, ...]]:
    return [
        (
            strip.title,
            place,
            chip.shown,
            "–" if chip.id is None else chip.id,
            chip.content.hex(" ").upper(),
            text[slice(*chip.span)],
        )
        for strip in strips
        for place, chip in enumerate(strip.chips, 1)
    ]
