"""A lesson's text in which the first use of each term leads to its explanation.

The mark is a plain Markdown link to the glossary, ``[token](glossary?term=token&lang=en)``: it can be
reached by keyboard, works without JavaScript and is found by text search. ``pages.parts.widgets.terms`` shows
the explanation in place. A lesson is read from top to bottom, each exercise's question where its slot stands;
what a section that can be left out has explained is explained again to whoever left it out.
Headings, code, formulas and links are left alone, and so are answers to choose from, which are labels.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from lessons.exercises import Exercise, load_exercises
from lessons.terms import Term, explained_terms
from lessons.text import Block, LessonText, Prose, load_lesson

GLOSSARY = "glossary"
"""The page that lists all terms."""

_UNTOUCHED = re.compile(
    r"""
      ^\#{1,6}\ .*$              # headings
    | ```.*?```  | `[^`\n]*`     # code
    | \$\$.*?\$\$ | \$[^$]*\$    # formulas
    | !?\[[^\[\]]*\]\([^()]*\)   # links and images
    | \{\{.*?\}\}                # an exercise's drawn numbers
    | :\w+(?=\[)                 # the names of colours
    | <[^<>]*>                   # HTML
    | \n\s*\n                    # a term does not reach over paragraphs
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
_EMPHASIS = re.compile(r"\*+")
_NOTHING = "\0"


@dataclass(frozen=True)
class _Use:
    """A term in a text: from ``start`` to ``end``."""

    term: Term
    start: int
    end: int


@dataclass(frozen=True)
class _Explained:
    text: LessonText
    exercises: Mapping[str, Exercise]
    terms: tuple[Term, ...]


def explained_lesson(slug: str, language: str) -> LessonText:
    """The lesson's text, as ``load_lesson`` gives it, with the first use of each term marked."""
    return _explained(slug, language).text


def explained_exercises(slug: str, language: str) -> Mapping[str, Exercise]:
    """The lesson's exercises, as ``load_exercises`` gives them; a term that the lesson uses in a question
    first is marked there."""
    return _explained(slug, language).exercises


def terms_explained(slug: str, language: str) -> tuple[Term, ...]:
    """The terms that are marked in the lesson, in the order in which they are first used."""
    return _explained(slug, language).terms


def explained(markdown: str, language: str, slug: str = "") -> str:
    """Any text with the first use of each term marked, such as a caption; ``slug`` is the page it is for."""
    marked, _terms = _marked(markdown, language, slug, ())
    return marked


def terms_within(text: str, language: str) -> tuple[Term, ...]:
    """The terms that a text uses, such as what another term means, in the order of their first use."""
    return tuple({use.term.id: use.term for use in _uses(text, language, "")}.values())


@cache
def see_also(language: str) -> Mapping[str, tuple[Term, ...]]:
    """Of each term, by its id, the other terms that its meaning uses."""
    return {
        term.id: tuple(
            other
            for other in terms_within(term.meaning.in_language(language), language)
            if other.id != term.id
        )
        for term in explained_terms()
        if term.meaning is not None
    }


def address_of(term: Term, language: str) -> str:
    """Where the glossary explains the term, as seen from any page."""
    return f"{GLOSSARY}?term={term.id}&lang={language}"


@cache
def _explained(slug: str, language: str) -> _Explained:
    text = load_lesson(slug, language)
    exercises = dict(load_exercises(slug, language))
    for_all: list[Term] = []
    """The terms that whoever leaves out what goes deeper has met too."""
    met: list[Term] = []

    def mark(markdown: str, deeper: bool) -> str:
        marked, new = _marked(markdown, text.language, slug, met if deeper else for_all)
        met.extend(term for term in new if term not in met)
        if not deeper:
            for_all.extend(new)
        return marked

    def read(block: Block, deeper: bool) -> Block:
        if isinstance(block, Prose):
            return Prose(mark(block.markdown, deeper))
        if exercise := exercises.get(block.name):
            exercises[block.name] = replace(exercise, question=mark(exercise.question, deeper))
        return block

    sections = tuple(
        replace(section, blocks=tuple(read(block, section.deeper) for block in section.blocks))
        for section in text.sections
    )
    return _Explained(replace(text, sections=sections), exercises, tuple(met))


def _marked(
    markdown: str, language: str, slug: str, known: Sequence[Term]
) -> tuple[str, list[Term]]:
    """The text with the first use of each term marked that is not known yet, and these terms."""
    new: list[Term] = []
    parts: list[str] = []
    done = 0
    prose = _prose_in(markdown)
    for use in _uses(markdown, language, slug):
        if use.term in known or use.term in new:
            continue
        span = _with_emphasis(prose, use)
        if span is None:
            continue
        start, end = span
        parts += [
            markdown[done:start],
            f"[{markdown[start:end]}]({address_of(use.term, language)})",
        ]
        done = end
        new.append(use.term)
    return "".join((*parts, markdown[done:])), new


def _uses(markdown: str, language: str, slug: str) -> Iterator[_Use]:
    """Where terms are used, in order; of those that overlap the first one, the longest that begins there."""
    text = _prose_in(markdown).replace("\n", " ")
    found = [
        _Use(term, *match.span())
        for term, pattern in _patterns(language, slug)
        for match in pattern.finditer(text)
    ]
    end = 0
    for use in sorted(found, key=lambda use: (use.start, -use.end)):
        if use.start >= end:
            yield use
            end = use.end


def _prose_in(markdown: str) -> str:
    """The text, with nothing in the place of what is no prose."""
    return _UNTOUCHED.sub(lambda found: _NOTHING * len(found.group()), markdown)


@cache
def _patterns(language: str, slug: str) -> tuple[tuple[Term, re.Pattern[str]], ...]:
    return tuple((term, term.used(language)) for term in explained_terms() if term.meant_in(slug))


def _with_emphasis(prose: str, use: _Use) -> tuple[int, int] | None:
    """What the link holds: the term, with the stars around it where they emphasize it alone.

    None where emphasis begins or ends with the term and a letter stands on the other side of its stars, as
    between Chinese characters: stars between a letter and a bracket are no emphasis in Markdown.
    """
    start, end = use.start, use.end
    paragraph = prose[:start].rpartition(_NOTHING * 2)[2]
    if len(_EMPHASIS.findall(paragraph)) % 2 == 0:
        return start, end
    before, after = _stars(prose[:start][::-1]), _stars(prose[end:])
    if before and before == after:
        return start - before, end + after
    outside = prose[: start - before][-1:] if before else ""
    outside += prose[end + after :][:1] if after else ""
    return None if any(letter.isalnum() for letter in outside) else (start, end)


def _stars(text: str) -> int:
    found = _EMPHASIS.match(text)
    return len(found.group()) if found else 0
