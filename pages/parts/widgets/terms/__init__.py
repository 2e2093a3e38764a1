"""The explanation of a term where it is used: a card beside the word, on hover, focus and tap.

Prose marks terms as links to the glossary (``lessons.explained``). One element a page listens to them all,
wherever they stand and however often the prose is drawn again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lessons.catalogue import lesson
from lessons.explained import GLOSSARY
from lessons.terms import Term
from pages.parts.frame.following import address, follow, section_address
from pages.parts.frame.language import _, language, translated
from pages.parts.widgets.shared.program import Program

_HTML = """
<div class="clearhead-terms">
  <div class="card" popover="manual" hidden>
    <div class="said" role="tooltip" id="clearhead-term">
      <p class="name"><strong></strong> <span></span></p>
      <p class="meaning"></p>
    </div>
    <p class="ways"></p>
  </div>
</div>
"""
_COMPONENT = Program.of("terms", _HTML).component("clearhead_terms")
OTHER = {"en": "zh", "zh": "en"}
"""The language whose name of a term is said too."""
CODES = {"en": "en", "zh": "zh-Hans"}


def explain_terms(terms: Sequence[Term], slug: str) -> None:
    """Have the browser show what these terms mean at each of their marks on this page, ``slug``.

    A link that was followed is gone to at once: call it before what is slow to draw. It takes no place.
    """
    result = _COMPONENT(
        key="terms",
        data={
            "terms": {term.id: _card(term, slug, language()) for term in terms},
            "language": CODES[OTHER[language()]],
            "glossary": _("in the glossary"),
        },
        on_follow_change=_ignore,
        height=1,
    )
    follow(result.follow)


def taught_in(term: Term) -> dict[str, str] | None:
    """Where the term is taught: an address and the lesson's title; None where no lesson teaches it."""
    if not term.lesson:
        return None
    return {
        "href": section_address(term.lesson, term.section),
        "title": translated(lesson(term.lesson).title),
    }


def _card(term: Term, slug: str, language: str) -> dict[str, Any]:
    """What the card says, reckoned once: all who read this page in this language are told the same."""
    known = _cards.get((term.id, slug, language))
    if known is None:
        known = _cards[term.id, slug, language] = _card_of(term, slug)
    return known


_cards: dict[tuple[str, str, str], dict[str, Any]] = {}


def _card_of(term: Term, slug: str) -> dict[str, Any]:
    taught = taught_in(term) if term.lesson != slug else None
    return {
        "name": term.called(language()),
        "other": term.called(OTHER[language()]),
        "meaning": translated(term.meaning) if term.meaning else "",
        "href": address(GLOSSARY, term=term.id),
        "taught": taught
        and {
            "href": taught["href"],
            "title": _("taught in: {lesson}").format(lesson=taught["title"]),
        },
    }


def _ignore() -> None:
    """What was followed is in the result."""
