"""What the letters of shapes are: a picture of one product with each letter at its side, and their table."""

from __future__ import annotations

from html import escape

import streamlit as st

from lessons.terms import letters
from pages.parts.frame.language import _, translated

_CELL = 15
_TOKENS, _NUMBERS = 5, 4
_TOP = 44
_COLOURS = {"query": "#2f6fc4", "key": "#c4452f", "attention": "#7c5cd6"}
"""Fills, half transparent: seen on paper and in the dark."""
_STYLE = """
<style>
.clearhead-shapes { max-width: 30rem; margin: 0; }
.clearhead-shapes svg { display: block; width: 100%; height: auto; color: inherit; }
.clearhead-shapes text { font: 13px var(--st-font, sans-serif); fill: currentColor; text-anchor: middle; }
.clearhead-shapes text.letter { font-weight: 700; font-size: 15px; }
.clearhead-shapes rect { stroke: currentColor; stroke-opacity: .35; }
.clearhead-shapes dl { display: grid; grid-template-columns: auto 1fr; gap: .15rem .7rem; margin: .4rem 0 0; }
.clearhead-shapes dt { font-weight: 700; }
.clearhead-shapes dd { margin: 0; }
.clearhead-shapes figcaption { margin-top: .4rem; font-size: .9rem; opacity: .8; }
</style>
"""


def score_shapes() -> None:
    """`q e, k e → q k` as a picture: three tables, each side with its letter; under it what these are."""
    st.html(_STYLE + score_picture())


def score_picture() -> str:
    """The picture as HTML: query 2 and key 4 are marked, and the score that they make."""
    words = {letter.letter: translated(letter.meaning) for letter in letters()}
    said = "".join(f"<dt>{name}</dt><dd>{escape(words[name])}</dd>" for name in "qke")
    alternative = _(
        "Three tables. The first has a row for each query (q) and a column for each number (e). The second "
        "has a row for each key (k) and a column for each number (e). They make the third: a row for each "
        "query (q), a column for each key (k)."
    )
    caption = _(
        "q e, k e → q k: a marked row of queries and a marked row of keys, multiplied number by number and "
        "added up over e, make the one marked score."
    )
    query, key = 2, 4
    tables = (
        _table(34, _("queries"), "q", "e", "query", _NUMBERS, rows={query}),
        _sign(118, ","),
        _table(148, _("keys"), "k", "e", "key", _NUMBERS, rows={key}),
        _sign(237, "→"),
        _table(284, _("scores"), "q", "k", "attention", _TOKENS, rows={query}, columns={key}),
    )
    return (
        f'<figure class="clearhead-shapes"><svg viewBox="0 0 372 146" role="img" '
        f'aria-label="{escape(alternative)}">{"".join(tables)}</svg>'
        f"<dl>{said}</dl><figcaption>{escape(caption)}</figcaption></figure>"
    )


def _table(
    left: int,
    name: str,
    down: str,
    across: str,
    colour: str,
    width: int,
    *,
    rows: set[int],
    columns: set[int] | None = None,
) -> str:
    """A table with its letters at its sides; cells in ``rows``, and in ``columns`` if some are named, are
    marked."""
    cells = "".join(
        f'<rect x="{left + column * _CELL}" y="{_TOP + row * _CELL}" width="{_CELL}" height="{_CELL}" '
        f'fill="{_COLOURS[colour]}" fill-opacity="'
        f'{0.85 if row in rows and (columns is None or column in columns) else 0.18}"/>'
        for row in range(_TOKENS)
        for column in range(width)
    )
    middle = left + width * _CELL / 2
    return (
        f"{cells}"
        f'<text class="letter" x="{left - 14}" y="{_TOP + _TOKENS * _CELL / 2 + 5}">{down}</text>'
        f'<text class="letter" x="{middle}" y="{_TOP - 9}">{across}</text>'
        f'<text x="{middle}" y="{_TOP + _TOKENS * _CELL + 19}">{escape(name)}</text>'
    )


def _sign(middle: int, sign: str) -> str:
    return f'<text class="letter" x="{middle}" y="{_TOP + _TOKENS * _CELL / 2 + 5}">{sign}</text>'


def letter_table() -> None:
    """All letters of shapes, what there is of each, and what else a letter may stand for."""
    names = (_("letter"), _("how many there are of what"), _("elsewhere"))
    rows = (
        (
            f"`{one.letter}`",
            translated(one.meaning),
            translated(one.otherwise) if one.otherwise else "",
        )
        for one in letters()
    )
    st.markdown("\n".join(f"| {' | '.join(row)} |" for row in (names, (":--",) * 3, *rows)))
