"""The bench of the attention lesson: matrices to type over, every stage, every cell's arithmetic."""

from __future__ import annotations

from typing import Literal

import numpy as np
import streamlit as st

from core.figures.theme import number
from core.inspection.sharpness import entropy, undivided
from core.inspection.trace import Stage, Trace, attention_trace, causal_mask
from core.wording import N_
from lessons.attention.examples import EXAMPLES, example
from pages.parts.language import _
from pages.parts.link import linked_choice
from pages.parts.matrices import Matrices, edit_matrices, matrices, reshape_matrices
from pages.parts.stages import Shown, attention_sentence, escaped, show_stage, stage_switch

Mask = Literal["causal", "none"]
_MASKS: dict[Mask, str] = {"causal": N_("causal mask"), "none": N_("no mask")}
_SLUGS = tuple(chosen.slug for chosen in EXAMPLES)


@st.fragment
def show_bench() -> None:
    """A click, a typed number or a switch redraws this part of the page alone."""
    left, right = st.columns([5, 7], gap="large")
    with left:
        edited = _matrices()
    with right:
        stage = stage_switch("attention", first="scores")
        mask, divided = _switches(edited.slug)
        trace = trace_of(edited, mask, divided)
        columns = tuple(_(column) for column in edited.columns)
        first_row = edited.tokens.index("her") if "her" in edited.tokens else 0
        shown = Shown("attention", trace, edited.tokens, columns, first_row, divided=divided)
        row, column = show_stage(shown, stage)
        st.markdown(_seen(shown, stage, row, column, divided, trace_of(edited, mask, not divided)))


def trace_of(given: Matrices, mask: Mask, divided: bool) -> Trace:
    """Attention over the learner's matrices."""
    hidden = causal_mask(len(given.tokens)) if mask == "causal" else None
    trace = attention_trace(given.q, given.k, given.v, mask=hidden)
    return trace if divided else undivided(trace)


def _matrices() -> Matrices:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        slug = linked_choice(
            st.selectbox,
            _("Example"),
            _SLUGS,
            key="attention_example",
            first=_SLUGS[0],
            words=lambda name: _(example(name).title),
            width=290,
        )
        state = matrices(slug)
        with st.popover("⚙ " + _("More knobs"), key="attention_knobs"):
            reshape_matrices(state)
    st.caption(_(example(state.slug).note))
    return edit_matrices(state)


def _switches(slug: str) -> tuple[Mask, bool]:
    """The mask and the division by √d_k; an example that needs no mask begins without one."""
    _begin_with_mask_of(slug)
    with st.container(horizontal=True, vertical_alignment="center"):
        mask = linked_choice(
            st.segmented_control,
            _("Mask"),
            tuple(_MASKS),
            key="attention_mask",
            first=_mask_of(slug),
            words=lambda name: _(_MASKS[name]),
            required=True,
            label_visibility="collapsed",
        )
        divided = st.toggle(
            _("divide by √dₖ"), value=True, key="attention_divide", bind="query-params"
        )
    return mask, bool(divided)


def _begin_with_mask_of(slug: str) -> None:
    before = st.session_state.get("attention_mask_set_for")
    if before is not None and before != slug:
        st.session_state["attention_mask"] = _mask_of(slug)
    st.session_state["attention_mask_set_for"] = slug


def _mask_of(slug: str) -> Mask:
    return "causal" if example(slug).causal else "none"


def _seen(shown: Shown, stage: Stage, row: int, column: int, divided: bool, other: Trace) -> str:
    """One sentence about what the stage shows, from its numbers."""
    trace, tokens = shown.trace, shown.tokens
    query = escaped(tokens[row])
    if stage in ("scores", "scaled"):
        values = trace.scores if stage == "scores" else trace.scaled
        best = int(np.argmax(values[row]))
        return _(
            "**{query}** fits **{key}** best: {score}. Scores in the whole matrix lie between {low} "
            "and {high}."
        ).format(
            query=query,
            key=escaped(tokens[best]),
            score=number(float(values[row, best])),
            low=number(float(values.min())),
            high=number(float(values.max())),
        )
    if stage == "mask":
        return _(
            "**{query}** may see {count} of {all} keys; {hidden} cells are hidden in all."
        ).format(
            query=query,
            count=int((~trace.mask[row]).sum()),
            all=len(tokens),
            hidden=int(trace.mask.sum()),
        )
    if stage == "softmax":
        sentence = attention_sentence(tokens, trace.weights, row)
        says = (
            _("Without the division by √dₖ the entropy would be {entropy}.")
            if divided
            else _("With the division by √dₖ the entropy would be {entropy}.")
        )
        return f"{sentence} {says.format(entropy=number(float(entropy(other.weights[row]))))}"
    most = int(np.argmax(trace.weights[row]))
    return _(
        "The output of **{query}** is {share} of the value of **{key}**, and {rest} of the others'."
    ).format(
        query=query,
        key=escaped(tokens[most]),
        share=number(float(trace.weights[row, most])),
        rest=number(1.0 - float(trace.weights[row, most])),
    )
