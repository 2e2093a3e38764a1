"""What goes wrong with one run must not end the thread that serves all. Torch-free."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from core.store.files import unwritable


@contextmanager
def logged() -> Iterator[None]:
    """What goes wrong within is logged, and goes no further."""
    try:
        yield
    except Exception:
        traceback.print_exc()


@contextmanager
def disk_said() -> Iterator[None]:
    """A disk that takes nothing is a sentence for whoever asked."""
    try:
        yield
    except OSError as error:
        traceback.print_exc()
        raise unwritable(error) from error
