"""Arithmetic of the positions lesson on the screen: lines, each under its name."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.worked.arithmetic import Line
from pages.parts.frame.language import _


def show_lines(key: str, title: str, lines: Sequence[tuple[str, str, Line]]) -> None:
    """A bordered box. Each line: what it says, the sign before it (LaTeX, may be empty), the arithmetic.

    As inline mathematics, it wraps on a narrow screen.
    """
    says = [f"**{title}**"]
    for name, sign, line in lines:
        rounded = " · " + _("rounded") if line.rounded else ""
        before = f"{sign} = " if sign else ""
        says.append(f":gray[{name}{rounded}]  \n${before}{unbroken(line.latex)}$")
    with st.container(border=True, key=key):
        st.markdown("\n\n".join(says))


def unbroken(latex: str) -> str:
    """Braces around each term of a sum: a line may end after a plus sign, never within a product."""
    sign = r" \approx " if r" \approx " in latex else " = "
    terms, equals, result = latex.rpartition(sign)
    return " + ".join(f"{{{term}}}" for term in terms.split(" + ")) + equals + result
