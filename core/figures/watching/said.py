"""What a model says at a step: the bars and the lens as they are drawn elsewhere, with what the browser needs
to put another step's numbers into them (``meta.bars`` and ``meta.lens``)."""

from __future__ import annotations

from collections.abc import Sequence

from core.figures import next_token
from core.figures.figure import Figure
from core.figures.inside import lens
from core.figures.inside.lens import LensCells
from core.figures.theme import Labels, Theme, palette, plain, words

_LONGEST_IN_CELL = 10
"""Letters of the longest text in a cell: a size that fits at every step."""


def bars_at_step(
    tokens: Sequence[str], shares: Sequence[float], theme: Theme, labels: Labels | None = None
) -> Figure:
    """``next_token_bars`` on a whole axis, so that steps can be compared."""
    text = words(labels, next_token.LABELS)
    figure = next_token.next_token_bars(tokens, shares, theme, whole=True, labels=labels)
    colours = palette(theme)
    figure.update_layout(
        meta={
            "bars": {
                "rest": text["rest"],
                "probability": plain(text["probability"]),
                "colours": [colours.attention, colours.hatch],
            }
        }
    )
    return figure


def lens_at_step(
    cells: LensCells,
    tokens: Sequence[str],
    points: Sequence[str],
    theme: Theme,
    labels: Labels | None = None,
) -> Figure:
    """``lens_grid`` without a chosen cell."""
    text = words(labels, lens.LABELS)
    figure = lens.lens_grid(cells, tokens, points, theme, None, labels)
    colours = palette(theme)
    figure.traces[1]["meta"] = {"numbers": _LONGEST_IN_CELL}
    figure.update_layout(
        meta={
            "lens": {
                "tokens": [plain(token) for token in tokens],
                "points": [plain(point) for point in points],
                "best": plain(text["best"]),
                "changed": plain(text["changed"]),
                "right": f"{lens.RIGHT} {plain(text['right'])}",
                "tick": lens.RIGHT,
                "colours": [colours.paper, colours.ink],
            }
        }
    )
    return figure
