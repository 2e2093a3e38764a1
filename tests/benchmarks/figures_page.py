"""A page for ``bench_figures``: a large heatmap and a head view, and a slider that changes both."""

from __future__ import annotations

import numpy as np
import streamlit as st

from core.figures.heatmap import annotated_heatmap
from core.worked.trace import causal_mask
from pages.parts.widgets.head_view import head_view
from pages.parts.widgets.plot import plot
from pages.parts.widgets.shared.source import Source

TOKENS, HEADS = 256, 4
DRAWN = Source("drawn", ("Seed 0.",))

sharpness = st.slider("Sharpness", 1, 100, 50, key="sharpness") / 25
scores = sharpness * np.random.default_rng(0).standard_normal((HEADS, TOKENS, TOKENS))
mask = causal_mask(TOKENS)
weights = np.where(mask, 0, np.exp(scores))
weights /= weights.sum(axis=-1, keepdims=True)
names = [f"t{place}" for place in range(TOKENS)]
plot(
    annotated_heatmap(weights[0], names, names, "light", mask),
    key="map",
    height=600,
    caption="Rows ask, columns answer.",
    source=DRAWN,
)
head_view(names, weights, key="heads", caption="Lines from query to key.", source=DRAWN)
