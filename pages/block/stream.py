"""A token of the learner's sentence, followed through the GPT that ships, and what each head adds."""

from __future__ import annotations

import numpy as np
import streamlit as st

from core.errors import LearnerError
from core.figures import flow, heatmap
from core.figures.flow import flow_table, residual_flow
from core.figures.heatmap import annotated_heatmap, heatmap_table
from core.figures.theme import number
from core.questions import ResidualStream, ResidualStreamAnswer
from core.wording import N_
from core.worked.flow import cosine, flow_steps
from pages.block.state import MOST_TOKENS, TEXT, TOKEN
from pages.parts.exercises.box import bet_placed
from pages.parts.frame.ask import ask
from pages.parts.frame.escaped import escaped
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _, worded
from pages.parts.frame.services import library, shipped
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.frame.unknown import name_unknown_to
from pages.parts.training.sources import of_run
from pages.parts.widgets.plot import plot
from pages.parts.widgets.shared.source import Source


@fragment
def show_stream() -> None:
    """Sentence and token, then the flow of that token's vector, which would answer the bet and so waits for
    it, and beside it what each head adds."""
    name_unknown_to(shipped("gpt").id, TEXT.box(_("Your sentence")))
    try:
        tokens = followed(0).tokens[:MOST_TOKENS]
        position = _token_box(tokens)
        answer = followed(position)
    except LearnerError as error:
        st.warning(worded(error))
        return
    left, right = st.columns([8, 5], gap="large")
    with left:
        if bet_placed("block", "bet_cosine"):
            _show_flow(answer)
            st.markdown(_flow_sentence(answer, position))
        else:
            st.info(_("Place your bet above first, then look."), icon="✍️")
    with right:
        _show_heads(answer, position)


def followed(position: int) -> ResidualStreamAnswer:
    """The chosen sentence's token at this position, followed through the shipped model."""
    spec = shipped("gpt")
    if not library().has(spec.id):
        raise LearnerError("The runs that ship are missing. Make them with: make starters.")
    return ask(ResidualStream(spec.id, TEXT.value, position))


def chosen_position() -> int:
    """The token that the first picture follows, from 0."""
    tokens = followed(0).tokens[:MOST_TOKENS]
    return min(TOKEN.value, len(tokens)) - 1


def cosine_truth() -> str:
    """How much the last vector points like the first, on average over the first sentence's tokens."""
    spec = shipped("gpt")
    if not library().has(spec.id):
        raise LearnerError("The runs that ship are missing. Make them with: make starters.")
    count = len(ask(ResidualStream(spec.id, TEXT.first, 0)).tokens)
    answers = [ask(ResidualStream(spec.id, TEXT.first, place)) for place in range(count)]
    mean = float(np.mean([cosine(a.embedded, a.after[-1, -1]) for a in answers]))
    return "high" if mean > 0.8 else "middle" if mean >= 0.4 else "low"


def _token_box(tokens: tuple[str, ...]) -> int:
    """The token to follow; counted from 1 in the link, from 0 inside."""
    place = TOKEN.among(range(1, len(tokens) + 1), first=min(TOKEN.first, len(tokens)))
    chosen = place.draw(
        st.selectbox,
        _("Token to follow"),
        words=lambda place: f"{place} · {tokens[place - 1]}",
        width=240,
    )
    return chosen - 1


def _source() -> Source:
    return of_run(shipped("gpt"), own_text=TEXT.value != TEXT.first)


def _show_flow(answer: ResidualStreamAnswer) -> None:
    """The stream after each part, what the part added, and how much is left of the token's vector."""
    layers, parts, width = answer.after.shape
    names = part_names(layers)
    steps = flow_steps(
        answer.embedded,
        list(zip(names, answer.added.reshape(layers * parts, width), strict=True)),
        list(answer.after.reshape(layers * parts, width)),
        first=_("the token"),
    )
    labels = labels_of(flow.LABELS)
    plot(
        residual_flow(steps, theme(), labels),
        key="block_flow",
        height=150 + 52 * len(steps),
        caption=_(
            "From top to bottom. Wide bar: how long the stream is; narrow bar: what the part added. "
            "Right, a dot: does it still point like the token's first vector? Diamond: does the "
            "addition point along the stream?"
        ),
        source=_source(),
        table=lambda: flow_table(steps, labels),
    )


def _flow_sentence(answer: ResidualStreamAnswer, position: int) -> str:
    """From how long to how long, what added most, and how much of the beginning is left."""
    lengths = np.linalg.norm(answer.added, axis=-1)
    layer, part = np.unravel_index(int(lengths.argmax()), lengths.shape)
    last = answer.after[-1, -1]
    sentence = (
        _(
            "**{token}** comes in with length {first} and goes out with {last}. The MLP of layer {layer} "
            "adds most: {most}. The cosine of the last vector with the first is **{cosine}**."
        )
        if part
        else _(
            "**{token}** comes in with length {first} and goes out with {last}. The attention of layer "
            "{layer} adds most: {most}. The cosine of the last vector with the first is **{cosine}**."
        )
    )
    return sentence.format(
        token=escaped(answer.tokens[position]),
        first=number(float(np.linalg.norm(answer.embedded))),
        last=number(float(np.linalg.norm(last))),
        layer=int(layer),
        most=number(float(lengths[layer, part])),
        cosine=number(cosine(answer.embedded, last)),
    )


def _show_heads(answer: ResidualStreamAnswer, position: int) -> None:
    """How long the vector is that each head adds at the token."""
    lengths = np.linalg.norm(answer.heads, axis=-1)
    rows = [_("layer {layer}").format(layer=layer) for layer in range(len(lengths))]
    columns = [_("head {head}").format(head=head) for head in range(lengths.shape[1])]
    labels = labels_of(
        {
            **heatmap.LABELS,
            "rows": N_("layer (row)"),
            "columns": N_("head (column)"),
            "value": N_("length"),
            "row": N_("layer"),
            "column": N_("head"),
        }
    )
    plot(
        annotated_heatmap(lengths, rows, columns, theme(), scale="diverging", labels=labels),
        key="block_heads_added",
        height=80 + 70 * len(rows),
        caption=_("The length of the vector that each head adds to the chosen token, through W_O."),
        source=_source(),
        table=heatmap_table(lengths, rows, columns, labels=labels),
    )
    layer, head = np.unravel_index(int(lengths.argmax()), lengths.shape)
    together = float(np.linalg.norm(answer.heads[layer].sum(axis=0)))
    st.markdown(
        _(
            "At **{token}**, head {head} of layer {layer} adds most: {length}. The lengths of its layer's "
            "heads add up to {apart}, but their sum is only {together} long: vectors that point "
            "different ways partly cancel."
        ).format(
            token=escaped(answer.tokens[position]),
            head=int(head),
            layer=int(layer),
            length=number(float(lengths[layer, head])),
            apart=number(float(lengths[layer].sum())),
            together=number(together),
        )
    )


def part_names(layers: int) -> list[str]:
    """The parts in the order in which they write into the stream."""
    names = []
    for layer in range(layers):
        names.append(_("attention {layer}").format(layer=layer))
        names.append(_("MLP {layer}").format(layer=layer))
    return names
