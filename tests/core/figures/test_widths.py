"""The curves of entropy and slope over the width."""

from __future__ import annotations

import math

from core.figures.widths import width_curves, width_table
from core.worked.sharpness import sharpness

WIDTHS = (1, 16)


def test_the_curves_and_the_table_show_what_was_measured() -> None:
    divided = [sharpness(width, True, queries=200) for width in WIDTHS]
    undivided = [sharpness(width, False, queries=200) for width in WIDTHS]
    figure = width_curves(WIDTHS, divided, undivided, math.log(6), "light")
    assert [list(trace.y) for trace in figure.data] == [
        [one.entropy for one in divided],
        [one.gradient for one in divided],
        [one.entropy for one in undivided],
        [one.gradient for one in undivided],
    ]
    assert max(figure.layout.yaxis.range) > math.log(6)
    header, lines = width_table(WIDTHS, divided, undivided)
    assert len(header) == 5
    assert lines[1] == (
        16,
        *(getattr(s, m) for m in ("entropy", "gradient") for s in (divided[1], undivided[1])),
    )
