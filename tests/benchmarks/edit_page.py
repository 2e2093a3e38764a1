"""A page for ``bench_edit``: the chain over random numbers, and a slider that changes them all."""

from __future__ import annotations

import numpy as np
import streamlit as st

from core.worked.trace import attention_trace, causal_mask
from pages.parts.frame.state import State
from pages.parts.widgets.chain import Chain, draw_chain
from pages.parts.widgets.chain.state import chain_state
from pages.parts.widgets.shared.source import Source

WIDTH = 16
CHAIN = chain_state(State("edit"))


@st.fragment
def show() -> None:
    """All scores change with the slider."""
    tokens = int(st.query_params.get("tokens", "128"))
    sharpness = st.slider("Sharpness", 1, 100, 50, key="sharpness") / 50
    q, k, v = np.random.default_rng(0).standard_normal((3, tokens, WIDTH))
    trace = attention_trace(sharpness * q, k, v, causal_mask(tokens))
    names = tuple(f"t{place}" for place in range(tokens))
    columns = tuple(str(place) for place in range(WIDTH))
    drawn = Source("drawn", ("Seed 0.",))
    draw_chain(Chain(CHAIN, trace, names, columns, source=drawn, stage="softmax", row=tokens - 1))


show()
