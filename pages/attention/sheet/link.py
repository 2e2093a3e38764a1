"""A sheet of matrices as a short word for the address, and back."""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from itertools import islice

from core.errors import LearnerError
from pages.attention.sheet.sheet import (
    MOST_WIDTH,
    TYPED,
    Grid,
    Sheet,
    initial_sheet,
    read_tokens,
)
from pages.parts.widgets.grid.cells import LONGEST_TEXT, checked, number_text

LONGEST = 1500
_VERSION = "1"
_MOST_BYTES = 40_000


def encoded(sheet: Sheet) -> str | None:
    """Letters, digits, ``-`` and ``_``; None where the sheet is the example, or too large for a link.

    A bad cell goes in as its last good number.
    """
    good = mended(sheet)
    if good == initial_sheet(sheet.slug):
        return None
    text = json.dumps(parts_of(good), ensure_ascii=False)
    packed = zlib.compress(text.encode("utf-8"), 9)
    code = _VERSION + base64.urlsafe_b64encode(packed).decode("ascii").rstrip("=")
    return code if len(code) <= LONGEST else None


def decoded(code: object, slug: str) -> Sheet | None:
    """The sheet that the word says; None for anything that is not one, to the last cell."""
    if not isinstance(code, str) or not 1 < len(code) <= LONGEST or code[0] != _VERSION:
        return None
    try:
        padded = code[1:] + "=" * (-len(code[1:]) % 4)
        packed = base64.b64decode(padded, altchars=b"-_", validate=True)
        raw = zlib.decompressobj().decompress(packed, _MOST_BYTES)
        parts = json.loads(raw)
    except (binascii.Error, zlib.error, ValueError, RecursionError):
        return None
    return sheet_of(slug, parts)


def parts_of(sheet: Sheet) -> list[str | int]:
    """A sheet without bad cells in a few plain words, which ``sheet_of`` reads."""
    cells = [text for grid in sheet.grids for row in grid.texts for text in row]
    inner = sheet.model_width if sheet.mode == "x" else 0
    flags = [int(sheet.named), int(sheet.featured)]
    return [sheet.mode, sheet.width, inner, *flags, " ".join(sheet.tokens), "|".join(cells)]


def sheet_of(slug: str, parts: object) -> Sheet | None:
    """The sheet that ``parts`` say; None for anything that says none, to the last cell."""
    if not isinstance(parts, list) or len(parts) != 7:
        return None
    try:
        return _sheet(slug, *parts)
    except (ValueError, TypeError, LearnerError):
        return None


def _sheet(
    slug: str,
    mode: object,
    width: object,
    inner: object,
    named: object,
    featured: object,
    joined: object,
    cells: object,
) -> Sheet:
    """Raises ValueError or LearnerError for parts that make no sheet."""
    if mode not in ("qkv", "x") or not isinstance(joined, str) or not isinstance(cells, str):
        raise ValueError("no such mode, tokens or cells")
    if not isinstance(width, int) or not 1 <= width <= MOST_WIDTH:
        raise ValueError("no such width")
    if not isinstance(inner, int) or (mode == "x" and not 1 <= inner <= MOST_WIDTH):
        raise ValueError("no such inner width")
    tokens = tuple(joined.split(" "))
    for token in tokens:
        if read_tokens(f"{token} .")[0] != token:
            raise ValueError("no such token")
    read_tokens(" ".join(tokens))
    shapes = [(len(tokens), width)] * 3
    if mode == "x":
        shapes = [(len(tokens), inner), *[(inner, width)] * 3]
    texts = cells.split("|")
    if len(texts) != sum(rows * columns for rows, columns in shapes):
        raise ValueError("not so many cells")
    if any(len(text) > LONGEST_TEXT or text != text.strip() for text in texts):
        raise ValueError("a cell is too long")
    rest = iter(texts)
    grids = []
    for rows, columns in shapes:
        lines = tuple(tuple(islice(rest, columns)) for _row in range(rows))
        grids.append(Grid(lines, tuple(tuple(checked(text) for text in line) for line in lines)))
    assert len(grids) == len(TYPED[mode])
    return Sheet(slug, tokens, mode, tuple(grids), bool(named), bool(featured))


def mended(sheet: Sheet) -> Sheet:
    """The sheet with its last good number in each bad cell."""
    grids = []
    for grid in sheet.grids:
        bad = grid.bad()
        texts = tuple(
            tuple(
                number_text(grid.numbers[r][c]) if (r, c) in bad else text
                for c, text in enumerate(row)
            )
            for r, row in enumerate(grid.texts)
        )
        grids.append(Grid(texts, grid.numbers))
    return Sheet(sheet.slug, sheet.tokens, sheet.mode, tuple(grids), sheet.named, sheet.featured)
