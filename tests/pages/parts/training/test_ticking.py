"""What is drawn each second agrees with the page at first, and looks anew every time after."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import streamlit as st

from core.store.look import Look
from pages.parts.frame import services
from pages.parts.training.ticking import each_second


def test_the_first_look_is_the_pages_and_every_later_one_is_new(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept: list[Callable[[], None]] = []

    def fragment(tick: Callable[[], None], run_every: str) -> Callable[[], None]:
        assert run_every == "1s"
        kept.append(tick)
        return tick

    monkeypatch.setattr(st, "fragment", fragment)
    seen: list[Look] = []
    page = services.look()
    each_second(seen.append, page)
    assert seen == [page]
    for _second in range(2):
        kept[0]()
    assert len(set(map(id, seen))) == 3
