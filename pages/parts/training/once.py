"""What takes seconds and is the same for every learner: worked out once since the server started."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import TypeVar

import streamlit as st

from pages.parts.frame.language import _

Name = TypeVar("Name", bound=Hashable)
Value = TypeVar("Value")


def once_counted(
    wanted: Mapping[Name, Callable[[], Value]], known: dict[Name, Value], *, key: str, label: str
) -> list[Value] | None:
    """All of ``wanted``, in order, kept in ``known``; None until somebody has pressed the button ``label``.

    A bar shows how far it is. What was counted before a learner turned away is not counted again.
    """
    left = [name for name in wanted if name not in known]
    if left:
        if not st.button(label, key=key, type="primary"):
            return None
        place = st.empty()
        for name in left:
            at = len(wanted) - len(left) + left.index(name)
            words = _("Model {n} of {count}").format(n=at + 1, count=len(wanted))
            place.progress(at / len(wanted), words)
            known[name] = wanted[name]()
        place.empty()
    return [known[name] for name in wanted]
