"""What the letters of shapes are: a picture of one product with each letter at its side, and their table."""

from __future__ import annotations

from html import escape

import streamlit as st

from lessons.terms import letters
from pages.parts.frame.language import _, translated

_TOKENS, _NUMBERS = 5, 4
_COLOURS = {"query": "#2f6fc4", "key": "#c4452f", "attention": "#7c5cd6"}
"""Of the cells, thin or full: seen on paper and in the dark."""
_STYLE = """
<style>
.clearhead-shapes { max-width: 30rem; margin: 0; }
.clearhead-shapes .tables { display: flex; flex-wrap: wrap; align-items: center; gap: .3rem .8rem; }
.clearhead-shapes .table { display: grid; grid-template: auto auto auto / auto auto; gap: .15rem .45rem;
  align-items: center; justify-items: center; }
.clearhead-shapes b { font-size: 1.05rem; }
.clearhead-shapes .across, .clearhead-shapes .name { grid-column: 2; font-size: .9rem; }
.clearhead-shapes .cells { display: grid; gap: 1px; }
.clearhead-shapes i { width: 14px; height: 14px; border-radius: 2px; opacity: .25; }
.clearhead-shapes i.marked { opacity: 1; }
.clearhead-shapes dl { display: grid; grid-template-columns: auto 1fr; gap: .15rem .7rem; margin: .6rem 0 0; }
.clearhead-shapes dt { margin: 0; font-weight: 700; }
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
        _table(_("queries"), "q", "e", "query", _NUMBERS, rows={query}),
        "<b>,</b>",
        _table(_("keys"), "k", "e", "key", _NUMBERS, rows={key}),
        "<b>→</b>",
        _table(_("scores"), "q", "k", "attention", _TOKENS, rows={query}, columns={key}),
    )
    return (
        f'<figure class="clearhead-shapes"><div class="tables" role="img" '
        f'aria-label="{escape(alternative)}">{"".join(tables)}</div>'
        f"<dl>{said}</dl><figcaption>{escape(caption)}</figcaption></figure>"
    )


def _table(
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
    is_marked = (
        row in rows and (columns is None or column in columns)
        for row in range(_TOKENS)
        for column in range(width)
    )
    cells = "".join(
        f'<i class="marked" style="background:{_COLOURS[colour]}"></i>'
        if marked
        else f'<i style="background:{_COLOURS[colour]}"></i>'
        for marked in is_marked
    )
    return (
        f'<div class="table"><b class="across">{across}</b><b>{down}</b>'
        f'<div class="cells" style="grid-template-columns:repeat({width},auto)">{cells}</div>'
        f'<span class="name">{escape(name)}</span></div>'
    )


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
