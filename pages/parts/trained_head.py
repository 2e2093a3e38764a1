"""One head of the GPT that ships, on the learner's own sentence, number by number."""

from __future__ import annotations

from typing import Any

import numpy as np
import streamlit as st

from core.errors import LearnerError
from core.runs.questions import TraceHead
from core.training.spec import GPTSpec
from pages.parts.answers import ask
from pages.parts.heads import head_view
from pages.parts.language import _, worded
from pages.parts.link import linked_choice
from pages.parts.services import library, shipped
from pages.parts.stages import Shown, attention_sentence, show_stage, stage_switch

FIRST_TEXT = "One morning Mia lost her ball in the park. Tom heard her"
MOST_TOKENS = 20
_PREFIX = "attention_head"


@st.fragment
def show_trained_head() -> None:
    """Sentence, layer and head in one line; the lines to the left, the stages to the right."""
    spec = shipped("gpt")
    text, layer, head = _controls(spec.model)
    if library().find(spec.id) is None:
        st.info(
            _(
                "The trained GPT that ships with this course is missing. Make it with: make starters."
            )
        )
        return
    try:
        answer = ask(TraceHead(spec.id, text, layer, head))
    except LearnerError as error:
        st.warning(worded(error))
        return
    if len(answer.tokens) > MOST_TOKENS:
        st.warning(
            _(
                "These are {count} tokens. Shorten the sentence to {most}, so that every number fits."
            ).format(count=len(answer.tokens) + answer.cut, most=MOST_TOKENS)
        )
        return
    _show(answer, layer, head)


def _controls(model: GPTSpec) -> tuple[str, int, int]:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = st.text_input(
            _("Your sentence"),
            value=FIRST_TEXT,
            key=f"{_PREFIX}_text",
            bind="query-params",
            max_chars=300,
            width=420,
            help=_("The model knows only words from its stories; other words become “unknown”."),
        )
        layer = _choice(_("Layer"), f"{_PREFIX}_layer", model.layers)
        head = _choice(_("Head"), f"{_PREFIX}_number", model.heads)
    return text or "", layer, head


def _choice(label: str, key: str, count: int) -> int:
    """Layers and heads count from 0, as in every picture and in the literature."""
    return linked_choice(st.segmented_control, label, range(count), key=key, first=0, required=True)


def _show(answer: Any, layer: int, head: int) -> None:
    tokens, trace = answer.tokens, answer.trace
    last = len(tokens) - 1
    left, right = st.columns([5, 7], gap="large")
    with right:
        stage = stage_switch(_PREFIX)
        columns = tuple(str(place + 1) for place in range(trace.output.shape[1]))
        best = int(np.argmax(trace.weights[last]))
        shown = Shown(_PREFIX, trace, tokens, columns, row=last, column=best)
        row, _column = show_stage(shown, stage, height=480)
    with left:
        st.markdown(
            _("Layer {layer}, head {head}: each query and key has {width} numbers.").format(
                layer=layer, head=head, width=trace.q.shape[1]
            )
            + " "
            + attention_sentence(tokens, trace.weights, row)
        )
        head_view(
            tokens,
            trace.weights[None],
            key=f"{_PREFIX}_lines",
            names=[_("head {number}").format(number=head)],
            caption=_(
                "The same weights as lines: the thicker, the more of that token's value is taken."
            ),
        )
