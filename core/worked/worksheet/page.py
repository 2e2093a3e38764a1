"""The sections of a worksheet before they are written as HTML or LaTeX."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from core.worked.formula import Formula

MOST_ACROSS = 10
"""Columns that fit next to each other on paper; wider matrices are printed in blocks."""


@dataclass(frozen=True)
class Grid:
    """A matrix: its symbol, the names of its rows and columns, its cells as they are shown.

    ``blank`` is True where there is an empty box; with ``filled`` the number stands in it, in bold.
    """

    symbol: Formula
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    blank: tuple[tuple[bool, ...], ...] = ()
    filled: bool = False

    def boxes(self) -> Iterator[tuple[str, list[tuple[str, bool]]]]:
        """Each row's name, and its cells with whether they are boxes."""
        blank = self.blank or ((False,) * len(self.columns),) * len(self.rows)
        for name, texts, boxes in zip(self.rows, self.cells, blank, strict=True):
            yield name, list(zip(texts, boxes, strict=True))

    def blocks(self) -> Iterator[Grid]:
        """The matrix in blocks that fit on paper."""
        for start in range(0, len(self.columns), MOST_ACROSS):
            part = slice(start, start + MOST_ACROSS)
            yield replace(
                self,
                columns=self.columns[part],
                cells=tuple(line[part] for line in self.cells),
                blank=tuple(line[part] for line in self.blank),
            )


@dataclass(frozen=True)
class Working:
    """Lines of arithmetic under a heading, each with the column it is about (or "") and its LaTeX;
    sentences after them."""

    heading: str
    lines: tuple[tuple[str, str], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """A heading with its formulas, its matrices, room for working (named ``space``), worked lines."""

    heading: str
    formulas: tuple[Formula, ...]
    grids: tuple[Grid, ...]
    space: str = ""
    working: tuple[Working, ...] = ()


@dataclass(frozen=True)
class Page:
    """A whole worksheet."""

    title: str
    notes: tuple[str, ...]
    sections: tuple[Section, ...]
    language: str
