"""A trace as a page to print: matrices with empty boxes to fill, and its solution. NumPy only."""

from core.worked.worksheet.content import (
    MOST_ROWS,
    Worksheet,
    blank_cells,
    worksheet,
)
from core.worked.worksheet.words import WorksheetWords

__all__ = ["MOST_ROWS", "Worksheet", "WorksheetWords", "blank_cells", "worksheet"]
