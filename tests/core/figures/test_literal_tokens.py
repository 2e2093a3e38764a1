"""A learner's token is shown as it is, whatever it is: no picture reads it as a tag or an entity."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import unescape

import numpy as np
import pytest

from core.figures.bars.token_losses import token_losses
from core.figures.counts import count_heatmap
from core.figures.figure import Figure
from core.figures.gates import gate_strip
from core.figures.grid import head_grid
from core.figures.heatmap import annotated_heatmap
from core.figures.next_token import next_token_bars

TOKENS = ["<b>", "</script>", 'a"b', "a&lt;b", "`x`", "<br>"]
COUNT = len(TOKENS)
SQUARE = np.full((COUNT, COUNT), 1 / COUNT)
LINE = np.linspace(0.1, 0.3, COUNT)
GATES = {
    name: np.full((COUNT, 4), 0.5)
    for name in ("forget", "input", "candidate", "output", "cell", "hidden")
}
FIGURES = {
    "heatmap": annotated_heatmap(SQUARE, TOKENS, TOKENS, "light"),
    "heads": head_grid(np.tile(SQUARE, (1, 2, 1, 1)).astype(np.float32), TOKENS, "light"),
    "gates": gate_strip(GATES, TOKENS, "light", [0]),
    "next": next_token_bars(TOKENS, LINE.tolist(), "light", before=LINE.tolist()),
    "losses": token_losses(TOKENS, LINE, LINE * 2, "light"),
    "counts": count_heatmap(np.ones((COUNT, COUNT), dtype=np.int64), TOKENS, TOKENS, "light"),
}


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for entry in value.values():
            yield from texts(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from texts(entry)


@pytest.mark.parametrize("name", list(FIGURES))
def test_a_token_is_literal_in_axes_and_in_what_is_said_of_a_cell(name: str) -> None:
    figure: Figure = FIGURES[name]
    shown = list(texts(json.loads(figure.to_json())))
    # The grid of heads names only the tokens of each head's largest weight.
    for token in TOKENS[:1] if name == "heads" else TOKENS:
        assert any(token in unescape(text) for text in shown), token
    for text in shown:
        # What a figure means as a tag stands around words; a token's would stand alone.
        assert "</script>" not in text and "a&lt;b" not in text.replace("&amp;", "&&")
        assert name == "heads" or not text.startswith(("<b>", "<br>"))
