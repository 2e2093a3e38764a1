"""A worksheet as one HTML file: nothing is loaded from elsewhere; prints on A4 and on Letter."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from core.worked.formula import mathml
from core.worked.worksheet.page import Grid, Page, Section, Working

_STYLE = """
:root { color-scheme: light; }
@page { margin: 15mm; }
body { margin: 0 auto; max-width: 180mm; padding: 5mm; background: #fff; color: #1b1a22;
  font: 11pt/1.4 Georgia, 'Noto Serif SC', 'Songti SC', SimSun, serif; }
h1 { font-size: 17pt; margin: 0 0 3mm; }
h2 { font-size: 12pt; margin: 6mm 0 1mm; }
h3 { font-size: 11pt; margin: 4mm 0 1mm; }
p { margin: 0 0 2mm; }
h2, h3, .formula { break-after: avoid; }
.given { display: flex; flex-wrap: wrap; gap: 2mm 8mm; align-items: start; }
.scroll { overflow-x: auto; }
figure { margin: 2mm 0; break-inside: avoid; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-style: italic; }
th { font-weight: normal; color: #555; padding: 1mm 2mm; text-align: right; white-space: nowrap; }
td { padding: 1mm 2mm; text-align: right; border: 0.2mm solid #bbb; min-width: 11mm; height: 7mm;
  white-space: nowrap; box-sizing: border-box; }
td.box { border: 0.5mm solid #1b1a22; font-weight: bold; }
.working { border: 0.2mm dashed #999; min-height: 32mm; color: #777; font-size: 9pt; padding: 1mm 2mm;
  break-inside: avoid; }
.lines td { border: 0; height: auto; text-align: left; white-space: normal; padding: 0.5mm 2mm; }
.lines th { padding: 0.5mm 2mm; vertical-align: top; }
.cases { margin-left: 1mm; border-left: 0.4mm solid; border-radius: 2mm; }
.cases mtd { padding: 0 1.5mm; text-align: left; }
@media print { body { max-width: none; padding: 0; } }
""".strip()


def html_page(page: Page, translate: Callable[[str], str]) -> str:
    """The whole file. ``translate`` is for the words within formulas."""
    notes = "\n".join(f"<p>{_text(note)}</p>" for note in page.notes)
    sections = "\n".join(_section(section, translate) for section in page.sections)
    return (
        f'<!DOCTYPE html>\n<html lang="{_text(page.language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(page.title)}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n<body>\n"
        f"<h1>{_text(page.title)}</h1>\n{notes}\n{sections}\n</body>\n</html>\n"
    )


def plain_arithmetic(latex: str) -> str:
    r"""A line of arithmetic as HTML: a/b, √, e to a power, · and ≈, and the words of \text."""
    html = escape(latex, quote=False)
    html = re.sub(
        r"\\underbrace\{([^{}]*)\}_\{\\text\{([^{}]*)\}\}", r"\1 <small>(\2)</small>", html
    )
    html = re.sub(r"\\text\{([^{}]*)\}", r"\1", html)
    html = re.sub(r"\\sqrt\{([^{}]*)\}", r"√\1", html)
    html = re.sub(r"\\frac\{([^{}]*)\}\{([^{}]*)\}", r"\1 / \2", html)
    html = re.sub(r"\^\{([^{}]*)\}", r"<sup>\1</sup>", html)
    for sign, shown in _SIGNS:
        html = html.replace(sign, shown)
    return re.sub(r"(?<![\w<])-(?=[\d∞])", "−", html)


_SIGNS = (
    (r"\cdot", "·"),
    (r"\times", "×"),
    (r"\approx", "≈"),
    (r"\infty", "∞"),
    (r"\quad", "&emsp;"),
)


def _section(section: Section, translate: Callable[[str], str]) -> str:
    formulas = " &emsp; ".join(
        f'<math displaystyle="true">{mathml(each, translate)}</math>' for each in section.formulas
    )
    formula = f'<p class="formula">{formulas}</p>\n' if formulas else ""
    grids = "\n".join(_grid(block) for grid in section.grids for block in grid.blocks())
    space = f'\n<div class="working">{_text(section.space)}</div>' if section.space else ""
    worked = "\n".join(_worked(working) for working in section.working)
    return (
        f"<section>\n<h2>{_text(section.heading)}</h2>\n{formula}"
        f'<div class="given">\n{grids}\n</div>{space}{worked}\n</section>'
    )


def _worked(working: Working) -> str:
    lines = "\n".join(
        f"<tr><th>{_text(name)}</th><td>{plain_arithmetic(line)}</td></tr>"
        for name, line in working.lines
    )
    notes = "\n".join(f"<p>{_text(note)}</p>" for note in working.notes)
    return f'<h3>{_text(working.heading)}</h3>\n<table class="lines">\n{lines}\n</table>\n{notes}'


def _grid(grid: Grid) -> str:
    columns = "".join(f'<th scope="col">{_text(name)}</th>' for name in grid.columns)
    rows = "\n".join(
        f'<tr><th scope="row">{_text(name)}</th>'
        + "".join(_cell(text, box, grid.filled) for text, box in cells)
        + "</tr>"
        for name, cells in grid.boxes()
    )
    return (
        f'<figure class="scroll"><table>\n<caption><math>{mathml(grid.symbol)}</math></caption>\n'
        f"<tr><th></th>{columns}</tr>\n{rows}\n</table></figure>"
    )


def _cell(text: str, box: bool, filled: bool) -> str:
    if not box:
        return f"<td>{text}</td>"
    return f'<td class="box">{text if filled else ""}</td>'


def _text(text: str) -> str:
    return escape(text.replace("\n", "⏎"))
