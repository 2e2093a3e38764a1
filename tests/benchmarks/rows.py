"""What a benchmark reports."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict


class Row(TypedDict):
    """One comparison. ``ours`` and ``peer`` are in ``unit``; ``ratio`` > 1 means we are ahead. What is
    counted for its own sake has no peer."""

    name: str
    ours: float
    peer: float | None
    ratio: float | None
    unit: str


def printed(rows: Iterable[Row]) -> list[Row]:
    """All of them, each printed as soon as it is measured."""
    print(f"{'name':36} {'ours':>12} {'peer':>12} {'ratio':>8}  unit")
    kept: list[Row] = []
    for row in rows:
        kept.append(row)
        ours, peer, ratio = (_short(row[part]) for part in ("ours", "peer", "ratio"))
        print(f"{row['name']:36} {ours:>12} {peer:>12} {ratio:>8}  {row['unit']}", flush=True)
    return kept


def _short(value: float | None) -> str:
    return "–" if value is None else f"{value:,.4g}"
