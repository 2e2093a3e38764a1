"""What a chain adds to a lesson's table: the chosen cell, and how the chain is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.worked.stages import STAGES
from pages.parts.frame.state import Choice, Number, Private, State, Switch

_MOST = 999_999


@dataclass(frozen=True)
class ChainState:
    """``slug`` is the lesson's, ``key`` the chain's own.

    Rows and columns count from 1, as positions do on the screen; those that a trace does not have are the
    last one. ``whole`` shows all stages, ``exact`` all digits, ``terms`` all terms of a long sum; ``turn``
    and ``holds`` are the browser's.
    """

    slug: str
    key: str
    stage: Choice[str]
    row: Number[int]
    column: Number[int]
    whole: Private[bool]
    exact: Switch
    terms: Switch
    turn: Private[int]
    holds: Private[dict[str, Any]]


def chain_state(
    state: State,
    name: str = "",
    stages: Sequence[str] = tuple(STAGES),
    first: str = "scores",
    row: int = 1,
) -> ChainState:
    """The choices of a chain called ``name``; of the lesson's only one without a name. ``stages`` are all
    that it may have, those of attention unless it is another chain; it begins at ``first`` and ``row``."""
    before = f"{name}_" if name else ""
    return ChainState(
        slug=state.slug,
        key=f"{state.slug}_{name}" if name else state.slug,
        stage=state.choice(f"{before}stage", stages, first=first),
        row=state.whole(f"{before}row", 0, _MOST, first=row),
        column=state.whole(f"{before}column", 0, _MOST, first=1),
        whole=state.spelled(f"{before}whole", False, _read_switch, _spell_switch),
        exact=state.switch(f"{before}exact"),
        terms=state.switch(f"{before}terms"),
        turn=state.private(f"{before}turn", 0),
        holds=state.private(f"{before}holds", {}),
    )


def _read_switch(text: str) -> bool | None:
    return {"true": True, "false": False}.get(text)


def _spell_switch(on: bool) -> str:
    return "true" if on else "false"
