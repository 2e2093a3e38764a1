"""The same text cut in seven ways: a loss per token compares nothing here, a loss per character does."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.figures.bars.paired_bars import paired_bars
from core.figures.theme import number
from lessons.measuring.counted import CUTS, CutLoss, loss_of_cut
from pages.parts.exercises.box import after_bet
from pages.parts.frame.language import _
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.training.once import once_counted
from pages.parts.training.state import TOKENIZER_NAMES
from pages.parts.widgets.plot import plot
from pages.parts.widgets.shared.source import Source

SLUG, BET = "measuring", "bet_vocabulary"
_SECONDS = 4


def show_units() -> None:
    after_bet(SLUG, BET, _units)()


@fragment
def _units() -> None:
    """A button the first time anywhere on this server; afterwards the picture at once."""
    st.caption(
        _("Seven N-grams of one text, Python's language reference, each cut into other tokens.")
    )
    found = once_counted(
        {at: partial(loss_of_cut, at) for at in range(len(CUTS))},
        _counted,
        key="measuring_count_cuts",
        label=_("Count seven models (about {n} s)").format(n=_SECONDS),
    )
    if found is not None:
        _show(found)


def _show(found: list[CutLoss]) -> None:
    names = [_name(one) for one in found]
    per_token, per_character = _("nats per token"), _("nats per character")
    plot(
        paired_bars(
            names,
            (per_token, [one.per_token for one in found]),
            (per_character, [one.per_character for one in found]),
            theme(),
        ),
        key="measuring_units",
        height=440,
        caption=_(
            "Held-out loss of one N-gram for each way to cut the text, per token and per character."
        ),
        source=Source(
            "counted",
            (
                _(
                    "Python's language reference, nine tenths of it counted; Kneser–Ney. One half of the "
                    "rest chose the better of two orders, the other half gave the losses."
                ),
                _("Unknown words count as spelled by guessing their letters."),
            ),
        ),
        table=(
            (_("tokens"), _("vocabulary"), _("order n"), per_token, per_character, _("unknown")),
            [
                (name, one.vocabulary, one.order, one.per_token, one.per_character, one.unknown)
                for name, one in zip(names, found, strict=True)
            ],
        ),
    )
    few, many = found[0], found[3]
    st.markdown(
        _(
            "From {many} words to {few} the loss per token falls from {dear} to **{cheap}**: "
            "{unknown:.0%} of the "
            "tokens are “unknown” then, which is easy to guess. Per character it rises from {good} to "
            "**{bad}**."
        ).format(
            many=f"{many.vocabulary:,}",
            few=few.vocabulary,
            dear=number(many.per_token),
            cheap=number(few.per_token),
            unknown=few.unknown,
            good=number(many.per_character),
            bad=number(few.per_character),
        )
    )


def _name(one: CutLoss) -> str:
    kind = _(TOKENIZER_NAMES[one.tokenizer.kind])
    return f"{kind} · {one.vocabulary:,}"


_counted: dict[int, CutLoss] = {}
"""What has been counted since the server started, by its place in CUTS."""
