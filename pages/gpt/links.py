"""What the heads of a GPT find: the links that the generator of the text knows."""

from __future__ import annotations

import streamlit as st

from core.errors import LearnerError
from core.questions import LinkScores
from core.wording import N_
from pages.parts.frame.ask import ask
from pages.parts.frame.language import _, worded


def show_links(run: str) -> None:
    """Which head finds the word that a pronoun stands for, and how far above chance."""
    try:
        scores = ask(LinkScores(run))
    except LearnerError as error:
        st.info(worded(error))
        return
    for link in scores.found:
        st.markdown(
            _(_LINK_SENTENCES[link.kind]).format(
                layer=link.layer,
                head=link.head,
                share=link.share,
                chance=link.chance,
                times=link.share / link.chance,
                count=link.links,
            )
        )
    if scores.found:
        st.caption(
            _(
                "Measured on stories that the model never saw, at the linked token or at the one "
                "before it, whichever is better."
            )
        )


def best_head(run: str) -> tuple[int, int]:
    """The head that finds the links of the corpus best: the one to look at first."""
    try:
        found = ask(LinkScores(run)).found
    except LearnerError:
        return 0, 0
    best = max(found, key=lambda link: link.share / link.chance, default=None)
    return (best.layer, best.head) if best is not None else (0, 0)


_LINK_SENTENCES = {
    "agreement": N_(
        "**From a verb back to its subject**: the best head (layer {layer}, head {head}) puts "
        "**{share:.2f}** of its attention there. Chance is {chance:.2f}: this is **{times:.1f} times** "
        "as much, over {count} cases."
    ),
    "pronoun": N_(
        "**From a pronoun back to its name**: the best head (layer {layer}, head {head}) puts "
        "**{share:.2f}** of its attention there. Chance is {chance:.2f}: this is **{times:.1f} times** "
        "as much, over {count} cases."
    ),
    "measure": N_(
        "**From a noun back to its measure word**: the best head (layer {layer}, head {head}) puts "
        "**{share:.2f}** of its attention there. Chance is {chance:.2f}: this is **{times:.1f} times** "
        "as much, over {count} cases."
    ),
    "topic": N_(
        "**From a verb back to the topic of its sentences**: the best head (layer {layer}, head "
        "{head}) puts **{share:.2f}** of its attention there. Chance is {chance:.2f}: this is "
        "**{times:.1f} times** as much, over {count} cases."
    ),
}
