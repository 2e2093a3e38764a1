"""A heatmap that a slider changes, and what was picked in it."""

from __future__ import annotations

import numpy as np
import streamlit as st

from core.figures.heatmap import annotated_heatmap
from pages.parts.widgets.plot import plot
from pages.parts.widgets.shared.source import Source

ROWS, COLUMNS = ("a", "b", "c"), ("w", "x", "y", "z")

share = st.slider("Share", 0, 100, 50, key="share") / 100
values = share * np.arange(12).reshape(3, 4)
click = plot(
    annotated_heatmap(values, ROWS, COLUMNS, "light"),
    key="map",
    height=320,
    caption="Rows and columns.",
    source=Source("formula", ("Twelve steps, times the share.",)),
    selectable=True,
)
st.text("Picked: " + ("nothing" if click is None else f"{click.row}, {click.column}"))
