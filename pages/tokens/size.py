"""Vocabulary size against the length of a text in tokens, and what the vocabulary costs."""

from __future__ import annotations

import streamlit as st

from core.errors import LearnerError
from core.figures.lines import Line, lines, lines_table
from core.spec.text import CorpusSpec
from core.text.corpora import load_corpus
from lessons.tokens.counted import LONGEST, WIDTH, Length, lengths
from pages.parts.exercises.box import after_bet
from pages.parts.frame.language import _, in_a_row, worded
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.training.own_text import own_text, own_text_box, when_deleted, written
from pages.parts.training.state import CORPUS_NAMES
from pages.parts.widgets.plot import plot
from pages.parts.widgets.shared.source import Source
from pages.tokens.state import COUNTED_TEXT

SLUG, BET = "tokens", "bet_double"

_TICKS = [50, 100, 200, 500, 1000, 2000, 5000, 10_000]


def counted_text() -> tuple[str, str]:
    """Which text the pictures of this part count: its name, and the text. LearnerError if there is none."""
    name = COUNTED_TEXT.value
    if name != "own":
        return name, load_corpus(
            CorpusSpec.model_validate({"name": name, "size": 80 if name == "python" else 2000})
        ).text
    own = own_text()
    if own is None:
        raise LearnerError("Paste or upload a text of your own first.")
    return f"own {own.digest}", written(own)


def choose_text() -> None:
    """The choice of that text, with a box for one's own."""
    name = COUNTED_TEXT.draw(st.pills, _("Text"), words=lambda name: _(CORPUS_NAMES[name]))
    if name == "own":
        own_text_box("tokens")


def source_of(name: str, text: str) -> Source:
    """Where numbers come from that were counted in it."""
    counted = _("Counted in “{text}”, its first {count:,} characters.").format(
        text=_(CORPUS_NAMES[name.split()[0]]), count=min(len(text), LONGEST)
    )
    return Source("counted", (counted,), own_text=name.startswith("own"))


@fragment
def show_size() -> None:
    choose_text()
    after_bet(SLUG, BET, _size)()


def _size() -> None:
    try:
        name, text = counted_text()
    except LearnerError as error:
        st.info(worded(error))
        return
    with st.spinner(_("Learning eight vocabularies from this text …")):
        found = _lengths(name, text)
    pairs = [one for one in found if one.kind == "bpe"]
    x, y = _("entries of the vocabulary"), _("tokens of the text")
    kinds = [
        (_("byte pairs (BPE)"), pairs),
        (_("characters"), [one for one in found if one.kind == "characters"]),
        (_("words"), [one for one in found if one.kind == "words"]),
    ]
    measured = [
        Line(label, [one.entries for one in row], [one.tokens for one in row])
        for label, row in kinds
    ]
    figure = lines(measured, theme(), x, y)
    figure.update_xaxes(type="log", range=None, autorange=True, tickmode="array", tickvals=_TICKS)
    plot(
        figure,
        key="tokens_size",
        height=360,
        caption=_("The larger the vocabulary, the fewer tokens. The axis below goes in factors."),
        source=source_of(name, text),
        table=lines_table(measured, x, y, _("tokens")),
    )
    st.markdown(_said(pairs))


def _said(pairs: list[Length]) -> str:
    if len(pairs) < 3:
        return _("This text is so short that hardly a pair is left to merge.")
    first = next((at for at, one in enumerate(pairs) if one.entries >= 500), 0)
    low, high, last = pairs[first], pairs[min(first + 1, len(pairs) - 1)], pairs[-1]
    before = pairs[-2]
    said = [
        _("From {low:,} to {high:,} entries the text gets {early:.0%} shorter.").format(
            low=low.entries, high=high.entries, early=1 - high.tokens / low.tokens
        )
    ]
    if before.entries >= high.entries:
        said.append(
            _("From {before:,} to {last:,} it is only {late:.0%}.").format(
                before=before.entries, last=last.entries, late=1 - last.tokens / before.tokens
            )
        )
    said.append(
        _(
            "Each entry is a row of the model's table: with {width} numbers in a row, {last:,} entries are "
            "{numbers:,} numbers."
        ).format(width=WIDTH, last=last.entries, numbers=last.entries * WIDTH)
    )
    return in_a_row(said)


@st.cache_data(max_entries=16, show_spinner=False)
def _lengths(name: str, _text: str) -> tuple[Length, ...]:
    return lengths(_text)


when_deleted(_lengths.clear)
