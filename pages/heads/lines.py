"""Arithmetic line by line in a box, each line under its name."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.worked.arithmetic import Line
from pages.parts.frame.escaped import escaped


def show_lines(what: tuple[str, Sequence[tuple[str, Line]]], *, key: str) -> None:
    """``what`` is a title and (name, line) pairs. As inline mathematics, a line wraps."""
    title, lines = what
    says = [f"**{escaped(title)}**"]
    says += [f":gray[{name}]  \n$\\displaystyle {_breakable(line.latex)}$" for name, line in lines]
    with st.container(border=True, key=key):
        st.markdown("\n\n".join(says))


def _breakable(latex: str) -> str:
    """Braces around each term of a sum: a line may end after a plus sign, never within a product."""
    sign = r" \approx " if r" \approx " in latex else " = "
    terms, equals, result = latex.rpartition(sign)
    return " + ".join(f"{{{term}}}" for term in terms.split(" + ")) + equals + result
