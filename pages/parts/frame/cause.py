"""What caused this run of a script."""

from __future__ import annotations

from streamlit.runtime.scriptrunner import get_script_run_ctx


def navigated() -> bool:
    """Whether the browser's Back or Forward did."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def within_fragment_run() -> bool:
    """Whether only a part of the page runs: then nobody comes after it to write the address."""
    context = get_script_run_ctx()
    return context is not None and bool(context.fragment_ids_this_run)
