"""The heads of the GPT that ships on the learner's own sentence: all of them, one layer, one head."""

from __future__ import annotations

import streamlit as st

from core.errors import LearnerError
from core.figures.theme import number
from core.questions import HeadMaps, TraceHead
from core.worked.head_scores import Maps
from core.worked.trace import causal_mask
from pages.heads.state import HEAD, TEXT
from pages.parts.frame.ask import ask
from pages.parts.frame.escaped import escaped
from pages.parts.frame.language import _, worded
from pages.parts.frame.services import shipped
from pages.parts.frame.state import fragment
from pages.parts.frame.unknown import name_unknown_to
from pages.parts.training.sources import of_run
from pages.parts.widgets.head_view import head_view
from pages.parts.widgets.model_view import model_view
from pages.parts.widgets.neuron_view import neuron_view

MOST_TOKENS = 32


def show_trained() -> None:
    """The sentence; a new one redraws the page, since other pictures read it too."""
    name_unknown_to(shipped("gpt").id, TEXT.box(_("Your sentence"), width=520))
    _show_maps()


def sentence() -> str:
    """The sentence that the trained heads of this lesson read."""
    return TEXT.value


def is_own() -> bool:
    """Whether the learner wrote it."""
    return sentence() != TEXT.first


@fragment
def _show_maps() -> None:
    try:
        answer = ask(HeadMaps(shipped("gpt").id, sentence()))
    except LearnerError as error:
        st.warning(worded(error))
        return
    tokens, maps = answer.tokens[:MOST_TOKENS], answer.maps[:, :, :MOST_TOKENS, :MOST_TOKENS]
    left_out = len(answer.tokens) + answer.cut - len(tokens)
    if left_out:
        st.caption(_("Shown: the first {count} tokens.").format(count=len(tokens)))
    left, right = st.columns([6, 6], gap="large")
    with left:
        layer, head = _grid(tokens, maps)
    with right:
        _layer(tokens, maps, layer, head)
    with st.expander(
        _("Layer {layer}, head {head}: one query against one key, number by number").format(
            layer=layer, head=head
        )
    ):
        _pair(tokens, layer, head)


def _grid(tokens: tuple[str, ...], maps: Maps) -> tuple[int, int]:
    """All heads; the opened one is part of the link, as "layer.head"."""

    def open_head(layer: int, head: int) -> None:
        HEAD.set((layer, head))

    chosen = HEAD.settled(lambda head: head[0] < maps.shape[0] and head[1] < maps.shape[1])
    model_view(
        maps,
        tokens,
        key="heads_grid",
        source=of_run(shipped("gpt"), own_text=is_own()),
        on_open=open_head,
        selected=chosen,
        mask=causal_mask(len(tokens)),
        height=420,
    )
    return chosen


def _layer(tokens: tuple[str, ...], maps: Maps, layer: int, head: int) -> None:
    heads = maps.shape[1]
    head_view(
        tokens,
        maps[layer],
        key=f"heads_lines_{layer}_{head}",
        selected_heads=[head],
        names=[_("head {number}").format(number=number) for number in range(heads)],
        caption=_("Layer {layer}. Switch heads on and off to compare them.").format(layer=layer),
        source=of_run(shipped("gpt"), layer=layer, own_text=is_own()),
    )
    st.markdown(_compared(tokens, maps[layer], layer))


def _pair(tokens: tuple[str, ...], layer: int, head: int) -> None:
    """The opened head's query and key for a pair of tokens; at first the last token and its best key."""
    try:
        trace = ask(TraceHead(shipped("gpt").id, sentence(), layer, head)).trace
    except LearnerError as error:
        st.warning(worded(error))
        return
    count = len(tokens)
    weights = trace.weights[:count, :count]
    query, key = neuron_view(
        trace.q[:count],
        trace.k[:count],
        tokens,
        key=f"heads_pair_{layer}_{head}",
        source=of_run(shipped("gpt"), layer=layer, head=head, own_text=is_own()),
        target=int(weights[-1].argmax()),
        weights=weights,
        mask=trace.mask[:count, :count],
    )
    products = trace.q[query] * trace.k[key]
    most = int(abs(products).argmax())
    st.markdown(
        _(
            "**{query}** and **{key}** score {score}; number {place} alone gives {part} of that. The "
            "weight is {weight}."
        ).format(
            query=escaped(tokens[query]),
            key=escaped(tokens[key]),
            score=number(float(products.sum())),
            place=most,
            part=number(float(products[most])),
            weight=number(float(weights[query, key])),
        )
    )


def _compared(tokens: tuple[str, ...], weights: Maps, layer: int) -> str:
    """Whether the heads of a layer look at different tokens, from the last token."""
    keys = weights[:, -1].argmax(axis=-1)
    names = _(", ").join(f"**{escaped(tokens[key])}**" for key in dict.fromkeys(keys.tolist()))
    return _(
        "From the last token, **{query}**, the {count} heads of layer {layer} look most at {different} "
        "different tokens: {names}."
    ).format(
        query=escaped(tokens[-1]),
        count=len(weights),
        layer=layer,
        different=len(set(keys.tolist())),
        names=names,
    )
