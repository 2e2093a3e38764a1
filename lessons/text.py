"""A lesson's prose: plain Markdown with named slots such as ``{{ scores }}`` on a line of their own.

A first-level heading is the lesson's title, each second-level heading begins a section. It ends with the name
by which links find the section, the same in all languages, and says whether the section is one of those that
go deeper and can be left out: ``## Waves tell it {#waves}``, ``## … {#distance .deeper}``.
The prose leads; a page only says what fills each slot.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LESSON_FOLDER = Path(__file__).parent
LANGUAGES = ("en", "zh")
_SLOT = re.compile(r"^\{\{\s*([a-z][a-z0-9_]*)\s*\}\}$")
_HEADING = re.compile(
    r"^## (?P<heading>.+?)\s*\{#(?P<name>[a-z][a-z0-9_]*)(?P<deeper> \.deeper)?\}$"
)


@dataclass(frozen=True)
class Prose:
    markdown: str


@dataclass(frozen=True)
class Slot:
    name: str


Block = Prose | Slot


@dataclass(frozen=True)
class Section:
    heading: str | None
    """None for what stands before the first second-level heading."""
    blocks: tuple[Block, ...]
    name: str = ""
    """What links call it; "" for what has no heading."""
    deeper: bool = False
    """Whether it can be left out."""

    @property
    def slots(self) -> tuple[str, ...]:
        """The names of its slots, in order."""
        return tuple(block.name for block in self.blocks if isinstance(block, Slot))


@dataclass(frozen=True)
class LessonText:
    title: str
    language: str
    """The language it is really in: English where a translation is missing."""
    sections: tuple[Section, ...]

    @property
    def slots(self) -> tuple[str, ...]:
        """The names of all slots, in order."""
        return tuple(name for section in self.sections for name in section.slots)


@cache
def load_lesson(slug: str, language: str) -> LessonText:
    """The lesson's text in this language, or in English if it has not been translated yet."""
    path = LESSON_FOLDER / slug / f"{language}.md"
    if not path.exists():
        language, path = "en", LESSON_FOLDER / slug / "en.md"
    return parse_lesson(path.read_text(encoding="utf-8"), language)


def parse_lesson(markdown: str, language: str) -> LessonText:
    """Split a lesson into title, sections and blocks.

    Raises ValueError if it has no title, a section has no name, or one of them or a slot stands there twice:
    mistakes of the author, not the learner.
    """
    title: str | None = None
    opening: list[str] = []
    sections: list[tuple[re.Match[str], list[str]]] = []
    lines = opening
    for line in markdown.splitlines():
        if line.startswith("# ") and title is None:
            title = line[2:].strip()
        elif line.startswith("## "):
            lines = []
            sections.append((_heading(line), lines))
        else:
            lines.append(line)
    if title is None:
        raise ValueError("the lesson has no title: begin with a line such as '# Counting'")
    first = (Section(None, blocks),) if (blocks := _blocks(opening)) else ()
    others = (
        Section(found["heading"], _blocks(lines), found["name"], found["deeper"] is not None)
        for found, lines in sections
    )
    lesson = LessonText(title, language, (*first, *others))
    _no_name_twice("slots", lesson.slots)
    _no_name_twice("sections", [section.name for section in lesson.sections])
    return lesson


def _heading(line: str) -> re.Match[str]:
    found = _HEADING.match(line.strip())
    if found is None:
        raise ValueError(f"a section needs a name for links: '{line.strip()} {{#name}}'")
    return found


def _no_name_twice(what: str, names: Sequence[str]) -> None:
    repeated = {name for name in names if names.count(name) > 1}
    if repeated:
        raise ValueError(f"{what} named twice: {', '.join(sorted(repeated))}")


def _blocks(lines: list[str]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    prose: list[str] = []

    def close_prose() -> None:
        text = "\n".join(prose).strip()
        if text:
            blocks.append(Prose(text))
        prose.clear()

    for line in lines:
        if found := _SLOT.match(line.strip()):
            close_prose()
            blocks.append(Slot(found.group(1)))
        else:
            prose.append(line)
    close_prose()
    return tuple(blocks)
