"""A lesson's prose: plain Markdown with named slots such as ``{{ scores }}`` on a line of their own.

A first-level heading is the lesson's title, each second-level heading begins a section. The prose
leads; a page only says what fills each slot.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LESSON_FOLDER = Path(__file__).parent
LANGUAGES = ("en", "zh")
_SLOT = re.compile(r"^\{\{\s*([a-z][a-z0-9_]*)\s*\}\}$")


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


@dataclass(frozen=True)
class LessonText:
    title: str
    language: str
    """The language it is really in: English where a translation is missing."""
    sections: tuple[Section, ...]

    @property
    def slots(self) -> tuple[str, ...]:
        """The names of all slots, in order."""
        return tuple(
            block.name
            for section in self.sections
            for block in section.blocks
            if isinstance(block, Slot)
        )


@cache
def load_lesson(slug: str, language: str) -> LessonText:
    """The lesson's text in this language, or in English if it has not been translated yet."""
    path = LESSON_FOLDER / slug / f"{language}.md"
    if not path.exists():
        language, path = "en", LESSON_FOLDER / slug / "en.md"
    return parse_lesson(path.read_text(encoding="utf-8"), language)


def parse_lesson(markdown: str, language: str) -> LessonText:
    """Split a lesson into title, sections and blocks.

    Raises ValueError if it has no title or names a slot twice: mistakes of the author, not the learner.
    """
    title: str | None = None
    sections: list[tuple[str | None, list[str]]] = [(None, [])]
    for line in markdown.splitlines():
        if line.startswith("# ") and title is None:
            title = line[2:].strip()
        elif line.startswith("## "):
            sections.append((line[3:].strip(), []))
        else:
            sections[-1][1].append(line)
    if title is None:
        raise ValueError("the lesson has no title: begin with a line such as '# Counting'")
    lesson = LessonText(
        title,
        language,
        tuple(
            Section(heading, blocks)
            for heading, lines in sections
            if (blocks := _blocks(lines)) or heading is not None
        ),
    )
    repeated = {name for name in lesson.slots if lesson.slots.count(name) > 1}
    if repeated:
        raise ValueError(f"slots named twice: {', '.join(sorted(repeated))}")
    return lesson


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
