"""One prompt, all bars: what each model expects next."""

from __future__ import annotations

import streamlit as st

from core.errors import LearnerError
from core.figures import next_token
from core.questions import NextTokens
from pages.compare.arena.rivals import NAMES, specs
from pages.compare.state import PROMPT
from pages.parts.frame.ask import ask
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _, worded
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.frame.unknown import name_unknown_to
from pages.parts.training.sources import of_run
from pages.parts.widgets.plot import plot

BARS = 5


@fragment
def show_prompt() -> None:
    """A prompt, and the bars of all models side by side."""
    runs = specs()
    prompt = PROMPT.box(_("The text so far"))
    name_unknown_to(runs["ngram"].id, prompt)
    for pair in (("ngram", "rnn"), ("lstm", "gpt")):
        for column, name in zip(st.columns(2, gap="medium"), pair, strict=True):
            with column, st.container(border=True):
                st.markdown(f"**{_(NAMES[name])}**")
                _bars(name, prompt)


def _bars(name: str, prompt: str) -> None:
    spec = specs()[name]
    try:
        following = ask(NextTokens(spec.id, prompt, top=BARS))
    except LearnerError as error:
        st.warning(worded(error))
        return
    labels = labels_of(next_token.LABELS)
    plot(
        next_token.next_token_bars(
            following.tokens, following.probabilities, theme(), whole=True, labels=labels
        ),
        key=f"compare_bars_{name}",
        height=220,
        caption=_("How likely each token comes next, the likeliest first."),
        source=of_run(spec, own_text=prompt != PROMPT.first),
        table=next_token.next_token_table(following.tokens, following.probabilities),
    )
