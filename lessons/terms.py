"""The terms of the course, from ``terms.toml``: what each is called in Chinese, and where it is defined."""

from __future__ import annotations

import re
from functools import cache

from pydantic import Field, model_validator

from lessons.author_files import AuthorError, Checked, Wording, check, meant, read_file, shown_path
from lessons.catalogue import lessons
from lessons.text import LESSON_FOLDER

PATH = LESSON_FOLDER / "terms.toml"


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
    lesson: str = ""
    meaning: Wording | None = None

    @model_validator(mode="after")
    def _patterns_compile(self) -> Term:
        for pattern in (*self.forbidden, self.use.en, self.use.zh):
            try:
                re.compile(pattern or "")
            except re.error as error:
                raise ValueError(f"{pattern!r} is no regular expression: {error}") from None
        return self

    def used(self, language: str) -> re.Pattern[str]:
        """What finds the term in a text of this language."""
        if language == "zh":
            return re.compile(self.use.zh or re.escape(self.zh))
        return re.compile(self.use.en or rf"\b{re.escape(self.en)}\b", re.IGNORECASE)


class _TermsFile(Checked):
    term: list[Term]


@cache
def terms() -> tuple[Term, ...]:
    """Every term, in the order of the file.

    Raises AuthorError if an entry is not as it must be, names no lesson, or stands there twice.
    """
    entries = check(_TermsFile, read_file(PATH), shown_path(PATH)).term
    taught = [lesson.slug for lesson in lessons()]
    names = [entry.en for entry in entries]
    for entry in entries:
        if names.count(entry.en) > 1:
            raise AuthorError(f"{shown_path(PATH)}: {entry.en!r} stands in it twice")
        if entry.lesson and entry.lesson not in taught:
            raise AuthorError(
                f"{shown_path(PATH)}: [{entry.en}] lesson: {entry.lesson!r} is no lesson"
                f"{meant(entry.lesson, taught)}"
            )
    return tuple(entries)
