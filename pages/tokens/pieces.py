"""The learner's text as characters, as words and as byte pairs; and one sentence in four languages."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from core.text.pieces import encodable
from core.text.signs.graphemes import graphemes
from core.text.tokenizers import Tokenizer
from lessons.tokens.samples import SAME, SAMPLES
from pages.parts.frame.language import _, listed
from pages.parts.widgets.shared.source import Source
from pages.parts.widgets.token_strip import Chip, Strip, token_strip
from pages.tokens.cut import SMALL, both_languages, chips, english
from pages.tokens.state import TEXT


def show_text() -> None:
    """The box for the learner's text, and examples to tap."""
    with st.container(horizontal=True, gap="small"):
        for name, (label, text) in SAMPLES.items():
            st.button(_(label), key=f"tokens_sample_{name}", on_click=TEXT.set, args=(text,))
    TEXT.area(_("Your text, for the whole lesson"))


def show_pieces() -> None:
    """Three strips one under the other, and a sentence with what was counted."""
    text = TEXT.value
    if not text.strip():
        st.info(_("There is no text yet: type one, or tap an example."))
        return
    text = encodable(text)
    cut = {kind: chips(tokenizer, text) for kind, tokenizer in both_languages().items()}
    titles = {
        "characters": _("Characters"),
        "words": _("Words"),
        "bpe": _("Byte-level BPE"),
    }
    token_strip(
        text,
        [
            Strip(titles[kind], _summary(both_languages()[kind], found), found)
            for kind, found in cut.items()
        ],
        key="tokens_pieces",
        caption=_(
            "One text, cut in three ways. ␣ is a space, ⏎ the end of a line; a dashed chip with “?” is "
            "unknown; a bracket holds the parts of one character."
        ),
        source=Source(
            "counted",
            (
                _(
                    "All three learned their vocabulary from 400 English and 400 Chinese Tiny tales, and "
                    "from nothing else."
                ),
            ),
            own_text=TEXT.value != TEXT.first,
        ),
    )
    st.markdown(
        _(
            "Your text has **{signs:,}** characters as a reader counts them, which are **{points:,}** code "
            "points and **{bytes:,}** bytes. As words it is {words:,} tokens, {unknown:,} of them unknown; "
            "as byte pairs {bpe:,}, and none is unknown."
        ).format(
            signs=len(graphemes(text)),
            points=len(text),
            bytes=len(text.encode()),
            words=len(cut["words"]),
            unknown=_unknown(cut["words"]),
            bpe=len(cut["bpe"]),
        )
    )


def show_same() -> None:
    """One sentence in four languages through a tokenizer that has seen only English, with the shares."""
    text = "\n".join(sentence for _name, sentence in SAME.values())
    found = chips(english().bpe, text)
    strips, start = [], 0
    for name, sentence in SAME.values():
        end = start + len(sentence)
        part = [chip for chip in found if start <= chip.span[0] < end]
        strips.append(Strip(_(name), _summary(english().bpe, part), part))
        start = end + 1
    token_strip(
        text,
        strips,
        key="tokens_same",
        caption=_(
            "The same sentence in English, Chinese, Hindi and Arabic, cut by byte-level BPE that has seen "
            "only English."
        ),
        source=Source(
            "counted",
            (
                _("Trained on 400 English Tiny tales, with {entries} entries.").format(
                    entries=SMALL
                ),
            ),
        ),
    )
    shares = tokens_per_character()
    rows = listed(f"{_(SAME[name][0])} **{share:.1f}**" for name, share in shares.items())
    most = max(shares, key=shares.__getitem__)
    st.markdown(
        _(
            "Tokens for each character that a reader sees: {rows}. {most} needs the most: its characters are "
            "of several code points, each of three bytes, and no pair of them was ever merged."
        ).format(rows=rows, most=_(SAME[most][0]))
    )


def tokens_per_character() -> Mapping[str, float]:
    """By language: tokens of the English BPE for each character as a reader counts them."""
    bpe = english().bpe
    return {
        name: len(bpe.encode(sentence)) / len(graphemes(sentence))
        for name, (_label, sentence) in SAME.items()
    }


def hungriest() -> str:
    """The language that needs most tokens for a character: what the bet is about."""
    shares = tokens_per_character()
    return max(shares, key=shares.__getitem__)


def _summary(tokenizer: Tokenizer, found: list[Chip]) -> str:
    return _("{count:,} tokens · {unknown:,} unknown · {entries:,} entries").format(
        count=len(found), unknown=_unknown(found), entries=tokenizer.vocabulary_size
    )


def _unknown(found: list[Chip]) -> int:
    return sum(chip.unknown for chip in found)
