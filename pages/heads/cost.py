"""What more heads cost: a table of parameters, multiplications and weights at one width."""

from __future__ import annotations

import streamlit as st

from core.worked.multihead import cost
from pages.heads.state import COST_WIDTH
from pages.parts.frame.language import _
from pages.parts.frame.state import fragment

_HEADS = {80: (1, 2, 4, 8, 16), 768: (1, 4, 12, 24, 48)}
_TOKENS = 64


@fragment
def show_cost() -> None:
    """One row for each number of heads; every number is computed."""
    d = COST_WIDTH.draw(st.segmented_control, _("Model width, d"), required=True)
    costs = [cost(d, heads, _TOKENS) for heads in _HEADS[d]]
    header = [
        _("heads, h"),
        "e = d / h".replace(" ", "\N{NO-BREAK SPACE}"),
        _("parameters"),
        _("multiplications"),
        _("weights"),
    ]
    lines = [
        [
            f"{c.heads}",
            f"{c.width}",
            f"{c.parameters:,}",
            f"{c.multiplications:,}",
            f"{c.weights:,}",
        ]
        for c in costs
    ]
    table = ["| " + " | ".join(cells) + " |" for cells in (header, ["--:"] * 5, *lines)]
    st.markdown("\n".join(table))
    st.caption(
        _(
            "One row for each way to cut. Parameters of W_Q, W_K, W_V and W_O without biases; "
            "multiplications and attention weights for {count} tokens."
        ).format(count=_TOKENS)
    )
    st.markdown(
        _(
            "From {few} head to {many} heads: **{parameters} parameters either way**, and "
            "{multiplications} multiplications either way. Only the weights grow, {times} times as many, "
            "because each head keeps a table of its own."
        ).format(
            few=costs[0].heads,
            many=costs[-1].heads,
            parameters=f"{costs[-1].parameters:,}",
            multiplications=f"{costs[-1].multiplications:,}",
            times=costs[-1].weights // costs[0].weights,
        )
    )
