"""The short way from a number typed beside the chain to its picture.

The page's own answer draws everything and takes its time. Meanwhile the browser asks here, with the
matrices it was last told and what was typed since, and gets the chain's numbers alone. Nothing is kept
between requests; the page's answer, a moment later, says the same or has the last word.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from itertools import groupby
from operator import itemgetter
from typing import Any, get_args

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from lessons.attention.examples import EXAMPLES
from pages.attention.attending import Mask, Switches, trace_of
from pages.attention.sheet.link import mended, parts_of, sheet_of
from pages.attention.sheet.numbers import numbers_of
from pages.attention.sheet.sheet import MOST_TOKENS, TYPED, Sheet, edited
from pages.parts.frame.routes import from_page
from pages.parts.widgets.chain.data import packed
from pages.parts.widgets.grid.cells import allowed
from pages.parts.widgets.shared.valid_index import valid_index

PATH = "/attention/typed"
MOST_BYTES = 65_536
MOST_EDITS = 1024


def short_way(
    sheet: Sheet,
    switches: Switches,
    grids: Mapping[str, str],
    heard: Mapping[str, tuple[str, int]],
) -> dict[str, Any]:
    """What the browser needs to ask: where, and about which matrices.

    ``grids`` are typed into: by key, the matrix of each. ``heard``, by key too, is the last event that
    the matrices have in them: the view it came from, and its number there.
    """
    return {
        "url": from_page(PATH),
        "about": {
            "example": sheet.slug,
            "sheet": parts_of(mended(sheet)),
            "switches": asdict(switches),
        },
        "grids": dict(grids),
        "heard": {key: list(event) for key, event in heard.items()},
    }


async def typed(request: Request) -> Response:
    """The chain's numbers, as ``chain.data.packed`` says them; 400 for what is no such question."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            return Response(status_code=413)
    try:
        found = answer(json.loads(body))
    except (ValueError, RecursionError):
        found = None
    return Response(status_code=400) if found is None else JSONResponse(found)


def answer(question: object) -> dict[str, Any] | None:
    """The packed trace of the matrices in ``question`` after its edits; None for no such question.

    ``question`` has an ``about`` of ``short_way``, and ``edits`` as [matrix, row, column, text].
    """
    if not isinstance(question, dict) or not isinstance(question.get("about"), dict):
        return None
    about, edits = question["about"], question.get("edits")
    slug = next((known.slug for known in EXAMPLES if known.slug == about.get("example")), "")
    sheet = sheet_of(slug, about.get("sheet")) if slug else None
    switches = _switches(about.get("switches"))
    if sheet is None or switches is None or not isinstance(edits, list):
        return None
    edits = edits[:MOST_EDITS]
    if any(not isinstance(edit, list) or len(edit) != 4 for edit in edits):
        return None
    for matrix, cells in groupby(edits, itemgetter(0)):
        if matrix not in TYPED[sheet.mode]:
            return None
        typed_over = [cell for _matrix, *cell in cells]
        sheet = edited(sheet, matrix, allowed(typed_over, sheet.grid(matrix).texts, None))
    return packed(trace_of(numbers_of(mended(sheet)), switches), "scores", 0)


def _switches(sent: object) -> Switches | None:
    if not isinstance(sent, dict) or sent.keys() != asdict(Switches("none")).keys():
        return None
    asking = sent["asking"]
    if sent["mask"] not in get_args(Mask) or valid_index(sent["count"], MOST_TOKENS + 1) is None:
        return None
    if not isinstance(asking, list) or any(valid_index(at, MOST_TOKENS) is None for at in asking):
        return None
    return Switches(
        sent["mask"],
        sent["divided"] is True,
        sent["count"],
        sent["in_front"] is True,
        tuple(asking),
    )
