"""How often each model chooses the verb form that its subject asks for, by how far back that stands."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from core.errors import LearnerError
from core.figures.lines import Line, lines, lines_table
from core.figures.theme import palette
from core.questions.measuring import Agreement, AgreementAnswer
from core.worked.share import wilson
from pages.compare.arena.rivals import NAMES, specs
from pages.parts.frame.ask import ask
from pages.parts.frame.language import _, worded
from pages.parts.frame.theme import theme
from pages.parts.training.sources import of_runs
from pages.parts.widgets.plot import plot

FAR = 3
"""Tokens back from which another noun stands between."""
COIN = (0.35, 0.65)
"""Shares right that are hardly more than tossing a coin."""


def far_share(answer: AgreementAnswer) -> tuple[int, int]:
    """Right and asked, of the verbs whose subject stands FAR tokens back or more."""
    far = [place for place, distance in enumerate(answer.distances) if distance >= FAR]
    return sum(answer.right[place] for place in far), sum(answer.asked[place] for place in far)


@lru_cache(maxsize=1)
def answers() -> dict[str, AgreementAnswer]:
    """By name; asked once, for what ships does not change. Raises LearnerError where one cannot answer."""
    return {name: ask(Agreement(spec.id)) for name, spec in specs().items()}


def coin_truth() -> str | None:
    """Who is no better than a coin where the subject stands far back: the option of the bet."""
    try:
        found = answers()
    except LearnerError:
        return None
    shares = {name: right / asked for name, (right, asked) in _far(found).items()}
    coins = {name for name, share in shares.items() if COIN[0] <= share <= COIN[1]}
    named = {frozenset({"ngram"}): "ngram", frozenset({"ngram", "rnn"}): "both"}
    return named.get(frozenset(coins), "none" if not coins else None)


def show_agreement() -> None:
    try:
        found = answers()
    except LearnerError as error:
        st.warning(worded(error))
        return
    measured = [
        Line(
            _(NAMES[name]),
            answer.distances,
            [right / asked for right, asked in zip(answer.right, answer.asked, strict=True)],
        )
        for name, answer in found.items()
    ]
    x, y = _("tokens from the subject to its verb"), _("right form")
    figure = lines(measured, theme(), x, y, ticks=next(iter(found.values())).distances)
    figure.update_yaxes(range=[0, 1.08], tickformat=".0%")
    figure.add_shape(
        type="line",
        xref="paper",
        x0=0,
        x1=1,
        y0=0.5,
        y1=0.5,
        line={"width": 1.5, "dash": "dash", "color": palette(theme()).muted},
    )
    plot(
        figure,
        key="compare_agreement",
        height=340,
        caption=_(
            "Of verbs in stories that nobody has read: how often the right form (was or were, is or are) is "
            "likelier than the wrong one. Dashed: a coin."
        ),
        source=of_runs(list(specs().values())),
        table=lambda: lines_table(measured, x, y, _("model")),
    )
    st.markdown(_said(found))


def _far(found: dict[str, AgreementAnswer]) -> dict[str, tuple[int, int]]:
    return {name: far_share(answer) for name, answer in found.items()}


def _said(found: dict[str, AgreementAnswer]) -> str:
    parts = []
    for name, (right, asked) in _far(found).items():
        low, high = wilson(right, asked)
        parts.append(
            _("{name} {share:.0%} (between {low:.0%} and {high:.0%})").format(
                name=_(NAMES[name]), share=right / asked, low=low, high=high
            )
        )
    return _("With another noun between, {far} tokens back or more: {listed}.").format(
        far=FAR, listed=_("; ").join(parts)
    )
