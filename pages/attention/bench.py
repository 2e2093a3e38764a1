"""The bench of the attention lesson: matrices to type over, every stage, every cell's arithmetic."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import streamlit as st

from core.wording import N_
from core.worked.trace import Trace
from lessons.attention.examples import example
from pages.attention.attending import MASKS as MASK_KINDS
from pages.attention.attending import Mask, Switches, sides, trace_of
from pages.attention.sheet.editor import (
    Matrices,
    edit_matrices,
    grid_keys,
    keep_link,
    matrices,
    matrix_actions,
    reshape_matrices,
    sheet,
    source_of,
)
from pages.attention.short_way import short_way
from pages.attention.state import (
    ASKERS,
    CHAIN,
    DIVIDE,
    EXAMPLE,
    IN_FRONT,
    MASK,
    PADDING,
    mask_of,
)
from pages.attention.worksheet import worksheet_popover
from pages.parts.frame.escaped import escaped
from pages.parts.frame.language import _
from pages.parts.frame.state import fragment
from pages.parts.widgets.chain import Cell, Chain
from pages.parts.widgets.chain.explained import show_stages
from pages.parts.widgets.chain.sentences import division_sentence
from pages.parts.widgets.grid import heard_of

MASKS: dict[str, str] = {
    "causal": N_("causal mask"),
    "none": N_("no mask"),
    "padding": N_("padding"),
    "cross": N_("cross-attention"),
}
SAYINGS: dict[str, str] = {
    "causal": N_("A token sees itself and the tokens before it."),
    "none": N_("Every token sees every token."),
    "padding": N_(
        "Padding: a short text is filled up with empty tokens. Those at the end are hidden from all "
        "queries."
    ),
    "in_front": N_(
        "Padding: a short text is filled up with empty tokens. Those at the front are hidden, and so "
        "are later tokens."
    ),
    "cross": N_("The chosen tokens ask, the others answer: queries and keys of different texts."),
}
ANCHOR = "attention-bench"
_TALL = 8
"""Grids of more rows scroll, so that the chain stays in sight."""
_STYLE = """
<style>
#attention-bench { scroll-margin-top: 4.5rem; }
@media (min-width: 900px) {
  .st-key-attention_editors {
    display: grid !important; grid-auto-flow: column; grid-template-rows: auto auto;
    grid-auto-columns: minmax(0, 1fr); gap: .25rem 1.5rem; align-items: start;
  }
}
</style>
"""


@fragment
def show_bench() -> None:
    """A switch redraws this part of the page alone; a typed number, the grids and the chain; a chosen
    cell, the chain alone."""
    st.html(_STYLE)
    st.html(f'<div id="{ANCHOR}"></div>')
    _show_example(*_controls())


@fragment
def _show_example(slug: str, switches: Switches, tokens: tuple[str, ...]) -> None:
    state = matrices(slug)
    if state.tokens != tokens and switches.mask in ("padding", "cross"):
        st.rerun()  # the switches above count and name the tokens
    editors, chain = st.container(), st.container()
    # What the learner waits for is sent first.
    with chain:
        _show_chain(state, switches, trace_of(state, switches))
    with editors:
        _editors(state, switches)
    keep_link(slug)


def _show_chain(state: Matrices, switches: Switches, trace: Trace) -> None:
    """Every stage, and a sentence about queries that may see nothing."""
    in_front = switches.mask == "padding" and switches.in_front
    name = "in_front" if in_front else switches.mask
    st.caption(_(SAYINGS[name]))
    chain = _chain_of(state, switches, trace)
    other = replace(switches, divided=not switches.divided)

    def more(cell: Cell) -> str:
        if cell.stage != "softmax" or trace.mask[cell.row].all():
            return ""
        return division_sentence(trace_of(state, other), cell.row, switches.divided)

    show_stages(chain, more)
    blind = [token for token, hidden in zip(chain.tokens, trace.mask, strict=True) if hidden.all()]
    if blind:
        st.info(
            _(
                "No key is visible to {tokens}. There is nothing to share out, so these rows are zeros: "
                "programs that forget this case divide 0 by 0."
            ).format(tokens=_(", ").join(f"**{escaped(token)}**" for token in blind))
        )


def _controls() -> tuple[str, Switches, tuple[str, ...]]:
    """The example, how it attends, and for which tokens the switches were drawn."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        slug = EXAMPLE.draw(
            st.selectbox,
            _("Example"),
            words=lambda name: _(example(name).title),
            on_change=MASK.forget,
            width=290,
        )
        tokens = matrices(slug).tokens
        switches = _switches(slug, len(tokens))
    if switches.mask == "cross":
        switches = replace(switches, asking=_askers(tokens))
    st.caption(_(example(slug).note))
    return slug, switches, tokens


def _editors(state: Matrices, switches: Switches) -> None:
    """What changes the matrices: buttons, knobs and the grids themselves."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        matrix_actions(state)
        knobs = st.popover("⚙ " + _("More knobs"), key="attention_knobs", on_change="rerun")
        if knobs.open:
            with knobs:
                reshape_matrices(state)
        worksheet_popover("attention", lambda: trace_of(state, switches))
    height: int | Literal["content"] = 340 if len(state.tokens) > _TALL else "content"
    with st.container(height=height, border=False), st.container(key="attention_editors"):
        edit_matrices(state)


def _chain_of(state: Matrices, switches: Switches, trace: Trace) -> Chain:
    queries, keys = _token_names(state, switches)
    grids = grid_keys(state)
    return Chain(
        CHAIN,
        trace,
        queries,
        tuple(_(column) for column in state.columns),
        keys,
        tuple(_(feature) for feature in state.features),
        source=source_of(state),
        row=queries.index("her") if "her" in queries else 0,
        short_way=short_way(
            sheet(state.slug), switches, grids, {key: heard_of(key) for key in grids}
        ),
    )


def _token_names(state: Matrices, switches: Switches) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The tokens that ask and those that answer."""
    if switches.mask != "cross":
        return state.tokens, state.tokens
    asking, answering = sides(len(state.tokens), switches)
    return tuple(state.tokens[i] for i in asking), tuple(state.tokens[i] for i in answering)


def _switches(slug: str, t: int) -> Switches:
    """The mask and the division by √d_k; an example that needs no mask begins without one."""
    masks: tuple[Mask, ...] = MASK_KINDS if t > 1 else ("causal", "none", "padding")
    mask = MASK.among(masks, first=mask_of(slug)).draw(
        st.segmented_control,
        _("Who may see whom"),
        words=lambda name: _(MASKS[name]),
        required=True,
    )
    divided = DIVIDE.toggle(_("divide by √dₖ"))
    count, in_front = 1, False
    if mask == "padding":
        count = PADDING.among(range(1, t + 1), first=min(2, t)).draw(
            st.selectbox, _("Padding tokens"), width=110
        )
        in_front = IN_FRONT.toggle(_("in front, and causal"))
    return Switches(mask, divided, count, in_front)


def _askers(tokens: tuple[str, ...]) -> tuple[int, ...]:
    """Which tokens ask; a choice that leaves nobody to ask, or nobody to answer, is said."""
    first = tuple(range(max(1, min(2, len(tokens) - 2))))
    asking = ASKERS.among(range(len(tokens)), first).draw(
        st.pills, _("Tokens that ask"), words=lambda place: escaped(tokens[place])
    )
    if not asking:
        st.warning(
            _("Somebody has to ask: until you choose a token, **{token}** does.").format(
                token=escaped(tokens[0])
            )
        )
    if len(asking) == len(tokens):
        st.warning(
            _("Somebody has to answer: until you leave a token out, **{token}** does.").format(
                token=escaped(tokens[-1])
            )
        )
    return asking
