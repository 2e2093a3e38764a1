"""The command that writes a lesson: where things go, and which names it refuses. The guide's test runs it."""

from __future__ import annotations

from pathlib import Path

import pytest

from lessons.author_files import AuthorError
from lessons.new_lesson import main, write_lesson
from lessons.text import LESSON_FOLDER

COURSE = (LESSON_FOLDER / "course.toml").read_text("utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with a course and nothing else."""
    for folder in ("lessons/taken", "pages"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "lessons" / "course.toml").write_text(COURSE, "utf-8")
    (tmp_path / "pages" / "shell.py").touch()
    return tmp_path


def test_every_file_gets_the_lessons_name_and_the_course_one_word_more(root: Path) -> None:
    written = write_lesson("word_pairs", "heads", root)
    assert root / "pages" / "word_pairs" / "page.py" in written
    for path in written:
        text = path.read_text("utf-8")
        assert "new_lesson" not in text + str(path) and "New lesson" not in text
    assert (root / "lessons" / "word_pairs" / "en.md").read_text("utf-8").startswith("# Word pairs")
    course = (root / "lessons" / "course.toml").read_text("utf-8")
    assert course == COURSE.replace('"heads", ', '"heads", "word_pairs", ')
    assert course != COURSE


@pytest.mark.parametrize(
    ("name", "after", "problem"),
    [
        ("Tokens", "gpt", "is no name"),
        ("1st", "gpt", "is no name"),
        ("a/b", "gpt", "is no name"),
        ("two_", "gpt", "is no name"),
        ("", "gpt", "is no name"),
        ("string", "gpt", "Python's own"),
        ("numpy", "gpt", "can be imported"),
        ("core", "gpt", "can be imported"),
        ("taken", "gpt", "is taken"),
        ("shell", "gpt", "is taken: there is pages/shell.py"),
        ("fresh", "nowhere", "no lesson 'nowhere'"),
        ("fresh", "Attention", "no lesson 'Attention'"),
    ],
)
def test_a_bad_or_taken_name_is_refused_before_anything_is_written(
    root: Path, name: str, after: str, problem: str
) -> None:
    before = sorted(root.rglob("*"))
    with pytest.raises(AuthorError, match=problem) as caught:
        write_lesson(name, after, root)
    assert "\n" not in str(caught.value)
    assert sorted(root.rglob("*")) == before
    assert (root / "lessons" / "course.toml").read_text("utf-8") == COURSE


def test_the_command_says_why_in_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gpt"]) == 1
    assert capsys.readouterr().err == "'gpt' is taken: there is lessons/gpt.\n"
