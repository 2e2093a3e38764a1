"""The course: its pages, in order, with what the map says about each.

``course.toml`` has the order, ``<slug>/entry.toml`` what is said about a page. Pages are of three kinds:
a *lesson* has its place in a part and is read from top to bottom; a *reference* is looked up (a glossary,
a time line); a *tool* is worked with (a laboratory, a class room).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from lessons.author_files import (
    AuthorError,
    Checked,
    Wording,
    check,
    meant,
    read_file,
    shown_path,
)
from lessons.entries import LessonEntry, PageEntry, read_entry
from lessons.pace import core_minutes, deeper_minutes
from lessons.text import LESSON_FOLDER

Kind = Literal["lesson", "reference", "tool"]


@dataclass(frozen=True)
class Page:
    """``slug`` is the address, and the name of the folders in ``lessons`` and in ``pages``."""

    slug: str
    kind: Kind
    title: Wording
    promise: Wording
    """Of a lesson what the learner is able to do afterwards, of others what they are for: one sentence."""
    icon: str


@dataclass(frozen=True)
class Part:
    number: int
    title: Wording


@dataclass(frozen=True)
class Lesson(Page):
    part: Part
    prerequisites: tuple[str, ...] = ()

    @property
    def minutes(self) -> int:
        """About how long its core path takes, by the formula of ``lessons.pace``."""
        return core_minutes(self.slug)

    @property
    def deeper_minutes(self) -> int:
        """About how long the sections take that can be left out; 0 if there are none."""
        return deeper_minutes(self.slug)


@cache
def pages() -> tuple[Page, ...]:
    """Every page but home: the lessons in the order in which they are taught, then the others."""
    return read_pages(LESSON_FOLDER)


def lessons() -> tuple[Lesson, ...]:
    """The lessons, in the order in which they are taught."""
    return tuple(page for page in pages() if isinstance(page, Lesson))


def pages_of(kind: Kind) -> tuple[Page, ...]:
    """The pages of this kind, in order; often none."""
    return tuple(page for page in pages() if page.kind == kind)


def lesson(slug: str) -> Lesson:
    """The lesson of that name; KeyError if there is none."""
    for candidate in lessons():
        if candidate.slug == slug:
            return candidate
    raise KeyError(slug)


def parts() -> tuple[tuple[Part, tuple[Lesson, ...]], ...]:
    """The lessons grouped by part, both in course order."""
    numbers = dict.fromkeys(entry.part.number for entry in lessons())
    groups = (tuple(e for e in lessons() if e.part.number == number) for number in numbers)
    return tuple((group[0].part, group) for group in groups)


def next_lesson(slug: str) -> Lesson | None:
    """The lesson after this one, or None after the last."""
    index = lessons().index(lesson(slug))
    return lessons()[index + 1] if index + 1 < len(lessons()) else None


def place_in_part(slug: str) -> tuple[int, int]:
    """Which lesson of its part this is, counted from one, and how many the part has."""
    here = lesson(slug)
    siblings = [entry for entry in lessons() if entry.part == here.part]
    return siblings.index(here) + 1, len(siblings)


class _PartEntry(Checked):
    title: Wording
    lessons: list[str]


class _CourseFile(Checked):
    parts: list[_PartEntry]
    references: list[str]
    tools: list[str]


def read_pages(folder: Path) -> tuple[Page, ...]:
    """The pages of the course whose files are in this folder.

    Raises AuthorError if ``course.toml`` or the entry of a page is not as it must be, or missing.
    """
    course = _course(folder)
    taught = tuple(slug for part in course.parts for slug in part.lessons)
    return (
        *(
            _lesson(folder, slug, Part(number, part.title), taught)
            for number, part in enumerate(course.parts, 1)
            for slug in part.lessons
        ),
        *(_page(folder, slug, "reference") for slug in course.references),
        *(_page(folder, slug, "tool") for slug in course.tools),
    )


def _course(folder: Path) -> _CourseFile:
    """The order of the pages, each of which stands in it once."""
    path = folder / "course.toml"
    course = check(_CourseFile, read_file(path), shown_path(path))
    slugs = [slug for part in course.parts for slug in part.lessons]
    slugs += [*course.references, *course.tools]
    for slug in slugs:
        if slugs.count(slug) > 1:
            raise AuthorError(f"{shown_path(path)}: {slug!r} stands in it twice")
    return course


def _lesson(folder: Path, slug: str, part: Part, taught: tuple[str, ...]) -> Lesson:
    entry = read_entry(LessonEntry, folder, slug)
    for name in entry.prerequisites:
        if name not in taught:
            file = shown_path(folder / slug / "entry.toml")
            raise AuthorError(f"{file}: prerequisites: {name!r} is no lesson{meant(name, taught)}")
    return Lesson(
        slug,
        "lesson",
        entry.title,
        entry.promise,
        entry.icon,
        part,
        tuple(entry.prerequisites),
    )


def _page(folder: Path, slug: str, kind: Kind) -> Page:
    entry = read_entry(PageEntry, folder, slug)
    return Page(slug, kind, entry.title, entry.promise, entry.icon)
