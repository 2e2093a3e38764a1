"""What stands in the list of the course, as plain data for the browser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from lessons.catalogue import Lesson, Page, lessons, pages_of, parts
from lessons.exercises import load_exercises
from pages.parts.frame.face import LINE
from pages.parts.frame.landing import link_to
from pages.parts.frame.language import _, language, translated
from pages.parts.frame.learner import Progress, progress
from pages.parts.frame.navigation import HOME, home_title


@dataclass(frozen=True)
class SectionLink:
    """A section of the open lesson: the name by which links find it, and what is said of it."""

    name: str
    title: str
    done: bool = False
    deeper: bool = False
    """Whether it can be left out."""
    minutes: int | None = None


def listed(here: str, sections: Sequence[SectionLink] = ()) -> dict[str, Any]:
    """The whole list: a line, where to go on, the course's progress, and the pages in groups."""
    done = progress()
    groups = [
        ("", [_entry(HOME, home_title(), here, icon="🏠")]),
        *(
            (
                f"{part.number} · {translated(part.title)}",
                [_lesson(one, here, done) for one in taught],
            )
            for part, taught in parts()
        ),
        (_("Look it up"), [_page(page, here) for page in pages_of("reference")]),
        (_("Tools"), [_page(page, here) for page in pages_of("tool")]),
    ]
    return {
        "label": _("The course"),
        "line": _(LINE),
        "onward": _onward(here, done),
        "progress": _whole(done),
        "groups": [{"heading": name, "entries": found} for name, found in groups if found],
        "sections": [_section(here, section) for section in sections],
        "sectionsLabel": _("Sections of this lesson"),
        "words": {"done": _("done"), "deeper": _("goes deeper")},
    }


def _lesson(page: Lesson, here: str, done: Progress) -> dict[str, Any]:
    share = done.share(page.slug)
    said = _("{percent} % answered").format(percent=round(100 * share))
    return _entry(page.slug, translated(page.title), here, share=share, said=said)


def _page(page: Page, here: str) -> dict[str, Any]:
    return _entry(page.slug, translated(page.title), here, icon=page.icon)


def _entry(slug: str, title: str, here: str, **more: Any) -> dict[str, Any]:
    return {
        "slug": "" if slug == HOME else slug,
        "title": title,
        "address": _address(slug),
        "current": slug == here,
        **more,
    }


def _section(here: str, section: SectionLink) -> dict[str, Any]:
    minutes = section.minutes
    return {
        "name": section.name,
        "title": section.title,
        "address": _address(here, **link_to(section.name)),
        "done": section.done,
        "deeper": section.deeper,
        "minutes": "" if minutes is None else _("{minutes} min").format(minutes=minutes),
    }


def _onward(here: str, done: Progress) -> dict[str, Any] | None:
    """The lesson that was opened last, for who is in none: one that opens is the last one from its next run
    on, and the list would move."""
    if here in {page.slug for page in lessons()}:
        return None
    for page in lessons():
        if page.slug == done.last:
            title = _("Continue: {title}").format(title=translated(page.title))
            return _entry(page.slug, title, here)
    return None


def _whole(done: Progress) -> dict[str, Any]:
    """How much of the course's exercises has been answered."""
    exercises = {page.slug: load_exercises(page.slug, "en") for page in lessons()}
    total = sum(map(len, exercises.values()))
    answered = sum(
        len(set(done.answered.get(slug, ())) & set(known)) for slug, known in exercises.items()
    )
    return {
        "share": answered / total if total else 0.0,
        "said": _("{answered} of {total} exercises answered").format(
            answered=answered, total=total
        ),
    }


def _address(slug: str, **more: str) -> str:
    """Where a page is as seen from any other, in the learner's language."""
    return f"./{'' if slug == HOME else slug}?{urlencode({'lang': language(), **more})}"
