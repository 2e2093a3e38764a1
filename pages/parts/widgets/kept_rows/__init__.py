"""Keys and values while a text is written: what is reckoned in each step, and what is read.

All steps are in the browser, so each is there at once; the page is told where somebody has stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.figures.theme import palette
from pages.parts.frame.language import _
from pages.parts.frame.theme import theme
from pages.parts.widgets.save import Page, save_popover
from pages.parts.widgets.shared.program import Program
from pages.parts.widgets.shared.source import Source, show_caption
from pages.parts.widgets.shared.valid_index import valid_index

_HTML = """
<div class="clearhead-kept" translate="no">
  <div class="controls">
    <button type="button" class="first"></button><button type="button" class="back"></button>
    <button type="button" class="next"></button><button type="button" class="play"></button>
    <input type="range" min="0" step="1">
  </div>
  <p class="at" role="status"></p>
  <div class="rows"></div>
  <p class="said" aria-live="polite"></p>
</div>
"""
_PROGRAM = Program.of("kept_rows", _HTML)
_COMPONENT = _PROGRAM.component("clearhead_kept")


@dataclass(frozen=True, eq=False)
class Growing:
    """``tokens`` [t] of the text, of which the first ``prompt`` were given, and their ``keys`` and ``values``
    [t e]. A step writes one token: ``written``, one more than there are rows after the prompt.
    ``multiplied`` are the multiplications of each step; ``anew`` says whether all is reckoned again each
    time."""

    tokens: Sequence[str]
    prompt: int
    written: Sequence[str]
    keys: NDArray[np.float32]
    values: NDArray[np.float32]
    multiplied: Sequence[int]
    anew: bool


def kept_rows(
    growing: Growing,
    *,
    key: str,
    step: int,
    caption: str,
    source: Source,
    on_step: Callable[[int], None],
) -> None:
    """Draw it at ``step``, counted from 0; ``on_step`` is told, before the script runs, where somebody has
    stopped."""

    def heard() -> None:
        told = valid_index(st.session_state.get(key, {}).get("step"), len(growing.written))
        if told is not None:
            on_step(told)

    data = {
        "growing": {
            "tokens": list(growing.tokens),
            "prompt": growing.prompt,
            "written": list(growing.written),
            "keys": _shares(growing.keys),
            "values": _shares(growing.values),
            "multiplied": list(growing.multiplied),
            "anew": growing.anew,
        },
        "scale": [list(stop) for stop in palette(theme()).scales["diverging"]],
        "step": step,
        "filename": key,
        "label": f"{caption} {source.told}",
        "words": _words(),
    }
    _COMPONENT(key=key, data=data, on_step_change=heard)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        show_caption(caption, source)
        save_popover(key, lambda: Page(_PROGRAM, data, caption, source), lambda: _table(growing))


def _shares(matrix: NDArray[np.float32]) -> list[list[int]]:
    """Each number as a place on the scale, 0 to 255: its middle is 0, its end the greatest of all."""
    peak = float(np.abs(matrix).max(initial=1e-12))
    shares: list[list[int]] = np.rint(127.5 + 127.5 * matrix / peak).astype(int).tolist()
    return shares


def _words() -> dict[str, str]:
    return {
        "first": _("Start again"),
        "back": _("Back"),
        "next": _("Write"),
        "play": _("Play"),
        "stop": _("Stop"),
        "slider": _("Tokens written"),
        "at": _("Step {step} of {steps}. The next token: {token}"),
        "keys": _("keys K"),
        "values": _("values V"),
        "new": _("reckoned"),
        "kept": _("read"),
        "none": "",
        "prompt": _(
            "The pause: the prompt is read in one pass, and {new} rows are reckoned at once. "
            "Multiplications: {now}."
        ),
        "grows": _(
            "One row is reckoned, {kept} are read again as they stand. Multiplications: {now}; since the "
            "beginning: {all}."
        ),
        "again": _(
            "Nothing was kept: all {new} rows are reckoned anew. Multiplications: {now}; since the "
            "beginning: {all}."
        ),
    }


def _table(growing: Growing) -> tuple[Sequence[str], list[tuple[object, ...]]]:
    width = growing.keys.shape[1]
    header = (
        _("token"),
        *(f"k{place}" for place in range(width)),
        *(f"v{place}" for place in range(width)),
    )
    pairs = zip(growing.tokens, growing.keys.tolist(), growing.values.tolist(), strict=True)
    return header, [(f"{n} · {token}", *k, *v) for n, (token, k, v) in enumerate(pairs, 1)]
