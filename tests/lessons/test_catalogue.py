"""The catalogue: read from the folders, in the order of the course, with three kinds of page."""

from __future__ import annotations

from pathlib import Path

import pytest

from lessons import catalogue
from lessons.author_files import AuthorError
from lessons.catalogue import lesson, lessons, next_lesson, pages_of, parts, place_in_part
from lessons.text import LANGUAGES, LESSON_FOLDER

COURSE = """
references = ["glossary"]
tools = ["lab"]
[[parts]]
title.en = "Begin"
lessons = ["one", "two"]
[[parts]]
title.en = "End"
lessons = ["three"]
"""
LESSON = 'title.en = "{0}"\ntitle.zh = "第{0}课"\npromise.en = "P"\nicon = "1"\n'
PAGE = 'title.en = "{0}"\npromise.en = "P"\nicon = "2"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "course.toml").write_text(COURSE, "utf-8")
    for slug in ("one", "two", "three", "glossary", "lab"):
        (tmp_path / slug).mkdir()
        entry = PAGE if slug in ("glossary", "lab") else LESSON
        (tmp_path / slug / "entry.toml").write_text(entry.format(slug), "utf-8")
    return tmp_path


def test_lessons_are_walked_in_order_and_other_kinds_are_apart(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = catalogue.read_pages(folder)
    monkeypatch.setattr(catalogue, "pages", lambda: read)
    assert [page.slug for page in read] == ["one", "two", "three", "glossary", "lab"]
    assert [entry.slug for entry in lessons()] == ["one", "two", "three"]
    assert [page.slug for page in pages_of("reference")] == ["glossary"]
    assert [page.slug for page in pages_of("tool")] == ["lab"]
    assert [(part.number, [e.slug for e in entries]) for part, entries in parts()] == [
        (1, ["one", "two"]),
        (2, ["three"]),
    ]
    following = next_lesson("two")
    assert following is not None and following.slug == "three"
    assert next_lesson("three") is None
    assert place_in_part("two") == (2, 2)
    assert lesson("one").title.in_language("zh") == "第one课"
    with pytest.raises(KeyError):
        lesson("glossary")


def test_what_is_missing_or_misspelt_is_named(folder: Path) -> None:
    entry = folder / "two" / "entry.toml"
    entry.write_text(LESSON.replace("promise", "promis"), "utf-8")
    with pytest.raises(AuthorError, match=r"two.entry\.toml: unknown key 'promis'.*'promise'"):
        catalogue.read_pages(folder)
    entry.unlink()
    with pytest.raises(AuthorError, match=r"two.entry\.toml is missing"):
        catalogue.read_pages(folder)
    (folder / "course.toml").write_text(COURSE.replace("title", "titel"), "utf-8")
    with pytest.raises(AuthorError, match=r"course\.toml: parts 1: unknown key 'titel'"):
        catalogue.read_pages(folder)


@pytest.mark.parametrize(
    ("line", "again"),
    [
        ('lessons = ["three"]', 'lessons = ["three", "three"]'),
        ('lessons = ["three"]', 'lessons = ["three", "one"]'),
        ('tools = ["lab"]', 'tools = ["lab", "glossary"]'),
        ('tools = ["lab"]', 'tools = ["lab", "two"]'),
    ],
)
def test_a_page_that_stands_twice_is_named(folder: Path, line: str, again: str) -> None:
    (folder / "course.toml").write_text(COURSE.replace(line, again), "utf-8")
    slug = again.split('"')[-2]
    with pytest.raises(AuthorError, match=rf"course\.toml: '{slug}' stands in it twice"):
        catalogue.read_pages(folder)


def test_a_prerequisite_is_a_lesson(folder: Path) -> None:
    entry = folder / "two" / "entry.toml"
    entry.write_text(LESSON.format("two") + 'prerequisites = ["one"]\n', "utf-8")
    assert catalogue.read_pages(folder)[1].slug == "two"
    for name, said in (("thre", "did you mean 'three'"), ("lab", "known are one, two, three")):
        entry.write_text(LESSON.format("two") + f'prerequisites = ["one", "{name}"]\n', "utf-8")
        with pytest.raises(AuthorError, match=rf"two.entry\.toml: .*'{name}' is no lesson; {said}"):
            catalogue.read_pages(folder)


def test_every_folder_with_an_entry_is_in_the_course_and_has_a_page() -> None:
    entered = {path.parent.name for path in LESSON_FOLDER.glob("*/entry.toml")}
    assert entered == {page.slug for page in catalogue.pages()}
    for slug in entered:
        assert (LESSON_FOLDER.parent / "pages" / slug / "page.py").exists()


def test_every_entry_is_worded_in_every_language() -> None:
    wordings = [part.title for part, _ in parts()]
    wordings += [wording for page in catalogue.pages() for wording in (page.title, page.promise)]
    assert all(set(wording.root) == set(LANGUAGES) for wording in wordings)
