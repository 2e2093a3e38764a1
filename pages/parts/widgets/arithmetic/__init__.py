"""Arithmetic on the screen: lines, each under its name."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.worked.arithmetic import ArithmeticLine
from pages.parts.frame.language import _

NamedLine = tuple[str, str, ArithmeticLine]
"""What the line does, in the learner's language; the symbol before it (LaTeX, may be empty); the line."""


def show_lines(key: str, title: str, lines: Sequence[NamedLine], *, tall: bool = False) -> None:
    """A bordered box; ``title`` is Markdown. ``tall`` gives fractions their full height."""
    with st.container(border=True, key=key):
        st.markdown("\n\n".join([f"**{title}**", *lines_markdown(lines, tall=tall)]))


def lines_markdown(lines: Sequence[NamedLine], *, tall: bool = False) -> list[str]:
    """Each line as Markdown, under its name. As inline mathematics, it wraps on a narrow screen."""
    paragraphs = []
    style = r"\displaystyle " if tall else ""
    for name, symbol, line in lines:
        rounded = " · " + _("rounded") if line.rounded else ""
        before = f"{symbol} = " if symbol else ""
        latex = unbroken(line.latex)
        paragraphs.append(f":gray[{name}{rounded}]  \n${style}{before}{latex}$")
    return paragraphs


def unbroken(latex: str) -> str:
    """Braces around each term of a sum: a line may end after a plus sign, never within a product."""
    sign = r" \approx " if r" \approx " in latex else " = "
    terms, equals, result = latex.rpartition(sign)
    return " + ".join(f"{{{term}}}" for term in terms.split(" + ")) + equals + result
