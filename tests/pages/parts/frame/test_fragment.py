"""A part of a page that is drawn again alone writes the address once, when all of it is drawn."""

from __future__ import annotations

from importlib import import_module

import pytest
import streamlit as st

from pages.parts.frame.state import fragment
from pages.parts.frame.state.session import Kept

MODULE = import_module("pages.parts.frame.state.fragment")


@pytest.mark.parametrize(("alone", "times"), [(True, 1), (False, 0)])
def test_parts_within_a_part_write_the_address_with_it(
    monkeypatch: pytest.MonkeyPatch, alone: bool, times: int
) -> None:
    kept, written = Kept(page="ngram"), []
    monkeypatch.setattr(st, "fragment", lambda draw, run_every: draw)
    monkeypatch.setattr(MODULE, "kept", lambda: kept)
    monkeypatch.setattr(MODULE, "within_fragment_run", lambda: alone)
    monkeypatch.setattr(MODULE, "write_address", written.append)

    def choose() -> None:
        kept.changed = True

    part = fragment(choose)

    def draw() -> None:
        part()
        part()

    fragment(draw)()
    assert written == ["ngram"] * times
    assert kept.depth == 0
