"""The trained models that ship answer one prompt."""

from __future__ import annotations

import streamlit as st

from core.errors import LearnerError
from core.figures import next_token
from core.figures.figure import Figure
from core.figures.theme import Labels, Theme
from core.models.decoding import Sampling
from core.questions import Generate, NextTokens, NextTokensAnswer
from core.store.starters import Starter, starters
from core.wording import N_
from pages.home.looking import show_where_it_looked
from pages.home.state import PROMPT
from pages.parts.frame.ask import ask
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _, worded
from pages.parts.frame.quoted import show_quoted
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.frame.unknown import explain_unknown, name_unknown_to
from pages.parts.training.sources import of_run
from pages.parts.widgets.plot import plot

BARS = 6
WRITTEN = 30
LABEL = N_("The beginning of a story")
CAPTION = N_("How likely each token comes next, the likeliest first.")
HEIGHT = 250
"""Pixels of a machine's picture."""

Answered = tuple[Starter, NextTokensAnswer]
_at_first: list[Answered] = []
"""What each machine answered to the prompt that stands there at first, which is the same for all visitors."""


def show_machines() -> None:
    """The prompt and the answers; only this part redraws when the prompt changes."""
    fragment(_machines)()


def answers_at_first() -> tuple[Answered, ...]:
    """What the machines answered to the prompt that stands there at first; nothing until all of them have."""
    return tuple(_at_first)


def bars(following: NextTokensAnswer, theme: Theme, labels: Labels) -> Figure:
    """A machine's picture."""
    return next_token.next_token_bars(
        following.tokens, following.probabilities, theme, whole=True, labels=labels
    )


def _machines() -> None:
    machines = [starter for starter in starters() if starter.spec.model.language_model]
    prompt = PROMPT.box(_(LABEL))
    # They have read the same text, so they know the same words.
    name_unknown_to(machines[0].spec.id, prompt)
    if not prompt.strip():
        st.caption(
            _("The box is empty: this is what each machine would begin with, after nothing.")
        )
    answers = []
    for column, starter in zip(st.columns(len(machines), gap="medium"), machines, strict=True):
        with column, st.container(border=True):
            answers.append((starter, _machine(starter, prompt)))
    if prompt == PROMPT.first:
        said = [(starter, following) for starter, following in answers if following]
        _at_first[:] = said if len(said) == len(machines) else []
    for starter in [s for s in machines if "attention" in s.spec.model.snapshot_arrays][:1]:
        show_where_it_looked(starter, prompt)


def _machine(starter: Starter, prompt: str) -> NextTokensAnswer | None:
    st.subheader(_(starter.title), anchor=False)
    st.caption(_(starter.idea))
    try:
        return _answer(starter, prompt)
    except LearnerError as error:
        st.warning(worded(error))
        return None


def _answer(starter: Starter, prompt: str) -> NextTokensAnswer:
    following = ask(NextTokens(starter.spec.id, prompt, top=BARS))
    plot(
        bars(following, theme(), labels_of(next_token.LABELS)),
        key=f"home_bars_{starter.slug}",
        height=HEIGHT,
        caption=_(CAPTION),
        source=of_run(starter.spec, own_text=prompt != PROMPT.first),
        table=(
            (_("token"), _("probability")),
            list(zip(following.tokens, following.probabilities, strict=True)),
        ),
    )
    if following.cut:
        st.caption(
            _("It reads only the last {kept} of the {count} tokens.").format(
                kept=len(following.prompt), count=len(following.prompt) + following.cut
            )
        )
    written = ask(
        Generate(starter.spec.id, prompt, WRITTEN, Sampling(temperature=0.7, top_p=0.9), seed=1)
    )
    st.markdown(_("**It goes on**"))
    show_quoted(f"…{written.text}".rstrip())
    explain_unknown([written.text])
    return following
