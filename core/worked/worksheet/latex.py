r"""A worksheet as LaTeX for the plain ``article`` class with amsmath; xeCJK only where it is needed."""

from __future__ import annotations

from collections.abc import Callable

from core.worked.formula import latex
from core.worked.worksheet.page import Grid, Page, Section, Working

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "#": r"\#", "$": r"\$", "%": r"\%",
    "&": r"\&", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}", '"': r"\textquotedbl{}",
    "\n": r"$\hookleftarrow$", "\t": " ", "−": "$-$", "∞": r"$\infty$", "×": r"$\times$",
    "÷": r"$\div$", "√": r"$\surd$", "·": r"$\cdot$", "≈": r"$\approx$", "ₖ": r"$_k$",
    "…": r"\ldots{}",
}  # fmt: skip
_SPECIAL |= {sign: rf"$_{{{digit}}}$" for digit, sign in enumerate("₀₁₂₃₄₅₆₇₈₉")}
_SPECIAL |= {sign: rf"$^{{{digit}}}$" for digit, sign in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}
_BY_PDFLATEX = "“”‘’–—"
_CJK = ((0x2E80, 0xA4CF), (0xAC00, 0xD7AF), (0xF900, 0xFAFF), (0xFF00, 0xFFEF), (0x20000, 0x3FFFF))


def latex_page(page: Page, translate: Callable[[str], str]) -> str:
    """The whole source. ``translate`` is for the words within formulas."""
    body = "\n\n".join(
        [
            rf"\section*{{{escaped(page.title)}}}",
            *map(escaped, page.notes),
            *(_section(section, translate) for section in page.sections),
        ]
    )
    return f"{_preamble(page, body)}\n\\begin{{document}}\n{body}\n\\end{{document}}\n"


def escaped(text: str) -> str:
    """A learner's text or a phrase, safe in LaTeX's text mode."""
    signs = (_SPECIAL.get(sign, sign if sign.isprintable() else " ") for sign in text)
    return "".join(signs)


def _preamble(page: Page, body: str) -> str:
    """pdfLaTeX will do for European letters; others need XeLaTeX, and Chinese needs xeCJK."""
    foreign = {sign for sign in body if ord(sign) > 0x17F and sign not in _BY_PDFLATEX}
    chinese = {sign for sign in foreign if any(low <= ord(sign) <= high for low, high in _CJK)}
    if chinese:
        engine = [
            "% Compile with xelatex: xeCJK sets the Chinese characters.",
            r"\usepackage{xeCJK}",
        ]
    elif foreign:
        engine = [
            "% Compile with xelatex or lualatex: these letters need it.",
            r"\usepackage{fontspec}",
        ]
    else:
        engine = ["% Compile with pdflatex, xelatex or lualatex.", r"\usepackage[T1]{fontenc}"]
    return "\n".join(
        [
            r"\documentclass[11pt]{article}",
            *engine,
            r"\usepackage{amsmath}",
            "% Margins that suit A4 and Letter.",
            r"\setlength{\textwidth}{17cm}\setlength{\oddsidemargin}{-0.5cm}",
            r"\setlength{\textheight}{23cm}\setlength{\topmargin}{-1.5cm}",
            r"\setlength{\parindent}{0pt}\setlength{\parskip}{4pt}\setlength{\arraycolsep}{3pt}",
            r"\renewcommand{\arraystretch}{1.3}",
        ]
    )


def _section(section: Section, translate: Callable[[str], str]) -> str:
    def word(text: str) -> str:
        return escaped(translate(text))

    lines = [rf"\subsection*{{{escaped(section.heading)}}}"]
    if section.formulas:
        lines.append(r" \qquad ".join(rf"\( {latex(each, word)} \)" for each in section.formulas))
    for grid in section.grids:
        lines += [_grid(block) for block in grid.blocks()]
    if section.space:
        lines += [rf"{{\footnotesize {escaped(section.space)}}}", r"\vspace{3cm}"]
    lines += [_worked(working) for working in section.working]
    return "\n\n".join(lines)


def _worked(working: Working) -> str:
    lines = [
        (rf"\textbf{{{escaped(name)}}}\quad " if name else r"\phantom{M}\quad ")
        + rf"$\displaystyle {line}$"
        for name, line in working.lines
    ]
    return "\n\n".join(
        [rf"\subsubsection*{{{escaped(working.heading)}}}", *lines, *map(escaped, working.notes)]
    )


def _grid(grid: Grid) -> str:
    head = " & ".join(["", *(rf"\text{{{escaped(name)}}}" for name in grid.columns)])
    rows = " \\\\\n".join(
        " & ".join(
            [rf"\text{{{escaped(name)}}}", *(_cell(text, box, grid.filled) for text, box in cells)]
        )
        for name, cells in grid.boxes()
    )
    places = "r" * len(grid.columns)
    return (
        rf"\( {latex(grid.symbol)} = \begin{{array}}{{r|{places}}}"
        f"\n{head} \\\\ \\hline\n{rows}\n\\end{{array}} \\)"
    )


def _cell(text: str, box: bool, filled: bool) -> str:
    shown = text.replace("−", "-").replace("∞", r"\infty")
    if not box:
        return shown
    return rf"\boxed{{\mathbf{{{shown}}}}}" if filled else r"\boxed{\phantom{-00.00}}"
