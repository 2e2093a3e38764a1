"""Exercise files: every shipped one is read, and a mistake in one is named with file, exercise and key."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from lessons.author_files import AuthorError, shown_path
from lessons.exercise_file import check_exercises, read_exercises
from lessons.text import LESSON_FOLDER

FILES = sorted(LESSON_FOLDER.glob("*/exercises.toml"))

NUMBER = """
[[exercise]]
id = "copy"
kind = "number"
answer = 0.25
question.en = "How likely?"
explanation.en = "One in four."
hints.en = ["Count.", "Divide."]
"""
CHOICE = """
[[exercise]]
id = "which"
kind = "choice"
question.en = "Which?"
explanation.en = "The first."
hints.en = ["Look.", "Look again."]
[[exercise.options]]
id = "first"
text.en = "The first"
right = true
[[exercise.options]]
id = "second"
text.en = "The second"
"""
ORDER = """
[[exercise]]
id = "steps"
kind = "order"
question.en = "In which order?"
explanation.en = "So."
hints.en = ["Begin.", "End."]
items = [{id = "a", text.en = "A"}, {id = "b", text.en = "B"}, {id = "c", text.en = "C"}]
slips = [{first = "b", second = "a", feedback.en = "A before B."}]
"""
MATRIX = """
[[exercise]]
id = "table"
kind = "matrix"
rows.en = ["one", "two"]
columns = ["x", "y"]
answer = [[1, 2], [3, 4]]
question.en = "Fill it."
explanation.en = "So."
hints.en = ["Begin.", "End."]
"""


def _problem(text: str) -> str:
    with pytest.raises(AuthorError) as caught:
        check_exercises(tomllib.loads(text), "lessons/ngram/exercises.toml")
    return str(caught.value)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_every_shipped_file_is_read_and_each_of_its_keys_misspelt_is_named(path: Any) -> None:
    values = tomllib.loads(path.read_text("utf-8"))
    entries = check_exercises(values, "file.toml")
    assert len(entries) == len(values["exercise"])
    assert read_exercises(path.parent.name) == entries
    for place, exercise in enumerate(values["exercise"]):
        for spoiled, key in _misspelt(exercise):
            wrong = {"exercise": [*values["exercise"][:place], spoiled]}
            with pytest.raises(AuthorError) as caught:
                check_exercises(wrong, "file.toml")
            problem = str(caught.value)
            name = exercise["id"] if key != "id" or "id" in spoiled else f"exercise {place + 1}"
            assert problem.startswith(f"file.toml: [{name}]")
            assert f"unknown key '{key}_'; did you mean '{key}'?" in problem


def _misspelt(value: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    """Copies of an exercise in each of which one key, at any depth, has a letter too many."""
    for key, inner in value.items():
        yield {(f"{k}_" if k == key else k): v for k, v in value.items()}, key
        if isinstance(inner, dict):
            for spoiled, name in _misspelt(inner):
                yield {**value, key: spoiled}, name
        elif isinstance(inner, list):
            for place, part in enumerate(inner):
                for spoiled, name in _misspelt(part) if isinstance(part, dict) else ():
                    several = copy.copy(inner)
                    several[place] = spoiled
                    yield {**value, key: several}, name


def test_a_mistake_is_said_in_one_line_with_its_place() -> None:
    assert _problem(NUMBER.replace("explanation", "explanaton")) == (
        "lessons/ngram/exercises.toml: [copy]: "
        "unknown key 'explanaton'; did you mean 'explanation'?"
    )
    assert _problem(CHOICE.replace('text.en = "The second"', 'txet.en = "The second"')) == (
        "lessons/ngram/exercises.toml: [which] options 2: unknown key 'txet'; did you mean 'text'?"
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (NUMBER.replace("[[exercise]]", "[[exercises]]"), "unknown key 'exercises'; did you mean"),
        (
            NUMBER.replace("[[exercise]]", "[exercise]"),
            "'exercise' must be a list: write [[exercise]]",
        ),
        ('exercise = ["copy"]', "'exercise' must be a list: write [[exercise]]"),
        (NUMBER.replace('["Count.", "Divide."]', "[]"), "[copy] hints en: "),
        (NUMBER.replace('"Divide."', '"Divide.", "By four."'), "[copy] hints en: "),
        (NUMBER.replace('["Count.", "Divide."]', '"Count."'), "[copy] hints en: "),
        (NUMBER.replace('explanation.en = "One in four."', ""), "missing key 'explanation'"),
        (NUMBER.replace('kind = "number"', ""), "missing key 'kind'"),
        (NUMBER.replace("number", "numbr"), "'numbr' is no kind; did you mean 'number'?"),
        (NUMBER.replace("0.25", '"0.25"'), "[copy] answer: "),
        (NUMBER.replace("question.en", "question.zh"), "[copy] question: missing key 'en'"),
        (NUMBER.replace("question.en", "question.fr"), "[copy] question: unknown key 'fr'"),
        (NUMBER + 'items = ["a"]', "[copy]: unknown key 'items'"),
        (NUMBER + 'slips = [{feedback.en = "No."}]', "[copy] slips 1: needs either 'value'"),
        (NUMBER + NUMBER, "[copy]: two exercises have this id"),
        (NUMBER.replace('"copy"', '"Copy it"'), "[Copy it] id: "),
        (CHOICE.replace('"second"', '"first"'), "[which]: two options have the same id"),
        (CHOICE.replace("choice", "mistake").replace("true", "false"), "the wrong line"),
        (ORDER.replace('first = "b"', 'first = "bb"'), "'bb' is no item; did you mean 'b'?"),
        (ORDER.replace("items =", 'also = [["b", "a"]]\nitems ='), "names every item once"),
        (MATRIX.replace(", [3, 4]", ""), "[table]: answer: rows and columns make it 2 × 2"),
    ],
)
def test_every_other_mistake_is_named_too(text: str, problem: str) -> None:
    line = _problem(text)
    assert line.startswith("lessons/ngram/exercises.toml: ")
    assert problem in line


def test_what_is_right_passes() -> None:
    assert len(check_exercises(tomllib.loads(NUMBER + CHOICE + ORDER + MATRIX), "file")) == 4


def test_a_file_is_named_as_its_author_knows_it() -> None:
    assert shown_path(FILES[0]) == f"lessons/{FILES[0].parent.name}/exercises.toml"


def test_a_file_is_read_once() -> None:
    first = read_exercises("ngram")
    assert read_exercises("ngram") is first
