"""What each kind of token costs on held-out stories, for the GPT and for a model that looks less far back."""

from __future__ import annotations

import streamlit as st

from core.errors import LearnerError
from core.figures.bars.paired_bars import paired_bars
from core.figures.theme import number
from core.questions.inside import LossByKind, LossByKindAnswer
from core.spec.run import RunSpec
from core.text.meaning.token_kinds import KIND_NAMES, TOKEN_KINDS, TokenKind
from pages.gpt.inside.surprise import reader
from pages.gpt.state import BESIDE, SURPRISE_BESIDE
from pages.parts.frame.ask import ask
from pages.parts.frame.language import _, worded
from pages.parts.frame.services import library, shipped
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.training.sources import of_runs
from pages.parts.widgets.plot import plot

_OPTIONS: dict[TokenKind, str] = {
    "name_first": "names",
    "noun_first": "first",
    "noun_again": "again",
    "small": "small",
}
"""The kinds that the bet is about, and its options."""


def truth_kinds() -> str | None:
    """On which of the bet's kinds the GPT that ships saves most against the N-gram that ships, each time."""
    gpt, ngram = shipped("gpt"), shipped("ngram")
    if not (library().has(gpt.id) and library().has(ngram.id)):
        return None
    try:
        saved = _saved(*_measured(gpt, ngram))
    except LearnerError:
        return None
    return _OPTIONS[max(_OPTIONS, key=lambda kind: saved.get(kind, 0.0))]


@fragment
def show_kinds(spec: RunSpec) -> None:
    """Two bars a kind, the kinds on which the GPT saves most on top."""
    gpt = reader(spec)
    other = shipped(SURPRISE_BESIDE.value)
    try:
        ours, theirs = _measured(gpt, other)
    except LearnerError as error:
        st.info(worded(error))
        return
    saved = _saved(ours, theirs)
    kinds = sorted(saved, key=lambda kind: -saved[kind])
    names = [_(KIND_NAMES[kind]) for kind in kinds]
    mine = [ours.kinds[kind].mean for kind in kinds]
    his = [theirs.kinds[kind].mean for kind in kinds]
    name = BESIDE[other.model.family]
    plot(
        paired_bars(names, (name, his), ("GPT", mine), theme()),
        key="gpt_kinds",
        height=80 + 54 * len(kinds),
        caption=_(
            "Mean loss of each kind of token on held-out stories, in nats. Things: also animals, places and "
            "food. Other telling words: what is done, when, how many and what it is like. First time: in "
            "its story."
        ),
        source=of_runs([gpt, other]),
        table=(
            (_("kind"), _("tokens"), "GPT", name, _("saved")),
            [
                (label, ours.kinds[kind].count, a, b, b - a)
                for label, kind, a, b in zip(names, kinds, mine, his, strict=True)
            ],
        ),
    )
    st.markdown(_sentence(ours, saved, kinds, name))


def _measured(gpt: RunSpec, other: RunSpec) -> tuple[LossByKindAnswer, LossByKindAnswer]:
    most = gpt.model.longest_window()
    return ask(LossByKind(gpt.id, most)), ask(LossByKind(other.id, most))


def _saved(ours: LossByKindAnswer, theirs: LossByKindAnswer) -> dict[TokenKind, float]:
    """Nats that the first saves at each token of a kind, of the kinds that both have."""
    return {
        kind: theirs.kinds[kind].mean - ours.kinds[kind].mean
        for kind in TOKEN_KINDS
        if kind in ours.kinds and kind in theirs.kinds
    }


def _sentence(
    ours: LossByKindAnswer, saved: dict[TokenKind, float], kinds: list[TokenKind], name: str
) -> str:
    whole = sum(one.count * one.mean for one in ours.kinds.values())
    dearest = max(ours.kinds, key=lambda kind: ours.kinds[kind].mean)
    drawn = [one for kind, one in ours.kinds.items() if kind in ("name_first", "noun_first")]
    share = sum(one.count * one.mean for one in drawn) / whole
    return _(
        "The GPT saves most on **{most}**: {saved} nats each against the {model}. Dearest for itself are "
        "**{dearest}**, {mean} nats each. What stands for the first time, names and things together, makes "
        "up {share:.0%} of all that it pays: most of that was drawn by lot."
    ).format(
        most=_(KIND_NAMES[kinds[0]]),
        saved=number(saved[kinds[0]]),
        model=name,
        dearest=_(KIND_NAMES[dearest]),
        mean=number(ours.kinds[dearest].mean),
        share=share,
    )
