"""A part of a page that is drawn again alone writes the address once, when all of it is drawn."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

import pytest
import streamlit as st

from pages.parts.frame.state import (
    address,
    fragment,
    leave,
    redraw_page,
    redraw_section,
    section,
)
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


class _Rerun(Exception):
    """As Streamlit's ``rerun``: it ends what runs."""


def _rerun() -> None:
    raise _Rerun


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> Kept:
    """A section of this session runs alone."""
    kept = Kept(page="ngram", reader=None)
    monkeypatch.setattr(st, "fragment", lambda draw: draw)
    monkeypatch.setattr(st, "rerun", _rerun)
    for module in (MODULE, address):
        monkeypatch.setattr(module, "kept", lambda: kept)
    monkeypatch.setattr(MODULE, "within_fragment_run", lambda: True)
    monkeypatch.setattr(MODULE, "write_address", lambda slug: None)
    monkeypatch.setattr(address, "write_address", lambda slug: None)
    return kept


@pytest.mark.parametrize(("also", "redraws"), [({"orders"}, True), ({""}, True), (set(), False)])
def test_a_section_has_the_page_drawn_again_if_its_choice_is_read_elsewhere(
    alone: Kept, also: set[str], redraws: bool
) -> None:
    alone.readers = {"ngram_order": {"counts", *also}}

    def draw() -> None:
        assert alone.reader == "counts"
        alone.readers["ngram_order"].add("counts")
        alone.was_chosen("ngram_order")

    if redraws:
        with pytest.raises(_Rerun):
            section("counts", draw)
    else:
        section("counts", draw)
        assert not alone.moved
    assert alone.reader is None and alone.depth == 0


def test_what_a_section_reads_no_more_is_forgotten(alone: Kept) -> None:
    alone.readers = {"ngram_order": {"counts", "orders"}}
    section("counts", lambda: None)
    assert alone.readers == {"ngram_order": {"orders"}}


def test_a_section_that_raises_leaves_no_reader_behind(alone: Kept) -> None:
    def draw() -> None:
        raise KeyError

    with pytest.raises(KeyError):
        section("counts", draw)
    assert alone.reader is None and alone.depth == 0


def test_what_the_whole_page_has_heard_does_not_draw_it_again(alone: Kept) -> None:
    alone.reader, alone.readers = "", {"ngram_order": {"", "counts"}}
    alone.was_chosen("ngram_order")
    leave("ngram")
    section("counts", lambda: None)
    assert alone.reader is None


def test_a_page_that_is_to_be_whole_is_not_drawn_in_part_before(alone: Kept) -> None:
    drawn: list[str] = []
    redraw_page()
    with pytest.raises(_Rerun):
        section("counts", lambda: drawn.append("counts"))
    assert not drawn


def test_a_section_that_was_not_heard_is_drawn_with_the_page(alone: Kept) -> None:
    redraw_section("counts")
    section("counts", lambda: None)
    assert not alone.owed
    redraw_section("orders")
    with pytest.raises(_Rerun):
        section("counts", lambda: None)


def test_what_a_part_of_a_section_chooses_is_heard_elsewhere(
    alone: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(st, "fragment", lambda draw, run_every=None: draw)
    parts: list[Callable[[], None]] = []

    def draw() -> None:
        parts.append(fragment(lambda: None))
        parts[-1]()

    section("counts", draw)
    alone.readers = {"ngram_order": {"counts"}, "ngram_k": {"orders"}}
    alone.was_chosen("ngram_order")
    parts[-1]()
    assert not alone.moved
    alone.was_chosen("ngram_k")
    with pytest.raises(_Rerun):
        parts[-1]()
