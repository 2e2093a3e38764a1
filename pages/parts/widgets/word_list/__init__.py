"""All terms of the course in one list, filtered while somebody types.

The list goes to the browser once; searching in it asks the server for nothing but to write the address.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from lessons.explained import GLOSSARY, see_also
from lessons.terms import Term
from pages.parts.frame.following import address, follow
from pages.parts.frame.language import _, language, translated
from pages.parts.widgets.shared.program import Program
from pages.parts.widgets.terms import CODES, OTHER, taught_in

_HTML = """
<div class="clearhead-words">
  <label class="asked"><span></span><input type="search" autocomplete="off" spellcheck="false"></label>
  <p class="count" role="status"></p>
  <div class="nothing" hidden><p></p><button type="button"></button></div>
  <div class="list"></div>
</div>
"""
_COMPONENT = Program.of("word_list", _HTML).component("clearhead_words")


def word_list(
    groups: Mapping[str, Sequence[Term]],
    *,
    key: str,
    search: str = "",
    term: str = "",
    on_search: Callable[[str], None],
) -> None:
    """Draw the terms under their headings, those that fit ``search`` alone, opened at ``term``, an id.

    ``on_search`` is told what was typed, before the page is drawn again. A link that was followed is gone to.
    """
    result = _COMPONENT(
        key=key,
        data={
            "groups": [
                {"title": title, "entries": [_entry(term, language()) for term in terms]}
                for title, terms in groups.items()
            ],
            "term": term,
            "search": search,
            "language": CODES[OTHER[language()]],
            "words": {
                "search": _("Search the words: English, Chinese or a symbol"),
                "all": _("{count} words"),
                "some": _("{found} of {count} words"),
                "nothing": _(
                    "No word here fits “{search}”. Try a part of the word, or what it is called in the other "
                    "language."
                ),
                "clear": _("Show all words"),
                "see": _("see also:"),
            },
        },
        on_follow_change=_ignore,
        on_search_change=partial(_hear, key, on_search),
    )
    follow(result.follow)


def _entry(term: Term, language: str) -> dict[str, Any]:
    """What the list says of a term, reckoned once for each language."""
    known = _entries.get((term.id, language))
    if known is None:
        known = _entries[term.id, language] = _entry_of(term)
    return known


_entries: dict[tuple[str, str], dict[str, Any]] = {}


def _entry_of(term: Term) -> dict[str, Any]:
    taught = taught_in(term)
    return {
        "id": term.id,
        "name": term.called(language()),
        "other": term.called(OTHER[language()]),
        "symbols": term.symbols,
        "meaning": translated(term.meaning) if term.meaning else "",
        "taught": taught
        and {
            "href": taught["href"],
            "title": _("taught in: {lesson}").format(lesson=taught["title"]),
        },
        "see": [
            {
                "id": other.id,
                "name": other.called(language()),
                "href": address(GLOSSARY, term=other.id),
            }
            for other in see_also(language())[term.id]
        ],
    }


def _hear(key: str, on_search: Callable[[str], None]) -> None:
    typed = st.session_state.get(key, {}).get("search")
    if isinstance(typed, str):
        on_search(typed)


def _ignore() -> None:
    """What was followed is in the result."""
