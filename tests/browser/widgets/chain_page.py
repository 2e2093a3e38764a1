"""The chain over three tokens, and the cell that is chosen in it."""

from __future__ import annotations

import numpy as np
import streamlit as st

from core.worked.trace import attention_trace, causal_mask
from pages.parts.frame.state import State
from pages.parts.widgets.chain import Chain, draw_chain
from pages.parts.widgets.chain.state import chain_state
from pages.parts.widgets.shared.source import Source

TOKENS = ("Mia", "lost", "her")

q, k, v = np.arange(18).reshape(3, 3, 2) / 9
trace = attention_trace(q, k, v, causal_mask(3))
source = Source("formula", ("The numbers from 0 to 17, over 9.",))
cell = draw_chain(Chain(chain_state(State("chain")), trace, TOKENS, ("a", "b"), source=source))
st.text(f"Chosen: {cell.stage} {cell.row} {cell.column}")
