"""The guide, carried out in a copy of the project: a lesson with a new family of models, and what it takes.

The command is run, each block that begins with a path is written to that path, and the result is linted,
trained and opened. So the guide cannot go stale. Beside it stands a lesson as the command leaves it.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.house import ROOT, tracked

GUIDE = ROOT / "docs" / "adding-a-lesson.md"
UNTOUCHED = "seedling"
"""A lesson that nobody has written over yet."""

pytestmark = pytest.mark.timeout(900)
"""Many processes, one after the other, on a machine that may be busy."""

_BLOCK = re.compile(r"^```\w+ (?P<path>\S+/\S+)(?P<added> added)?\n(?P<text>.*?)^```$", re.M | re.S)
_COMMAND = re.compile(r"^make lesson NAME=(\w+) AFTER=(\w+)$", re.M)


@dataclass(frozen=True)
class Followed:
    """The copy after the guide, the lesson's name, and what had to be done."""

    root: Path
    slug: str
    edited: list[str]
    created: list[str]


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Followed:
    root = tmp_path_factory.mktemp("copy")
    for name in tracked():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, root / name)
    before = _contents(root)
    guide = GUIDE.read_text("utf-8")
    command = _COMMAND.search(guide)
    assert command is not None
    slug, after = command.groups()
    run(root, f"lessons.new_lesson {slug} --after {after}")
    for block in _BLOCK.finditer(guide):
        path = root / block["path"]
        path.parent.mkdir(parents=True, exist_ok=True)
        kept = path.read_text("utf-8").rstrip("\n") + "\n\n" if block["added"] else ""
        path.write_text(kept + block["text"], "utf-8")
    after_all = _contents(root)
    edited = sorted(name for name in before if after_all.get(name) != before[name])
    created = sorted(after_all.keys() - before.keys())
    run(root, f"lessons.new_lesson {UNTOUCHED}")
    # The rules of the house ask git for the files.
    subprocess.run(["git", "init", "--quiet"], cwd=root, check=True)
    return Followed(root, slug, edited, created)


def run(root: Path, module: str) -> str:
    """``python -m`` these words in the copy; fails, with what was printed, if it does."""
    done = subprocess.run(
        [sys.executable, "-m", *shlex.split(module)], cwd=root, capture_output=True, text=True
    )
    assert done.returncode == 0, f"python -m {module}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def _contents(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and not {"__pycache__", ".ruff_cache"} & set(path.parts)
    }


def test_few_files_are_edited_for_a_lesson_with_a_new_family(followed: Followed) -> None:
    print(f"\na lesson with a new family: {len(followed.edited)} files edited, ", end="")
    print(f"{len(followed.created)} created: {', '.join([*followed.edited, *followed.created])}")
    assert followed.edited == ["lessons/course.toml", "locale/zh/LC_MESSAGES/messages.po"]
    assert f"core/spec/families/{followed.slug}.py" in followed.created


def test_the_linters_find_nothing_in_it(followed: Followed) -> None:
    run(followed.root, "ruff check .")
    run(followed.root, "ruff format --check .")
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter], cwd=followed.root, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    run(followed.root, "tests.house")


@pytest.mark.experiments
def test_every_type_is_right(followed: Followed) -> None:
    """No training, but as slow as one: all of the project is read anew."""
    run(followed.root, "mypy --strict core lessons pages")


def test_the_choices_of_both_lessons_are_declared(followed: Followed) -> None:
    """One place writes the address; names are unique, begin with the page's, and survive any link."""
    run(
        followed.root,
        "pytest -p no:cacheprovider tests/pages/test_state.py -k "
        f"'written_in_one_place or declared_twice or no_other_widget or {followed.slug} or {UNTOUCHED}'",
    )


@pytest.mark.experiments
def test_the_family_trains_and_both_lessons_open_and_are_solved(followed: Followed) -> None:
    """Their own tests, and those that the course has for every lesson and every sentence."""
    run(
        followed.root,
        f"pytest -p no:cacheprovider tests/core/training/families tests/pages/{followed.slug} "
        f"tests/pages/{UNTOUCHED} tests/lessons tests/core/spec -m '' "
        f"-k '{followed.slug} or {UNTOUCHED} or translat or catalogue or famil'",
    )
