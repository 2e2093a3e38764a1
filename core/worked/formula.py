r"""A formula as a tree of letters and signs, written as LaTeX for paper or as MathML for a browser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Literal

Role = Literal["", "query", "key", "value", "attention"]
"""What a letter stands for; a page gives each its colour."""


@dataclass(frozen=True)
class Letter:
    """One letter."""

    name: str
    role: Role = ""


@dataclass(frozen=True)
class Sign:
    """An operator or another sign between letters."""

    text: str


@dataclass(frozen=True)
class Number:
    """A number as it is to be printed."""

    text: str


@dataclass(frozen=True)
class Row:
    """Parts one after another."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True)
class Sub:
    """A base with an index below."""

    base: Formula
    index: Formula


@dataclass(frozen=True)
class Power:
    """A base with something above: an exponent, ⊤ or ′."""

    base: Formula
    index: Formula


@dataclass(frozen=True)
class Fraction:
    """Top over bottom."""

    top: Formula
    bottom: Formula


@dataclass(frozen=True)
class Root:
    """A square root."""

    inner: Formula


@dataclass(frozen=True)
class Sum:
    """The sum of ``terms`` over the letter ``over``."""

    over: Letter
    terms: Formula


@dataclass(frozen=True)
class Cases:
    """One value or another; ``word`` says when, in English and for translation."""

    cases: tuple[tuple[Formula, str], ...]


Formula = Letter | Sign | Number | Row | Sub | Power | Fraction | Root | Sum | Cases


def row(*parts: Formula | str) -> Row:
    """Parts one after another; a text is a sign."""
    return Row(tuple(Sign(part) if isinstance(part, str) else part for part in parts))


def latex(formula: Formula, translate: Callable[[str], str] = str) -> str:
    r"""In mathematics mode, with amsmath. ``translate`` is for the words of a case."""
    match formula:
        case Letter(name):
            return _LATEX_SIGNS.get(name, name)
        case Number(text):
            return text
        case Sign(text):
            return _LATEX_SIGNS.get(text, text)
        case Row(parts):
            return " ".join(latex(part, translate) for part in parts)
        case Sub(base, index):
            return f"{latex(base, translate)}_{_braced(latex(index, translate))}"
        case Power(base, Sign("′")):
            return f"{latex(base, translate)}'"
        case Power(base, index):
            return f"{latex(base, translate)}^{_braced(latex(index, translate))}"
        case Fraction(top, bottom):
            return rf"\frac{{{latex(top, translate)}}}{{{latex(bottom, translate)}}}"
        case Root(inner):
            return rf"\sqrt{{{latex(inner, translate)}}}"
        case Sum(over, terms):
            return rf"\sum_{latex(over)} {latex(terms, translate)}"
        case Cases(cases):
            lines = (
                rf"{latex(value, translate)} & \text{{{translate(word)}}}" for value, word in cases
            )
            return r"\begin{cases} " + r" \\ ".join(lines) + r" \end{cases}"


def mathml(formula: Formula, translate: Callable[[str], str] | None = None) -> str:
    """What stands within ``<math>``. Letters have their role as a class; without ``translate`` the
    words of a case are left out, for a page to put into its ``<mtext>`` by their class."""
    match formula:
        case Letter(name, role):
            return f"<mi{_class(role)}>{escape(name)}</mi>"
        case Number(text):
            return f"<mn>{escape(text)}</mn>"
        case Sign(text):
            return f"<mo>{escape(text)}</mo>"
        case Row(parts):
            return f"<mrow>{''.join(mathml(part, translate) for part in parts)}</mrow>"
        case Sub(base, index):
            return f"<msub>{mathml(base, translate)}{mathml(index, translate)}</msub>"
        case Power(base, index):
            return f"<msup>{mathml(base, translate)}{mathml(index, translate)}</msup>"
        case Fraction(top, bottom):
            return f"<mfrac>{mathml(top, translate)}{mathml(bottom, translate)}</mfrac>"
        case Root(inner):
            return f"<msqrt>{mathml(inner, translate)}</msqrt>"
        case Sum(over, terms):
            sign = f"<munder><mo>∑</mo>{mathml(over)}</munder>"
            return f"<mrow>{sign}{mathml(terms, translate)}</mrow>"
        case Cases(cases):
            lines = "".join(
                f"<mtr><mtd>{mathml(value, translate)}</mtd><mtd><mtext{_class(word)}>"
                f"{escape(' ' + translate(word)) if translate else ''}</mtext></mtd></mtr>"
                for value, word in cases
            )
            return f'<mtable class="cases">{lines}</mtable>'


_LATEX_SIGNS = {
    "⊤": r"\top",
    "−": "-",
    "∞": r"\infty",
    "max": r"\max",
    "tanh": r"\tanh",
    "σ": r"\sigma",
    "⊙": r"\odot",
}


def _braced(index: str) -> str:
    return index if len(index) == 1 or index == r"\top" else f"{{{index}}}"


def _class(name: str) -> str:
    return f' class="{name}"' if name else ""
