"""One head of a trained GPT on the learner's own sentence, number by number."""

from __future__ import annotations

import numpy as np
import streamlit as st

from core.errors import LearnerError
from core.questions import TraceHead, TraceHeadAnswer
from core.spec.families.gpt import GPTSpec
from core.spec.run import RunSpec
from pages.attention.state import HEAD_CHAIN, HEAD_LAYER, HEAD_NUMBER, HEAD_RUN, HEAD_TEXT
from pages.parts.frame.ask import ask
from pages.parts.frame.language import _, worded
from pages.parts.frame.services import library, shipped
from pages.parts.frame.state import fragment
from pages.parts.frame.unknown import name_unknown_to
from pages.parts.training.panel import run_words
from pages.parts.training.sources import of_run
from pages.parts.widgets.chain import Chain
from pages.parts.widgets.chain.explained import show_stages
from pages.parts.widgets.chain.sentences import attention_sentence
from pages.parts.widgets.head_view import head_view
from pages.parts.widgets.shared.source import Source


@fragment
def show_trained_head() -> None:
    """Model, sentence, layer and head above; the chain of stages, and the same weights as lines."""
    specs = _models()
    if not specs:
        st.info(
            _(
                "The trained GPT that ships with this course is missing. Make it with: make starters."
            )
        )
        return
    spec, text, layer, head = _controls(specs)
    try:
        answer = ask(TraceHead(spec.id, text, layer, head))
    except LearnerError as error:
        st.warning(worded(error))
        return
    if answer.cut:
        st.caption(
            _("The model reads {most} tokens at most: the last {cut} are left out.").format(
                most=len(answer.tokens), cut=answer.cut
            )
        )
    source = of_run(spec, layer=layer, head=head, own_text=text != HEAD_TEXT.first)
    _show(answer, layer, head, source)


@st.cache_data(ttl=20, max_entries=4, show_spinner=False)
def _trained() -> list[RunSpec]:
    """Every finished GPT there is, except those trained on a learner's own text."""
    return [
        spec
        for spec in library().finished()
        if isinstance(spec.model, GPTSpec) and spec.corpus.name != "own"
    ]


def _models() -> dict[str, RunSpec]:
    """Runs by their id, the shipped one first; a link may name one that the list leaves out."""
    first = shipped("gpt")
    found = [first] if library().has(first.id) else []
    found += [spec for spec in _trained() if spec.id != first.id]
    asked = HEAD_RUN.value
    run = library().look(asked) if asked else None
    if run is not None and isinstance(run.spec.model, GPTSpec):
        found.append(run.spec)
    return {spec.id: spec for spec in found}


def _controls(specs: dict[str, RunSpec]) -> tuple[RunSpec, str, int, int]:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        run = HEAD_RUN.among(tuple(specs), first=next(iter(specs))).draw(
            st.selectbox,
            _("Model"),
            words=lambda name: run_words(specs[name]),
            width=330,
        )
        model = specs[run].model
        assert isinstance(model, GPTSpec)
        # Layers and heads count from 0, as in every picture and in the literature.
        layers, heads = HEAD_LAYER.among(range(model.layers)), HEAD_NUMBER.among(range(model.heads))
        layer = layers.draw(st.segmented_control, _("Layer"), required=True)
        head = heads.draw(st.segmented_control, _("Head"), required=True)
    text = HEAD_TEXT.box(_("Your sentence"))
    name_unknown_to(run, text)
    return specs[run], text, layer, head


def _show(answer: TraceHeadAnswer, layer: int, head: int, source: Source) -> None:
    tokens, trace = answer.tokens, answer.trace
    last = len(tokens) - 1

    def lines() -> None:
        head_view(
            tokens,
            trace.weights[None],
            key="attention_head_lines",
            names=[_("head {number}").format(number=head)],
            caption=_(
                "The same weights as lines: the thicker, the more of that token's value is taken."
            ),
            source=source,
        )

    st.markdown(
        _("Layer {layer}, head {head}: each query and key has {width} numbers.").format(
            layer=layer, head=head, width=trace.q.shape[1]
        )
        + " "
        + attention_sentence(tokens, trace.weights, last)
    )
    show_stages(
        Chain(
            HEAD_CHAIN,
            trace,
            tokens,
            tuple(str(place) for place in range(trace.output.shape[1])),
            source=source,
            stage="softmax",
            row=last,
            column=int(np.argmax(trace.weights[last])),
        ),
        beside=lines,
    )
