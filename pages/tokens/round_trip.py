"""There and back: which tokenizers give the learner's text back, and where the first difference is."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from unicodedata import normalize

import streamlit as st

from core.text.pieces import REPLACEMENT, UNKNOWN_ID, encodable, visible
from core.text.signs.graphemes import code_points, graphemes
from lessons.tokens.samples import COMPOSED, DECOMPOSED
from pages.parts.frame.escaped import code
from pages.parts.frame.language import _
from pages.tokens.cut import both_languages, english
from pages.tokens.state import TEXT


@dataclass(frozen=True)
class Difference:
    """The first code point at which two texts differ, from 0; "" where one of them ends there."""

    place: int
    before: str
    after: str


def first_difference(before: str, after: str) -> Difference | None:
    """None if they are equal."""
    for place, (one, other) in enumerate(zip_longest(before, after, fillvalue="")):
        if one != other:
            return Difference(place, one, other)
    return None


def show_round_trip() -> None:
    """The learner's text through every tokenizer of the lesson."""
    text = encodable(TEXT.value)
    st.markdown(
        "\n".join(f"- {_told(name, text, back, chance)}" for name, back, chance in _trips(text))
    )


def show_two_spellings() -> None:
    """One word that is written in two ways: alike to a reader, not to a computer."""
    bpe = both_languages()["bpe"]
    rows = [
        f"| {name} | {word} | {len(graphemes(word))} | {' '.join(code_points(word)[-2:])} "
        f"| {len(word.encode())} | {len(bpe.encode(word))} |"
        for name, word in ((_("in one"), COMPOSED), (_("in two"), DECOMPOSED))
    ]
    head = " | ".join(
        ("é", _("word"), _("characters"), _("last code points"), _("bytes"), _("BPE tokens"))
    )
    st.markdown("\n".join([f"| {head} |", "|" + "---|" * 6, *rows]))
    alike = normalize("NFC", COMPOSED) == normalize("NFC", DECOMPOSED)
    st.markdown(
        _("Equal to the computer: **{before}**. After both were brought into form NFC: **{after}**.").format(
            before=_("yes") if COMPOSED == DECOMPOSED else _("no"), after=_("yes") if alike else _("no")
        )
    )  # fmt: skip


def _trips(text: str) -> list[tuple[str, str, bool]]:
    """Name and decode(encode(text)) of each tokenizer, and whether some of it was unknown to it: that is
    decoded as "�", which may be what stood there."""
    names = {"characters": _("Characters"), "words": _("Words"), "bpe": _("Byte-level BPE")}
    trips = []
    for kind, tokenizer in both_languages().items():
        tokens = tokenizer.encode(text)
        unknown = not tokenizer.lossless and UNKNOWN_ID in tokens
        trips.append((names[kind], tokenizer.decode(tokens), unknown))
    ways = english()
    return [
        *trips,
        ("WordPiece", ways.wordpiece.round_trip(text), True),
        ("Unigram", ways.unigram.round_trip(text), True),
    ]


def _told(name: str, text: str, back: str, unknown: bool) -> str:
    difference = first_difference(text, back)
    if difference is None and unknown and REPLACEMENT in text:
        return _(
            "✗ **{name}**: it comes back by chance; “�” stands for what is unknown, too."
        ).format(name=name)
    if difference is None:
        return _("✓ **{name}**: the same text, all {count:,} code points.").format(
            name=name, count=len(text)
        )
    return _(
        "✗ **{name}**: the first difference is at code point {place:,}: {before} became {after}."
    ).format(
        name=name,
        place=difference.place + 1,
        before=_sign(difference.before),
        after=_sign(difference.after),
    )


def _sign(sign: str) -> str:
    return f"{code(visible(sign))} ({code_points(sign)[0]})" if sign else _("the end of the text")
