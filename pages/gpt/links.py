"""What the heads of a GPT find: the links that the generator of the text knows."""

from __future__ import annotations

import streamlit as st

from core.errors import LearnerError
from core.questions import LinkScores
from core.wording import N_
from core.worked.head_scores import HeadFindsLink
from pages.parts.frame.ask import ask
from pages.parts.frame.language import _, worded

FOUND = 2.0
"""So many times chance, and a head may be said to have found a link."""


def show_links(run: str) -> None:
    """Which head finds each link, and how far above chance: the clearest first."""
    try:
        scores = ask(LinkScores(run))
    except LearnerError as error:
        st.info(worded(error))
        return
    for link in sorted(scores.found, key=_times_chance, reverse=True):
        sentence = _FOUND if _times_chance(link) >= FOUND else _NOT_FOUND
        st.markdown(
            _(sentence).format(
                link=_(LINKS[link.kind]),
                layer=link.layer,
                head=link.head,
                share=link.share,
                chance=link.chance,
                times=_times_chance(link),
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
    best = max(found, key=_times_chance, default=None)
    return (best.layer, best.head) if best is not None else (0, 0)


def _times_chance(link: HeadFindsLink) -> float:
    return link.share / link.chance


LINKS = {
    "agreement": N_("From a verb back to its subject"),
    "pronoun": N_("From a pronoun back to its name"),
    "measure": N_("From a noun back to its measure word"),
    "topic": N_("From a verb back to the topic of its sentences"),
    "recall": N_("From what is bought back to where it was needed"),
}
_FOUND = N_(
    "**{link}**: the best head (layer {layer}, head {head}) puts **{share:.2f}** of its attention there. "
    "Chance is {chance:.2f}: this is **{times:.1f} times** as much, over {count} cases."
)
_NOT_FOUND = N_(
    "**{link}**: no head has found it. The best one (layer {layer}, head {head}) puts {share:.2f} of its "
    "attention there, and chance is {chance:.2f}, over {count} cases."
)
