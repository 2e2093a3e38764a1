"""The words of the course, from ``terms.toml``: what each is called in Chinese, what it means, where it is
taught.

A term with a meaning is one that the glossary lists and lessons explain; one without is only held to its
rendering.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, cached_property

from pydantic import Field, model_validator

from lessons.author_files import AuthorError, Checked, Wording, check, meant, read_file, shown_path
from lessons.catalogue import lessons
from lessons.text import LESSON_FOLDER, load_lesson

PATH = LESSON_FOLDER / "terms.toml"
_NO_LETTER = re.compile(r"[^a-z0-9]+")


class _Use(Checked):
    """Regular expressions that find the term in a text; None where it stands just as it is written."""

    en: str | None = None
    zh: str | None = None


class Term(Checked):
    """A term; the comments at the head of ``terms.toml`` say what each key means."""

    en: str
    zh: str
    use: _Use = Field(default_factory=_Use)
    forbidden: list[str] = Field(default_factory=list)
    brackets: str = ""
    follows: bool = False
    meaning: Wording | None = None
    lesson: str = ""
    section: str = ""
    bold: str = ""
    symbols: list[str] = Field(default_factory=list)
    only: list[str] = Field(default_factory=list)
    not_in: list[str] = Field(default_factory=list)

    @model_validator(mode="after")
    def _patterns_compile(self) -> Term:
        for pattern in (*self.forbidden, self.use.en, self.use.zh):
            try:
                re.compile(pattern or "")
            except re.error as error:
                raise ValueError(f"{pattern!r} is no regular expression: {error}") from None
        return self

    @model_validator(mode="after")
    def _what_belongs_together(self) -> Term:
        if self.section and not self.lesson:
            raise ValueError(f"section {self.section!r} of no lesson")
        if self.only and self.not_in:
            raise ValueError("either 'only' or 'not_in'")
        return self

    @cached_property
    def id(self) -> str:
        """What addresses call it: "dot-product"."""
        return _NO_LETTER.sub("-", self.en.lower()).strip("-")

    @cached_property
    def lessons_named(self) -> tuple[str, ...]:
        """All lessons that its entry names."""
        return tuple(filter(None, (self.lesson, self.bold, *self.only, *self.not_in)))

    def called(self, language: str) -> str:
        """Its name in this language."""
        return self.zh if language == "zh" else self.en

    def used(self, language: str) -> re.Pattern[str]:
        """What finds the term in a text of this language."""
        if language == "zh":
            return re.compile(self.use.zh or re.escape(self.zh))
        return re.compile(self.use.en or rf"\b{re.escape(self.en)}\b", re.IGNORECASE)

    def meant_in(self, slug: str) -> bool:
        """Whether the text of this page means this by the word."""
        return slug not in self.not_in and (not self.only or slug in self.only)


class Letter(Checked):
    """A letter of shapes: how many there are of what, and what else it may stand for."""

    letter: str = Field(pattern="^[a-z]$")
    meaning: Wording
    otherwise: Wording | None = None


class _TermsFile(Checked):
    term: list[Term]
    letter: list[Letter]


@cache
def terms() -> tuple[Term, ...]:
    """Every term, in the order of the file.

    Raises AuthorError if an entry is not as it must be, stands there twice, or names a lesson or a section
    that there is not.
    """
    entries = _file().term
    taught = [lesson.slug for lesson in lessons()]
    ids = [entry.id for entry in entries]
    for entry in entries:
        place = f"{shown_path(PATH)}: [{entry.en}]"
        if ids.count(entry.id) > 1:
            raise AuthorError(f"{place}: stands in it twice")
        for name in entry.lessons_named:
            if name not in taught:
                raise AuthorError(f"{place}: {name!r} is no lesson{meant(name, taught)}")
        if entry.section:
            names = [section.name for section in load_lesson(entry.lesson, "en").sections]
            if entry.section not in names:
                raise AuthorError(
                    f"{place} section: {entry.section!r} is no section of {entry.lesson}"
                    f"{meant(entry.section, names)}"
                )
    return tuple(entries)


@cache
def explained_terms() -> tuple[Term, ...]:
    """The terms that have a meaning, in the order of the file."""
    return tuple(entry for entry in terms() if entry.meaning is not None)


@cache
def letters() -> Sequence[Letter]:
    """The letters of shapes, in the order of the file."""
    return tuple(_file().letter)


def _file() -> _TermsFile:
    return check(_TermsFile, read_file(PATH), shown_path(PATH))
