"""What the first response says of home: its words, and what the machines answer to the prompt that stands
there at first. The answers are those that the page was drawn with before; until it was, nothing is said."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from urllib.parse import parse_qs

from markdown_it import MarkdownIt
from starlette.types import Scope

from core.figures import next_token
from core.store.starters import Starter
from lessons.explained import explained_lesson
from lessons.text import LANGUAGES, Prose
from pages.home.machines import CAPTION, LABEL, Answered, answers_at_first, bars
from pages.home.state import PROMPT
from pages.parts.frame.language import sentence_in
from pages.parts.frame.navigation import HOME
from pages.parts.widgets.first_sight import THEMES, seen_first
from pages.parts.widgets.shared.source import WORDS

_SAID = {"lang"}
"""What an address may say without changing the page's top."""


def first_sight(path: str, language: str | None, request: Scope) -> str:
    """For the head of the page at ``path``: home's top, if the address leaves it as it is at first."""
    answers = answers_at_first()
    asked = parse_qs(request.get("query_string", b"").decode("latin-1"))
    if path or not answers or not asked.keys() <= _SAID:
        return ""
    return _said(language if language in LANGUAGES else "en", "lang" in asked, answers)


@lru_cache(maxsize=8)
def _said(language: str, asked: bool, answers: tuple[Answered, ...]) -> str:
    labels = {name: sentence_in(language, word) for name, word in next_token.LABELS.items()}
    figures = {
        theme: [bars(following, theme, labels) for _starter, following in answers]
        for theme in THEMES
    }
    cards = "".join(_card(starter, language) for starter, _following in answers)
    html = (
        f"{_words(language)}"
        f'<div class="label">{escape(sentence_in(language, LABEL))}</div>'
        f'<div class="box">{escape(PROMPT.first)}</div>'
        f'<div class="cards">{cards}</div>'
    )
    return seen_first(html, figures, language, asked)


def _words(language: str) -> str:
    """The title and what stands over the machines."""
    text = explained_lesson(HOME, language)
    over = text.sections[0].blocks[0]
    assert isinstance(over, Prose)
    return f"<h1>{escape(text.title)}</h1>{MarkdownIt().render(over.markdown)}"


def _card(starter: Starter, language: str) -> str:
    title, idea, caption, source = (
        escape(sentence_in(language, words))
        for words in (starter.title, starter.idea, CAPTION, WORDS["shipped"])
    )
    return (
        f'<div class="card"><h3>{title}</h3><p class="quiet">{idea}</p><div class="picture"></div>'
        f'<p class="quiet">{caption} <span class="badge">{source}</span></p></div>'
    )
