"""Two heads over four tokens, and the query that is kept."""

from __future__ import annotations

import numpy as np
import streamlit as st

from pages.parts.widgets.head_view import head_view
from pages.parts.widgets.shared.source import Source

TOKENS = ("Mia", "lost", "her", "ball")

even = np.tril(np.ones((4, 4)))
weights = [even / even.sum(axis=1, keepdims=True), np.eye(4)]
source = Source("chosen", ("One head is even, one looks at itself.",))
kept = head_view(TOKENS, weights, key="heads", caption="Lines from query to key.", source=source)
st.text("Kept: " + ("nothing" if kept is None else TOKENS[kept]))
