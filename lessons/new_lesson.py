"""``python -m lessons.new_lesson tokens``: a lesson that works, to be written over.

Copies ``docs/template`` to the lesson's places, with its name and title filled in, and enters it in
``course.toml``. Ruff then sorts what the name has moved.
"""

from __future__ import annotations

import argparse
import importlib.util
import re
import subprocess
import sys
from pathlib import Path

from lessons.author_files import AuthorError
from lessons.catalogue import lessons
from lessons.text import LESSON_FOLDER

ROOT = LESSON_FOLDER.parent
_TEMPLATE = ROOT / "docs" / "template"
_ITS_NAME = "new_lesson"
_NAME = re.compile(r"[a-z][a-z0-9_]*[a-z0-9]")


def write_lesson(slug: str, after: str, root: Path = ROOT) -> list[Path]:
    """Write the lesson's files and enter it after the lesson ``after``; the paths of what was written.

    Raises AuthorError, before anything is written, if the name is none, or taken.
    """
    _check_name(slug, root)
    course = root / "lessons" / "course.toml"
    entered = _entered(course.read_text("utf-8"), slug, after)
    written = []
    for source in sorted(path for path in _TEMPLATE.rglob("*") if path.is_file()):
        target = root / source.relative_to(_TEMPLATE).as_posix().replace(_ITS_NAME, slug)
        target.parent.mkdir(parents=True, exist_ok=True)
        text = source.read_text("utf-8").replace(_title(_ITS_NAME), _title(slug))
        target.write_text(text.replace(_ITS_NAME, slug), "utf-8")
        written.append(target)
    course.write_text(entered, "utf-8")
    return written


def _check_name(slug: str, root: Path) -> None:
    if not _NAME.fullmatch(slug):
        raise AuthorError(
            f"{slug!r} is no name for a lesson: take small letters, digits and _, and begin with a letter."
        )
    if slug in sys.stdlib_module_names:
        raise AuthorError(f"{slug!r} is a module of Python's own, which the page would hide.")
    for folder in ("lessons", "pages"):
        for path in (root / folder / slug, root / folder / f"{slug}.py"):
            if path.exists():
                raise AuthorError(f"{slug!r} is taken: there is {path.relative_to(root)}.")
    if importlib.util.find_spec(slug) is not None:
        raise AuthorError(f"{slug!r} is a module that can be imported, which the page would hide.")


def _entered(course: str, slug: str, after: str) -> str:
    """The text of ``course.toml`` with the lesson in it; only its line changes."""
    line = re.compile(rf'^(lessons = \[.*"{re.escape(after)}")', re.MULTILINE)
    entered, count = line.subn(rf'\1, "{slug}"', course)
    if count != 1:
        raise AuthorError(f"There is no lesson {after!r} for {slug!r} to come after.")
    return entered


def _title(slug: str) -> str:
    return slug.replace("_", " ").capitalize()


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m lessons.new_lesson")
    parser.add_argument("name", help="the lesson's address, such as tokens")
    parser.add_argument("--after", help="the lesson it comes after; the last one if not given")
    options = parser.parse_args(arguments)
    try:
        written = write_lesson(options.name, options.after or lessons()[-1].slug)
    except AuthorError as error:
        print(error, file=sys.stderr)
        return 1
    modules = [str(path) for path in written if path.suffix == ".py"]
    for tidy in (["check", "--select", "I", "--fix"], ["format"]):
        subprocess.run([sys.executable, "-m", "ruff", *tidy, "--quiet", *modules], check=True)
    print("\n".join(path.relative_to(ROOT).as_posix() for path in written))
    print(
        "Edited: lessons/course.toml. `make run` shows it; docs/adding-a-lesson.md says the rest."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
