"""Open files: a server keeps some for each visitor, and the system allows few at first. Torch-free."""

from __future__ import annotations

import contextlib
import sys

_ENOUGH = (65_536, 10_240, 4_096, 1_024)
"""Tried in this order: macOS allows no more than 10,240, whatever its hard limit says."""


def raise_open_files() -> int | None:
    """Raise this process's soft limit of open files as far as it may, silently; children inherit it.

    The limit as it is then; None where there is none, as on Windows.
    """
    if sys.platform == "win32":
        return None
    import resource

    for wanted in _ENOUGH:
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        if soft == resource.RLIM_INFINITY or soft >= most:
            break
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
            break
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]
