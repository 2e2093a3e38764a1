"""Choices that a link carries, under names that do not depend on the language.

``bind="query-params"`` writes an option's *label* into the URL, so a link made in one language loses its
choice in another. Here the option itself is written, and left out while it is the first choice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import streamlit as st

Option = TypeVar("Option", str, int)


def linked_choice(
    widget: Callable[..., Any],
    label: str,
    options: Sequence[Option],
    *,
    key: str,
    first: Option,
    words: Callable[[Option], str] = str,
    **look: Any,
) -> Option:
    """Draw ``widget`` (st.segmented_control, st.pills or st.selectbox) and return what is chosen.

    The choice stands in the session and in the URL under ``key``; what a link asks for that is no
    option, or no longer one, becomes ``first``. ``words`` says an option in the learner's language.
    """
    by_name = {str(option): option for option in options}
    if st.session_state.get(key) not in options:
        st.session_state[key] = by_name.get(st.query_params.get(key, ""), first)
    # Streamlit hands ``words`` labels of another language too, just after a switch.
    chosen = widget(
        label,
        options,
        key=key,
        format_func=lambda option: words(option) if option in options else str(option),
        **look,
    )
    if chosen not in options:
        chosen = first
    _write(key, None if chosen == first else str(chosen))
    return chosen


def linked_choices(
    widget: Callable[..., Any],
    label: str,
    options: Sequence[Option],
    *,
    key: str,
    first: Sequence[Option],
    words: Callable[[Option], str] = str,
    **look: Any,
) -> tuple[Option, ...]:
    """As ``linked_choice``, where several may be chosen, or none; in the order of the options.

    The URL has them with full stops between.
    """
    by_name = {str(option): option for option in options}
    now = st.session_state.get(key)
    if not isinstance(now, list) or any(option not in options for option in now):
        asked = st.query_params.get(key, "").split(".")
        st.session_state[key] = [by_name[name] for name in asked if name in by_name] or list(first)
    chosen = widget(
        label,
        options,
        key=key,
        selection_mode="multi",
        format_func=lambda option: words(option) if option in options else str(option),
        **look,
    )
    found = tuple(option for option in options if option in chosen)
    _write(key, None if found == tuple(first) else ".".join(map(str, found)))
    return found


def _write(key: str, value: str | None) -> None:
    """Change the URL only where it must change."""
    if value is None:
        if key in st.query_params:
            del st.query_params[key]
    elif st.query_params.get(key) != value:
        st.query_params[key] = value
