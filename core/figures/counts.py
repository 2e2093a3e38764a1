"""What an N-gram model counted: previous token in the row, next token in the column."""

from __future__ import annotations

from collections.abc import Sequence

from numpy.typing import ArrayLike

from core.figures import heatmap
from core.figures.cells import Selected
from core.figures.figure import Figure
from core.figures.theme import Labels, Theme
from core.wording import N_

LABELS: Labels = {
    **heatmap.LABELS,
    "rows": N_("context (row)"),
    "columns": N_("next token (column)"),
    "value": N_("count"),
    "row": N_("context"),
    "column": N_("next token"),
    "missing": N_("never counted"),
}


def count_heatmap(
    counts: ArrayLike,
    contexts: Sequence[str],
    tokens: Sequence[str],
    theme: Theme,
    selected: Selected | None = None,
    labels: Labels | None = None,
) -> Figure:
    """Counts [context token] on a logarithmic colour scale, with the whole numbers in the cells."""
    return heatmap.annotated_heatmap(
        counts,
        contexts,
        tokens,
        theme,
        selected=selected,
        scale="count",
        labels={**LABELS, **(labels or {})},
    )


def count_table(
    counts: ArrayLike,
    contexts: Sequence[str],
    tokens: Sequence[str],
    labels: Labels | None = None,
) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """The same counts as (header, rows)."""
    return heatmap.heatmap_table(counts, contexts, tokens, labels={**LABELS, **(labels or {})})
