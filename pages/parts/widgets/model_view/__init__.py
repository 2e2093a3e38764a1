"""All heads of a model as small maps, one row for each layer: click one, or press Enter, to open it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from numpy.typing import ArrayLike

from core.figures import grid
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _
from pages.parts.frame.theme import theme
from pages.parts.widgets.plot import Click, plot
from pages.parts.widgets.shared.source import Source

_TALLEST = 760


def model_view(
    maps: ArrayLike,
    tokens: Sequence[str],
    *,
    key: str,
    source: Source,
    on_open: Callable[[int, int], None] | None = None,
    selected: tuple[int, int] | None = None,
    mask: ArrayLike | None = None,
    height: int | None = None,
) -> tuple[int, int] | None:
    """Draw maps [l h q k]; return the (layer, head) that was opened in this rerun, counted from 0.

    ``on_open`` is called with it before the script runs, so that the script can draw it. ``selected``
    is outlined; ``mask`` [q k] is True where a key is hidden. After BertViz's model view (Vig 2019).
    """
    labels = labels_of(grid.LABELS)
    figure = grid.head_grid(maps, tokens, theme(), selected=selected, mask=mask, labels=labels)
    layers = figure.meta["cells"]["rows"]

    def open_head(click: Click) -> None:
        if on_open is not None:
            on_open(click.row, click.column)

    click = plot(
        figure,
        key=key,
        height=height or min(70 + max(110 - 5 * layers, 58) * layers, _TALLEST),
        on_click=open_head,
        caption=_(
            "One square for each head, one row of squares for each layer; in each, a row is a query "
            "and a column a key. Click a head to open it."
        ),
        source=source,
        table=lambda: grid.head_table(maps, tokens, labels),
    )
    return None if click is None else (click.row, click.column)
