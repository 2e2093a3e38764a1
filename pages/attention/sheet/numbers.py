"""What the grids of matrices say: arrays to compute with, and a sentence for each bad cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.worked.trace import Projection
from pages.attention.sheet.sheet import TYPED, Grid, Matrix, Mode, Sheet, Texts
from pages.parts.frame.language import _, plainly
from pages.parts.widgets.grid.cells import number_text

Bad = Mapping[tuple[int, int], str]


@dataclass(frozen=True, eq=False)
class Matrices:
    """What the grids hold, as float64: ``q``, ``k``, ``v`` [t e] always; the ``projection``
    that makes them, where it is what is typed.

    ``columns`` names the e numbers, ``features`` the d numbers; untranslated. ``texts`` are the cells
    as typed, ``bad`` the cells that say no number, with a sentence in the learner's language; the
    arrays have the last good number there. Both are by grid, ``q`` to ``w_v``.
    """

    slug: str
    tokens: tuple[str, ...]
    columns: tuple[str, ...]
    features: tuple[str, ...]
    mode: Mode
    q: Matrix
    k: Matrix
    v: Matrix
    projection: Projection | None
    texts: Mapping[str, Texts]
    bad: Mapping[str, Bad]


def numbers_of(sheet: Sheet) -> Matrices:
    """The numbers that a sheet says, and its bad cells in the learner's language."""
    grids = dict(zip(TYPED[sheet.mode], sheet.grids, strict=True))
    arrays = {name: grid.array() for name, grid in grids.items()}
    q, k, v = sheet.qkv()
    return Matrices(
        slug=sheet.slug,
        tokens=sheet.tokens,
        columns=sheet.columns,
        features=sheet.features if sheet.mode == "x" else (),
        mode=sheet.mode,
        q=q,
        k=k,
        v=v,
        projection=Projection(**arrays) if sheet.mode == "x" else None,
        texts={name: grid.texts for name, grid in grids.items()},
        bad={name: _sentences(sheet, name, grid) for name, grid in grids.items()},
    )


def _sentences(sheet: Sheet, name: str, grid: Grid) -> Bad:
    rows = sheet.features if name.startswith("w") else sheet.tokens
    columns = sheet.features if name == "x" else sheet.columns
    return {
        (row, column): _(
            "Row “{row}”, column “{column}”: {problem} Until then {number} is used."
        ).format(
            row=_(rows[row]),
            column=_(columns[column]),
            problem=plainly(error),
            number=number_text(grid.numbers[row][column]).replace("-", "−"),
        )
        for (row, column), error in grid.bad().items()
    }
