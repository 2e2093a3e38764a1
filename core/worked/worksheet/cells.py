"""A matrix's cells as they are displayed. NumPy only."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike


def cell_texts(values: ArrayLike, decimals: int = 2) -> list[list[str]]:
    """A matrix's cells exactly as they are displayed, as ``core.figures.theme.number`` writes them.

    Always ``decimals`` decimals (none from 1000 on), a real minus sign, none before zero, −∞ where a
    key is hidden. A small number stands as 0.00 and not as “<0.01”: a cell is for comparing at a
    glance; its arithmetic, and the value under the cursor, keep two digits of it.
    """
    grid = np.atleast_2d(np.asarray(values, dtype=np.float64))
    return [[_cell_text(value, decimals) for value in row] for row in grid.tolist()]


def _cell_text(value: float, decimals: int) -> str:
    if value != value:
        return "–"
    if abs(value) == float("inf"):
        return "∞" if value > 0 else "−∞"
    text = f"{value:.{0 if abs(value) >= 1000 else decimals}f}"
    return text.lstrip("-") if float(text) == 0 else text.replace("-", "−")
