"""Three tokens with queries and keys of two numbers, and the pair that is looked at."""

from __future__ import annotations

import streamlit as st

from pages.parts.widgets.neuron_view import neuron_view
from pages.parts.widgets.shared.source import Source

TOKENS = ("Mia", "lost", "ball")

query, key = neuron_view(
    [[1, 0], [0, 3], [3, -1]],
    [[1, 1], [2, 0], [0, 1]],
    TOKENS,
    key="neurons",
    source=Source("chosen", ("Small numbers.",)),
)
st.text(f"Pair: {TOKENS[query]} asks {TOKENS[key]}")
