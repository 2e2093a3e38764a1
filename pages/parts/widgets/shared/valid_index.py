"""Indices that a browser names: believed only if there is such a one."""

from __future__ import annotations


def valid_index(value: object, count: int) -> int | None:
    """An index as the browser sent it, if there is such a one among ``count``."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < count:
        return value
    return None
