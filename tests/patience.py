"""How long a test waits for what it waits for: until it is there. The bound only ends a hang."""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE = 100.0
"""Seconds; pytest ends a test after 240. Nothing may be said about speed with it."""


def eventually(true: Callable[[], object], what: str = "it") -> None:
    """Look until it is true. Raises AssertionError, naming ``what``, when that will not be."""
    hangs = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > hangs:
            raise AssertionError(f"waited {PATIENCE:.0f} s and {what} did not happen")
        time.sleep(0.02)
