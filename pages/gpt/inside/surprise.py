"""A text coloured by what each token costs the GPT, and what another model pays for the same tokens."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.errors import LearnerError
from core.figures.theme import number
from core.questions.measuring import TextLosses, TextLossesAnswer
from core.spec.run import RunSpec
from core.text.corpora import load_corpus, split
from pages.gpt.state import (
    BESIDE,
    MOST_STORY,
    SHOWN,
    SURPRISE_BESIDE,
    SURPRISE_FROM,
    SURPRISE_READ,
    SURPRISE_SHOWN,
    SURPRISE_STORY,
    SURPRISE_TEXT,
    SURPRISE_TEXTS,
    SURPRISE_TOKEN,
)
from pages.parts.frame.ask import ask
from pages.parts.frame.escaped import code
from pages.parts.frame.language import _, worded
from pages.parts.frame.services import shipped
from pages.parts.frame.state import fragment
from pages.parts.frame.unknown import name_unknown_to
from pages.parts.training.sources import of_runs
from pages.parts.widgets.save import Table
from pages.parts.widgets.shaded_text import Shaded, shaded_text

_DARKEST = 8.0
"""Nats from which on a token is as dark as can be."""
_MUCH = 1.0
"""Nats of difference from which on a token is framed."""


def comparable(spec: RunSpec) -> bool:
    """Whether the models that ship read the same tokens of the same text as this one."""
    other = shipped("ngram")
    return spec.corpus == other.corpus and spec.tokenizer == other.tokenizer


def reader(spec: RunSpec) -> RunSpec:
    """The GPT whose losses are shown: the chosen one, or the one that ships where others read other
    tokens."""
    return spec if comparable(spec) else shipped("gpt")


@fragment
def show_surprise(spec: RunSpec) -> None:
    """Which text, beside whom; the text token by token, its means, and one token in words."""
    gpt = reader(spec)
    if gpt != spec:
        st.caption(
            _(
                "The models beside it read other tokens than your GPT does: here the GPT that comes with the "
                "course reads."
            )
        )
    text, own = _text(gpt)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        beside = SURPRISE_BESIDE.draw(
            st.segmented_control, _("Beside"), words=lambda one: BESIDE[one], required=True
        )
        shown = SURPRISE_SHOWN.draw(
            st.segmented_control, _("Colour by"), words=lambda one: _(SHOWN[one]), required=True
        )
    if not text.strip():
        st.info(_("Type a text of yours in the box above: then its tokens are coloured here."))
        return
    name_unknown_to(gpt.id, text)
    other = shipped(beside)
    try:
        ours, theirs = (ask(TextLosses(run.id, text)) for run in (gpt, other))
    except LearnerError as error:
        st.warning(worded(error))
        return
    if SURPRISE_READ.turned((gpt.id, beside, text)):
        SURPRISE_TOKEN.forget()
    _show(gpt, other, ours, theirs, shown, own)


def _text(gpt: RunSpec) -> tuple[str, bool]:
    """The text that is read, and whether the learner wrote it."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = SURPRISE_FROM.draw(
            st.segmented_control, _("Read"), words=lambda one: _(SURPRISE_TEXTS[one]), required=True
        )
        if chosen == "story":
            place = SURPRISE_STORY.box(_("Story, 1 to {last}").format(last=MOST_STORY), width=160)
    if chosen == "story":
        stories = held_out_stories(gpt)
        return stories[(place - 1) % len(stories)], False
    return SURPRISE_TEXT.area(_("Your text"), height=90), True


@st.cache_data(max_entries=4, show_spinner=False)
def _stories(corpus: str, _spec: RunSpec) -> list[str]:
    held = split(load_corpus(_spec.corpus).text)[1].strip()
    return [story.strip() for story in held.split("\n\n") if story.strip()][:MOST_STORY]


def held_out_stories(spec: RunSpec) -> Sequence[str]:
    """The first stories that a model of this text has never seen; made once."""
    stories: list[str] = _stories(repr(spec.corpus), spec)
    return stories


def _show(
    gpt: RunSpec,
    other: RunSpec,
    ours: TextLossesAnswer,
    theirs: TextLossesAnswer,
    shown: str,
    own: bool,
) -> None:
    count = min(len(ours.tokens), len(theirs.tokens))
    tokens = ours.tokens[:count]
    pays = -ours.log_probabilities[: count - 1] + 0.0
    others = -theirs.log_probabilities[: count - 1] + 0.0
    saved = others - pays
    values = {"gpt": pays, "other": others, "saved": saved}[shown]
    chosen = SURPRISE_TOKEN.value
    if chosen is None or not 1 <= chosen < count:
        chosen = int(np.argmax(values)) + 1
    if ours.cut:
        st.caption(
            _("The model reads {kept} tokens at once: the last {cut} are left out.").format(
                kept=count, cut=ours.cut
            )
        )
    name = BESIDE[other.model.family]
    captions = {
        "gpt": _("The more colour, the more the token cost the GPT, in nats."),
        "other": _("The more colour, the more the token cost the other model, in nats."),
        "saved": _("The more colour, the more nats the GPT saved against the other model."),
    }
    first = Shaded(tokens[0], None, "", _("{token}: given").format(token=tokens[0]))
    chips = [
        _shaded(token, float(value), float(gain), f"{number(float(mine))} / {number(float(his))}")
        for token, value, gain, mine, his in zip(
            tokens[1:], values, saved, pays, others, strict=True
        )
    ]
    shaded_text(
        [first, *chips],
        key="gpt_surprise",
        chosen=chosen,
        on_choose=SURPRISE_TOKEN.set,
        caption=captions[shown]
        + " "
        + _("Underlined: the GPT saves more than one nat. The first token is given. Pick a token."),
        source=replace(of_runs([gpt, other]), own_text=own),
        table=partial(_table, ours, tokens, pays, others, name),
    )
    st.markdown(_sentence(ours, theirs, chosen, name, pays, others))


def _shaded(token: str, value: float, saved: float, both: str) -> Shaded:
    said = _("{token}: GPT / other model, in nats: {both}").format(token=token, both=both)
    share = min(max(value, 0.0) / _DARKEST, 1.0)
    return Shaded(token, share, number(value), said, framed=saved > _MUCH)


def _table(
    ours: TextLossesAnswer,
    tokens: Sequence[str],
    pays: NDArray[np.float64],
    others: NDArray[np.float64],
    name: str,
) -> Table:
    header = (
        *(_("place"), _("token"), _("GPT: loss in nats")),
        _("{model}: loss in nats").format(model=name),
        *(_("saved"), _("rank for the GPT"), _("expected most")),
    )
    rows = [
        (place, token, float(mine), float(his), float(his - mine), int(rank), best[0][0])
        for place, (token, mine, his, rank, best) in enumerate(
            zip(tokens[1:], pays, others, ours.ranks, ours.expected, strict=False), 2
        )
    ]
    return header, rows


def _sentence(
    ours: TextLossesAnswer,
    theirs: TextLossesAnswer,
    chosen: int,
    name: str,
    pays: NDArray[np.float64],
    others: NDArray[np.float64],
) -> str:
    """The two means, which are the losses of this text, and what the chosen token cost and why."""
    place = chosen - 1
    return _(
        "The mean of these {count} numbers is the loss of this text: **{mine}** nats for the GPT, **{his}** "
        "for the {model}. {token} cost {pays} and {others}; the GPT had expected {first} ({share:.0%}), the "
        "{model} {second} ({other_share:.0%})."
    ).format(
        count=len(pays),
        mine=number(math.fsum(pays) / len(pays)),
        his=number(math.fsum(others) / len(others)),
        model=name,
        token=code(ours.tokens[chosen]),
        pays=number(float(pays[place])),
        others=number(float(others[place])),
        first=code(ours.expected[place][0][0]),
        share=ours.expected[place][0][1],
        second=code(theirs.expected[place][0][0]),
        other_share=theirs.expected[place][0][1],
    )
