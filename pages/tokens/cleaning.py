"""Cleaning steps as switches: the text before and after, what is lost, and what it costs a model."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.figures.bars.paired_bars import paired_bars
from core.figures.theme import number
from core.text.signs.cleaning import STEPS, changed, clean
from core.wording import N_
from lessons.tokens.counted import ORDER, CleaningCost, cleaning_cost
from pages.parts.exercises.box import after_bet
from pages.parts.frame.language import _
from pages.parts.frame.quoted import show_quoted
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.training.once import once_counted
from pages.parts.widgets.plot import plot
from pages.parts.widgets.shared.source import Source
from pages.tokens.state import CLEANED, CLEANING

SLUG, BET = "tokens", "bet_cleaning"
NAMES = {
    "html": N_("HTML tags"),
    "nfc": N_("accents in one spelling (NFC)"),
    "nfkc": N_("look-alikes (NFKC)"),
    "lower": N_("capitals"),
    "punctuation": N_("punctuation"),
    "lines": N_("repeated lines"),
    "blanks": N_("blanks in a row"),
}
LOST = {
    "html": N_("“if a <b and c> d” loses “<b and c>”: it looked like a tag."),
    "nfc": N_("Nothing that a reader sees. Only whoever wants to know how it was typed."),
    "nfkc": N_("x² becomes x2, and “，” a plain comma: two things that looked alike are now one."),
    "lower": N_("“US” and “us”, “May” and “may”, and where a sentence begins."),
    "punctuation": N_(
        "Whether something was asked or said, who speaks, “don't”, 3.14 and every program."
    ),
    "lines": N_("The refrain of a song, and every second “return None”."),
    "blanks": N_("The indentation by which a Python program says what belongs to what."),
}
"""What each step destroys, in an example."""


@fragment
def show_cleaning() -> None:
    """A text to clean, a switch for each step, and both texts beside each other."""
    text = CLEANED.area(_("A text to clean"))
    steps = CLEANING.draw(st.pills, _("Throw away"), words=lambda name: _(NAMES[name]))
    cleaned = clean(text, steps)
    left, right = st.columns(2, gap="medium")
    with left:
        st.caption(_("As it was written: {count:,} characters").format(count=len(text)))
        show_quoted(changed(text, steps) or " ")
    with right:
        st.caption(_("What a model would read: {count:,} characters").format(count=len(cleaned)))
        show_quoted(cleaned or " ")
    st.caption(
        _("Between ⟦ and ⟧: what is lost or becomes something else.")
        if steps
        else _("Nothing is thrown away yet.")
    )
    for name in STEPS:
        if name in steps:
            st.markdown(f"**{_(NAMES[name])}**: {_(LOST[name])}")


def show_cost() -> None:
    after_bet(SLUG, BET, _cost)()


@fragment
def _cost() -> None:
    """The losses of eight models, one for each step and one for none, counted once for all learners; and of
    one more, for the steps that are chosen further up."""
    st.caption(
        _("Eight models that guess the next character, each learned from web pages after one step.")
    )
    each = [(), *((step,) for step in STEPS)]
    found = once_counted(
        {steps: partial(cleaning_cost, steps) for steps in each},
        _counted,
        key="tokens_count_cleaned",
        label=_("Count eight models (about {n} s)").format(n=3),
    )
    if found is None:
        return
    chosen = CLEANING.value
    _show(found, _cost_of(chosen) if len(chosen) > 1 else None)


@st.cache_data(max_entries=128, show_spinner=False)
def _cost_of(steps: tuple[str, ...]) -> CleaningCost:
    return cleaning_cost(steps)


def _show(each: list[CleaningCost], together: CleaningCost | None) -> None:
    found = each if together is None else [*each, together]
    names = [_name(one) for one in found]
    own, written = _("on new text, cleaned as well"), _("on new text as people write it")
    plot(
        paired_bars(
            names,
            (own, [one.cleaned for one in found]),
            (written, [one.written for one in found]),
            theme(),
        ),
        key="tokens_cost_of_cleaning",
        height=470,
        caption=_(
            "How much a character surprises a model that learned from the text without …, in nats: lower "
            "is better."
        ),
        source=Source(
            "counted",
            (
                _(
                    "Python's language reference, set as web pages; characters, order {order}, Kneser–Ney."
                ).format(order=ORDER),
            ),
        ),
        table=(
            (_("thrown away"), own, written),
            [(name, one.cleaned, one.written) for name, one in zip(names, found, strict=True)],
        ),
    )
    whole = each[0]
    capitals = next(one for one in each if one.steps == ("lower",))
    signs = next(one for one in each if one.steps == ("punctuation",))
    st.markdown(
        _(
            "Without capitals the surprise on cleaned text falls from {whole} to **{easy}**: the question "
            "has become easier. On text as people write it, it rises to **{hard}**, without punctuation even "
            "to {signs}."
        ).format(
            whole=number(whole.written),
            easy=number(capitals.cleaned),
            hard=number(capitals.written),
            signs=number(signs.written),
        )
    )


def _name(one: CleaningCost) -> str:
    if len(one.steps) > 1:
        return _("your {count} steps").format(count=len(one.steps))
    return _(NAMES[one.steps[0]]) if one.steps else _("(nothing thrown away)")


_counted: dict[tuple[str, ...], CleaningCost] = {}
"""What has been counted since the server started, by its steps."""
