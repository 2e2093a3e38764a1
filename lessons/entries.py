"""What authors write in ``<slug>/entry.toml``: what the map says of a page, how long its trainings take."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from lessons.author_files import (
    AuthorError,
    Checked,
    Entry,
    Wording,
    check,
    read_file,
    shown_path,
)


class PageEntry(Checked):
    title: Wording
    promise: Wording
    icon: str


class LessonEntry(PageEntry):
    prerequisites: list[str] = Field(default_factory=list)
    waits: dict[str, int] = Field(default_factory=dict)
    """By the name of a slot: how many seconds what is trained there takes, on the machine that made the
    runs that ship, two at a time."""


def read_entry(model: type[Entry], folder: Path, slug: str) -> Entry:
    """The entry of a page, checked.

    Raises AuthorError if it is missing or not as it must be.
    """
    path = folder / slug / "entry.toml"
    if not path.exists():
        raise AuthorError(f"{shown_path(path)} is missing, though course.toml names {slug!r}")
    return check(model, read_file(path), shown_path(path))
