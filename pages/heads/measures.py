"""The heads of the GPT that ships in numbers: how sharp, how far, and how well they find known links."""

from __future__ import annotations

import numpy as np
import streamlit as st

from core.errors import LearnerError
from core.figures.theme import number
from core.questions import HeadMaps, StoryMaps, StoryMapsAnswer
from core.spec.run import RunSpec
from pages.heads.model import is_own, sentence
from pages.heads.state import MEASURED, MEASURED_TEXT, STORY
from pages.heads.statistics import show_head_statistics
from pages.parts.frame.ask import ask
from pages.parts.frame.escaped import escaped
from pages.parts.frame.language import _, worded
from pages.parts.frame.services import shipped
from pages.parts.frame.state import fragment
from pages.parts.training.sources import of_run


@fragment
def show_measures() -> None:
    """Measures of every head, on a story whose link is known or on the learner's sentence."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = MEASURED_TEXT.draw(
            st.segmented_control,
            _("Measured on"),
            words=lambda text: _(MEASURED[text]),
            required=True,
        )
        place = STORY.box(_("Story"), width=130) if chosen == "story" else STORY.value
    spec = shipped("gpt")
    try:
        if chosen == "own":
            _show_own(spec)
        else:
            _show_story(spec, place - 1)
    except LearnerError as error:
        st.warning(worded(error))


def _show_own(spec: RunSpec) -> None:
    answer = ask(HeadMaps(spec.id, sentence()))
    if len(answer.tokens) < 2:
        raise LearnerError("Write a longer text: at least {least} tokens.", least=2)
    alike = {token: place for place, token in enumerate(dict.fromkeys(answer.tokens))}
    show_head_statistics(
        answer.maps,
        [alike[token] for token in answer.tokens],
        key="heads_measures",
        source=of_run(spec, own_text=is_own()),
    )


def _show_story(spec: RunSpec, place: int) -> None:
    answer = ask(StoryMaps(spec.id, place))
    text = "".join(answer.tokens).replace("␣", " ").replace("⏎", " ")
    st.markdown("> " + escaped(text))
    source = of_run(spec, _("Story {number} of those it never saw.").format(number=place + 1))
    show_head_statistics(
        answer.maps, answer.ids, key="heads_measures", source=source, links=answer.links
    )
    st.markdown(_link_sentence(answer))


def _link_sentence(answer: StoryMapsAnswer) -> str:
    """The head that has most of its attention on the first known link."""
    query, key = answer.links[0]
    shares = answer.maps[:, :, query, key]
    layer, head = np.unravel_index(int(shares.argmax()), shares.shape)
    return _(
        "At **{query}**, before **{verb}** can be written, the known link goes back to **{key}**: layer "
        "{layer}, head {head} has {share} of its attention there."
    ).format(
        query=escaped(answer.tokens[query]),
        verb=escaped(answer.tokens[query + 1]),
        key=escaped(answer.tokens[key]),
        layer=layer,
        head=head,
        share=number(float(shares[layer, head])),
    )
