"""Which language the learner reads, and the interface's sentences in it.

The language is in the URL (``?lang=zh``), so that a link opens what the sender saw; without it the
browser's own language decides.
"""

from __future__ import annotations

import gettext
import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import streamlit as st
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from core.errors import LearnerError
from core.store.state import Reason
from core.wording import Phrase
from lessons.author_files import Wording
from lessons.text import LANGUAGES
from pages.parts.frame.escaped import literal
from pages.parts.frame.script_run import held, navigated

LOCALE_FOLDER = Path(__file__).parents[3] / "locale"
NAMES = {"en": "EN", "zh": "中"}
TAGS = {"en": "en", "zh": "zh-Hans"}
"""What a document says of its language."""
_STATE = "language"
_SWITCH = "language_switch"


@dataclass
class _Spoken:
    """What this session reads; None until its first run has settled it."""

    code: str | None = None


def settle_language() -> str:
    """Decide the language for this run: the address says it at first and after Back or Forward, else what
    was switched to counts, else the browser's own."""
    asked = st.query_params.get("lang")
    spoken = held(_STATE, _Spoken)
    known = spoken.code
    if asked in LANGUAGES and (known is None or navigated()):
        known = asked
    if known is None:
        locale = str(st.context.locale or "en")
        known = "zh" if locale.lower().startswith("zh") else "en"
    spoken.code = known
    return known


def language() -> str:
    """The language of this run: ``en`` or ``zh``."""
    return held(_STATE, _Spoken).code or "en"


def language_switch() -> None:
    """Two buttons, EN and 中. Choosing one redraws the page in that language."""
    st.session_state[_SWITCH] = language()
    st.segmented_control(
        _("Language"),
        LANGUAGES,
        key=_SWITCH,
        format_func=NAMES.__getitem__,
        label_visibility="collapsed",
        required=True,
        on_change=_switch,
    )


def _(message: str) -> str:
    """The interface's sentence in the learner's language; English where it is not translated."""
    return _catalogue(language()).gettext(message)


def sentence_in(code: str, message: str) -> str:
    """The interface's sentence in the language ``code``, where no learner's session says which."""
    return _catalogue(code).gettext(message)


def in_a_row(sentences: Iterable[str]) -> str:
    """Sentences one after the other: between Chinese ones stands no space."""
    return ("" if language() == "zh" else " ").join(sentences)


def listed(parts: Iterable[str]) -> str:
    """Short things one after the other, with what stands between them in the learner's language."""
    return ("、" if language() == "zh" else ", ").join(parts)


def pgettext(context: str, message: str) -> str:
    """The same for a message that means one thing here and another elsewhere; ``context`` tells which."""
    return _catalogue(language()).pgettext(context, message)


def translated(wording: Wording) -> str:
    """What an author has worded in several languages, in the learner's."""
    return wording.in_language(language())


def worded(error: LearnerError) -> str:
    """An error's sentence in the learner's language, as Markdown in which what was typed is literal."""
    values = {
        name: literal(value) if isinstance(value, str) else value
        for name, value in error.values.items()
    }
    return _(error.template).format(**values)


def plainly(error: LearnerError) -> str:
    """An error's sentence in the learner's language where no Markdown is read."""
    return _(error.template).format(**error.values)


def phrase(words: Phrase) -> str:
    """A few words in the learner's language."""
    return _(words.template).format(**words.values)


def sentence(reason: Reason) -> str:
    """Why a run ended, in the learner's language."""
    return _(reason.template).format(**reason.values)


def _switch() -> None:
    chosen = st.session_state.get(_SWITCH)
    if chosen in LANGUAGES:
        held(_STATE, _Spoken).code = chosen


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    """The catalogue, compiled in memory from its readable .po file: no binary is kept in the tree."""
    path = LOCALE_FOLDER / code / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return gettext.NullTranslations()
    with path.open("rb") as source:
        entries = read_po(source, locale=code)
    compiled = io.BytesIO()
    write_mo(compiled, entries)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
