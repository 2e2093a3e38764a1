"""The learner's matrices as they were typed: texts, the numbers they say, and what changes them.

No widget is drawn here. A sheet never changes; every function returns a new one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.errors import LearnerError
from core.wording import N_
from lessons.attention import examples
from pages.parts.widgets.grid.cells import LARGEST, Edit, checked, number_text

Mode = Literal["qkv", "x"]
Matrix = NDArray[np.float64]
Texts = tuple[tuple[str, ...], ...]

MOST_TOKENS = 32
MOST_WIDTH = 8
LONGEST_TOKEN = 12
TYPED: Mapping[Mode, tuple[str, ...]] = {"qkv": ("q", "k", "v"), "x": ("x", "w_q", "w_k", "w_v")}
PRESETS: Mapping[str, str] = {
    "previous": N_("Attend to the previous token"),
    "itself": N_("Attend to itself"),
    "uniform": N_("Attend to everything alike"),
}


@dataclass(frozen=True)
class Grid:
    """``texts`` as typed, and the number of each cell: of a bad one, the last good."""

    texts: Texts
    numbers: tuple[tuple[float, ...], ...]

    def array(self) -> Matrix:
        return np.array(self.numbers, dtype=np.float64)

    def bad(self) -> dict[tuple[int, int], LearnerError]:
        """The cells that say no number, or too large a one, and why."""
        found: dict[tuple[int, int], LearnerError] = {}
        for row, line in enumerate(self.texts):
            for column, text in enumerate(line):
                try:
                    checked(text)
                except LearnerError as error:
                    found[row, column] = error
        return found


@dataclass(frozen=True)
class Sheet:
    """``grids`` are those of the mode: q, k, v [t e], or x [t d] and w_q, w_k, w_v [d e].

    ``named`` says whether the e columns still have the example's names, ``featured`` the d columns.
    """

    slug: str
    tokens: tuple[str, ...]
    mode: Mode
    grids: tuple[Grid, ...]
    named: bool = True
    featured: bool = False

    def grid(self, name: str) -> Grid:
        return self.grids[TYPED[self.mode].index(name)]

    @property
    def width(self) -> int:
        """e, the numbers in a query."""
        return len(self.grids[-1].texts[0])

    @property
    def model_width(self) -> int:
        """d, the numbers in a row of X; e where there is no X."""
        return len(self.grids[0].texts[0])

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the e numbers: the example's, then plain numbers."""
        return _names(examples.example(self.slug).columns if self.named else (), self.width)

    @property
    def features(self) -> tuple[str, ...]:
        """The names of the d numbers, alike."""
        given = examples.example(self.slug).features if self.featured else ()
        return _names(given, self.model_width)

    def qkv(self) -> tuple[Matrix, Matrix, Matrix]:
        """Queries, keys and values [t e], as typed or as X gives them."""
        first, *others = (grid.array() for grid in self.grids)
        if self.mode == "qkv":
            return first, others[0], others[1]
        return first @ others[0], first @ others[1], first @ others[2]


def read_tokens(text: str) -> tuple[str, ...]:
    """Tokens as typed, split at spaces; text without spaces that is Chinese, at each character.

    LearnerError where there are none, too many, or one is too long.
    """
    tokens = tuple(text.split())
    if len(tokens) == 1 and any("\u3400" <= character <= "\u9fff" for character in text):
        tokens = tuple(tokens[0])
    if not tokens:
        raise LearnerError("Type at least one token.")
    if len(tokens) > MOST_TOKENS:
        raise LearnerError(
            "These are {count} tokens. Keep to {most}, so that every number stays readable.",
            count=len(tokens),
            most=MOST_TOKENS,
        )
    for token in tokens:
        if len(token) > LONGEST_TOKEN:
            raise LearnerError(
                "“{token}…” is too long for a token here: at most {most} characters.",
                token=token[:LONGEST_TOKEN],
                most=LONGEST_TOKEN,
            )
    return tokens


def written(matrix: ArrayLike) -> Grid:
    """A matrix as somebody would type it; the numbers are those of the texts."""
    texts = tuple(
        tuple(number_text(float(value)) for value in row)
        for row in np.clip(np.asarray(matrix, dtype=np.float64), -LARGEST, LARGEST)
    )
    return Grid(texts, tuple(tuple(float(text) for text in row) for row in texts))


@cache
def initial_sheet(slug: str, mode: Mode = "qkv") -> Sheet:
    """The example as it is."""
    given = examples.example(slug)
    direct = Sheet(slug, given.tokens, "qkv", tuple(map(written, (given.q, given.k, given.v))))
    if mode == "qkv":
        return direct
    if given.x is None or given.w_q is None or given.w_k is None or given.w_v is None:
        return with_mode(direct, mode)
    grids = tuple(map(written, (given.x, given.w_q, given.w_k, given.w_v)))
    return replace(direct, mode="x", grids=grids, featured=True)


def edited(sheet: Sheet, name: str, edits: Sequence[Edit]) -> Sheet:
    """The sheet with these cells typed over; a bad cell keeps its last good number."""
    grid = sheet.grid(name)
    texts, numbers = [list(row) for row in grid.texts], [list(row) for row in grid.numbers]
    for edit in edits:
        if not (0 <= edit.row < len(texts) and 0 <= edit.column < len(texts[0])):
            continue
        texts[edit.row][edit.column] = edit.text
        try:
            numbers[edit.row][edit.column] = checked(edit.text)
        except LearnerError:
            continue
    typed = Grid(tuple(map(tuple, texts)), tuple(map(tuple, numbers)))
    return _with(sheet, {name: typed})


def healed(sheet: Sheet, before: Sheet | None) -> Sheet:
    """The sheet without its bad cells: each has the text that was good last, as it stands in ``before`` or
    as its number is written."""
    grids = []
    for name, grid in zip(TYPED[sheet.mode], sheet.grids, strict=True):
        old = before.grid(name) if before is not None and before.mode == sheet.mode else None
        texts = [list(row) for row in grid.texts]
        for row, column in grid.bad():
            texts[row][column] = _said_before(old, row, column, grid.numbers[row][column])
        grids.append(Grid(tuple(map(tuple, texts)), grid.numbers))
    return replace(sheet, grids=tuple(grids))


def with_tokens(sheet: Sheet, tokens: tuple[str, ...]) -> Sheet:
    """Other tokens, at most MOST_TOKENS; rows that are new hold zeros."""
    tokens = tokens[:MOST_TOKENS]
    rows = ("x",) if sheet.mode == "x" else TYPED["qkv"]
    grids = {name: _resized(sheet.grid(name), rows=len(tokens)) for name in rows}
    return replace(_with(sheet, grids), tokens=tokens)


def with_width(sheet: Sheet, width: int) -> Sheet:
    """Another e; columns that are new hold zeros."""
    width = min(max(width, 1), MOST_WIDTH)
    names = [name for name in TYPED[sheet.mode] if name != "x"]
    return _with(sheet, {name: _resized(sheet.grid(name), columns=width) for name in names})


def with_model_width(sheet: Sheet, width: int) -> Sheet:
    """Another d, where X is typed: columns of X and rows of the projections."""
    if sheet.mode != "x":
        return sheet
    width = min(max(width, 1), MOST_WIDTH)
    grids = {name: _resized(sheet.grid(name), rows=width) for name in ("w_q", "w_k", "w_v")}
    return _with(sheet, {**grids, "x": _resized(sheet.grid("x"), columns=width)})


def with_mode(sheet: Sheet, mode: Mode) -> Sheet:
    """The same attention, typed the other way.

    A row of X with a single 1 looks up one row of a projection: with so many numbers in X as there are
    tokens, the projections are Q, K and V themselves. For more tokens than that, X is drawn at random.
    """
    if mode == sheet.mode:
        return sheet
    if mode == "qkv":
        grids = tuple(map(written, sheet.qkv()))
        return replace(sheet, mode=mode, grids=grids, featured=False)
    count = len(sheet.tokens)
    if sheet == initial_sheet(sheet.slug) and examples.example(sheet.slug).x is not None:
        return initial_sheet(sheet.slug, "x")
    if count > MOST_WIDTH:
        blank = tuple(written(np.zeros((1, MOST_WIDTH))) for _name in TYPED["x"])
        return randomised(replace(sheet, mode=mode, grids=blank), sheet.width, seed=0)
    return replace(sheet, mode=mode, featured=False, grids=(written(np.eye(count)), *sheet.grids))


def randomised(sheet: Sheet, width: int, seed: int) -> Sheet:
    """Every number drawn from the standard normal distribution, rounded to one decimal."""
    tokens = len(sheet.tokens)
    if sheet.mode == "qkv":
        drawn = tuple(map(written, examples.random_matrices(tokens, width, seed)))
        return replace(sheet, grids=drawn, named=False)
    drawn = tuple(map(written, examples.random_inputs(tokens, sheet.model_width, width, seed)))
    return replace(sheet, grids=drawn, named=False, featured=False)


def preset(sheet: Sheet, name: str) -> Sheet:
    """Queries, keys and values with a known pattern, in the mode of the sheet where X can hold it.

    e grows where it is too small to tell the tokens apart; LearnerError if no e of the bench will do.
    """
    make = {
        "previous": examples.attend_previous,
        "itself": examples.attend_itself,
        "uniform": examples.attend_uniformly,
    }[name]
    for width in range(sheet.width, MOST_WIDTH + 1):
        try:
            grids = tuple(map(written, make(len(sheet.tokens), width)))
            break
        except LearnerError:
            if width == MOST_WIDTH:
                raise
    made = replace(sheet, mode="qkv", grids=grids, named=False, featured=False)
    fits = len(sheet.tokens) <= MOST_WIDTH
    return with_mode(made, sheet.mode) if fits else made


def _said_before(old: Grid | None, row: int, column: int, number: float) -> str:
    """How this number was typed, if ``old`` has it there; else as it is written."""
    has = old is not None and row < len(old.texts) and column < len(old.texts[row])
    if old is not None and has and old.numbers[row][column] == number:
        return old.texts[row][column]
    return number_text(number)


def _names(given: tuple[str, ...], count: int) -> tuple[str, ...]:
    """The names that are given, then plain numbers."""
    return given[:count] + tuple(str(place + 1) for place in range(len(given), count))


def _with(sheet: Sheet, grids: Mapping[str, Grid]) -> Sheet:
    names = TYPED[sheet.mode]
    return replace(sheet, grids=tuple(grids.get(name, sheet.grid(name)) for name in names))


def _resized(grid: Grid, rows: int | None = None, columns: int | None = None) -> Grid:
    high = len(grid.texts) if rows is None else rows
    wide = len(grid.texts[0]) if columns is None else columns
    kept = (high, min(wide, len(grid.texts[0])))

    def lines(cells: Sequence[Sequence[object]], blank: object) -> list[list[object]]:
        found = [[*row[: kept[1]], *[blank] * (wide - kept[1])] for row in cells[:high]]
        return found + [[blank] * wide for _row in range(high - len(found))]

    texts = tuple(tuple(str(text) for text in row) for row in lines(grid.texts, "0"))
    numbers = tuple(tuple(float(str(n)) for n in row) for row in lines(grid.numbers, 0.0))
    return Grid(texts, numbers)
