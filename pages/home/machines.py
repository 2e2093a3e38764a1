"""The trained models that ship answer one prompt."""

from __future__ import annotations

import numpy as np
import streamlit as st

from core.errors import LearnerError
from core.figures import next_token
from core.models.decoding import Sampling
from core.questions import Generate, HeadMaps, NextTokens
from core.store.starters import Starter, starters
from pages.home.state import PROMPT
from pages.parts.frame.ask import ask
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _, worded
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.widgets.head_view import head_view
from pages.parts.widgets.plot import plot

BARS = 6
WRITTEN = 30


def show_machines() -> None:
    """The prompt and the answers; only this part redraws when the prompt changes."""
    fragment(_machines)()


def _machines() -> None:
    prompt = PROMPT.box(
        _("The beginning of a story"),
        help=_("The machines know only words from their stories; other words become “unknown”."),
    )
    machines = [starter for starter in starters() if starter.spec.model.language_model]
    for column, starter in zip(st.columns(len(machines), gap="medium"), machines, strict=True):
        with column, st.container(border=True):
            _machine(starter, prompt)
    for starter in [s for s in machines if "attention" in s.spec.model.snapshot_arrays][:1]:
        _where_it_looked(starter, prompt)


def _machine(starter: Starter, prompt: str) -> None:
    st.subheader(_(starter.title), anchor=False)
    st.caption(_(starter.idea))
    try:
        _answer(starter, prompt)
    except LearnerError as error:
        st.warning(worded(error))


def _answer(starter: Starter, prompt: str) -> None:
    following = ask(NextTokens(starter.spec.id, prompt, top=BARS))
    plot(
        next_token.next_token_bars(
            following.tokens,
            following.probabilities,
            theme(),
            labels=labels_of(next_token.LABELS),
        ),
        key=f"home_bars_{starter.slug}",
        height=230,
        caption=_("How likely each token comes next, the likeliest first."),
        table=(
            (_("token"), _("probability")),
            list(zip(following.tokens, following.probabilities, strict=True)),
        ),
    )
    written = ask(
        Generate(starter.spec.id, prompt, WRITTEN, Sampling(temperature=0.7, top_p=0.9), seed=1)
    )
    st.markdown(_("**It goes on**"))
    st.code(f"… {written.text.strip()}", language=None, wrap_lines=True)


def _where_it_looked(starter: Starter, prompt: str) -> None:
    """The last layer's heads, from the last token back."""
    try:
        looked = ask(HeadMaps(starter.spec.id, prompt))
    except LearnerError:
        return
    last = np.zeros_like(looked.maps[-1])
    last[:, -1] = looked.maps[-1][:, -1]
    head, most = np.unravel_index(int(last[:, -1].argmax()), last[:, -1].shape)
    left, right = st.columns([5, 7], gap="large")
    with left:
        st.subheader(_("Where the GPT looked"), anchor=False)
        st.markdown(
            _(
                "To choose the next token it looked back from `{last}`. One of the heads of its last "
                "layer, head {head}, gave **{weight:.0%}** of its attention to `{most}`."
            ).format(
                last=looked.tokens[-1],
                head=head,
                weight=float(last[head, -1, most]),
                most=looked.tokens[most],
            )
        )
    with right:
        head_view(
            looked.tokens,
            last,
            key="home_looked",
            caption=_(
                "Lines from the last token to where each head of the last layer looked: the thicker, "
                "the more."
            ),
        )
