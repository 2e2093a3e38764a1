"""Who wins where: what was measured of each model, the winner of a row marked, ties said to be ties."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from core.errors import LearnerError
from core.figures.theme import number
from core.store.look import Look
from core.worked.share import wilson
from pages.compare.arena.agreeing import answers, far_share
from pages.compare.arena.race import EARLY, TIE
from pages.compare.arena.rivals import Rival, rivals
from pages.parts.frame.language import _, worded

WINS = "★"
GOOD = 2.1
"""Nats per token that all come to: the N-gram with its whole text."""


@dataclass(frozen=True)
class Row:
    """A question, each model's value, its words, and who wins: more than one where they are alike."""

    asks: str
    said: Mapping[str, str]
    winners: frozenset[str]


def show_winners(look: Look) -> None:
    try:
        rows = winner_rows(rivals(look))
    except LearnerError as error:
        st.warning(worded(error))
        return
    names = list(rows[0].said)
    shown = {one.key: one.name for one in rivals(look)}
    lines = [
        "| | " + " | ".join(shown[name] for name in names) + " |",
        "|:--|" + "--:|" * len(names),
    ]
    for row in rows:
        cells = [
            f"{WINS} **{row.said[name]}**" if name in row.winners else row.said[name]
            for name in names
        ]
        lines.append(f"| {row.asks} | " + " | ".join(cells) + " |")
    st.markdown("\n".join(lines))
    st.caption(
        _(
            "{star}: the best of its row; more than one where the difference says nothing. All four read the "
            "same text with the same tokens; seconds are those of one thread when "
            "the course was made."
        ).format(star=WINS)
    )


def winner_rows(found: tuple[Rival, ...]) -> list[Row]:
    """Raises LearnerError where a model cannot answer."""
    far = {one.key: far_share(answers()[one.key]) for one in found}
    return [
        _least(
            _("loss at the end (nats per token)"),
            {one.key: one.losses[-1] for one in found},
            number,
            TIE,
        ),
        _agreement(far),
        _least(
            _("loss after {count} tokens").format(count=f"{EARLY:,}"),
            {one.key: one.loss_at("tokens", EARLY) for one in found},
            number,
            TIE,
        ),
        _least(
            _("seconds until the loss is {loss}").format(loss=GOOD),
            {one.key: one.first_below("seconds", GOOD) for one in found},
            lambda seconds: f"{seconds:.1f}" if seconds >= 0.1 else "< 0.1",
            0.0,
        ),
        _least(
            _("size of the file (MB)"),
            {one.key: one.run.model_path.stat().st_size / 1e6 for one in found},
            lambda size: f"{size:.2f}",
            0.0,
        ),
    ]


def _least(
    asks: str, values: Mapping[str, float | None], words: Callable[[float], str], tie: float
) -> Row:
    """The smallest value wins, with all that are within ``tie`` of it."""
    known = {name: value for name, value in values.items() if value is not None}
    best = min(known.values())
    winners = frozenset(name for name, value in known.items() if value - best <= tie)
    said = {name: "–" if value is None else words(value) for name, value in values.items()}
    return Row(asks, said, winners)


def _agreement(far: Mapping[str, tuple[int, int]]) -> Row:
    """The largest share wins, with all whose 95 % interval meets its own."""
    best = max(far.values(), key=lambda counted: counted[0] / counted[1])
    least = wilson(*best)[0]
    winners = frozenset(
        name for name, (right, asked) in far.items() if wilson(right, asked)[1] >= least
    )
    said = {name: f"{right / asked:.0%}" for name, (right, asked) in far.items()}
    return Row(_("verbs right whose subject stands far back"), said, winners)
