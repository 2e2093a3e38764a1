"""What may stand in ``lessons/<slug>/exercises.toml``: one class for each kind of exercise.

``lessons.exercises`` makes exercises of it, in one language.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Annotated, Any, Generic, Literal, Self, TypeVar

from pydantic import BeforeValidator, Field, model_validator

from lessons.author_files import (
    AuthorError,
    Checked,
    Worded,
    Wording,
    check,
    meant,
    read_file,
    refuse_unknown,
    shown_path,
)
from lessons.text import LESSON_FOLDER

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Answer = TypeVar("Answer")
Hints = Annotated[list[str], Field(min_length=1, max_length=2)]
Matrix = Annotated[list[list[float]], Field(min_length=1)]
Names = Annotated[
    Worded[list[str]],
    BeforeValidator(lambda value: {"en": value} if isinstance(value, list) else value),
]
"""Labels; those that are alike in all languages, such as "x₁", stand without one."""


class OptionEntry(Checked):
    id: str
    text: Wording
    feedback: Wording | None = None
    right: bool = False


class ItemEntry(Checked):
    id: str
    text: Wording


class AnswerSlip(Checked, Generic[Answer]):
    """A wrong answer: its ``value``, or the ``id`` under which a draw computes it."""

    feedback: Wording
    value: Answer | None = None
    id: str = ""

    @model_validator(mode="after")
    def _written_or_drawn(self) -> Self:
        if (self.value is None) == (not self.id):
            raise ValueError("needs either 'value', or the 'id' of a drawn one")
        return self


class OrderSlip(Checked):
    first: str
    second: str
    feedback: Wording


class ExerciseEntry(Checked):
    """What all kinds have. ``hints``: the first points, a second nearly tells."""

    id: Id
    kind: str
    question: Wording
    explanation: Wording
    hints: Worded[Hints]


class OptionsEntry(ExerciseEntry):
    options: Annotated[list[OptionEntry], Field(min_length=2)]

    @model_validator(mode="after")
    def _options_differ(self) -> Self:
        _differ("options", self.options)
        return self


class PredictEntry(OptionsEntry):
    kind: Literal["predict"]


class ChoiceEntry(OptionsEntry):
    kind: Literal["choice"]
    drawn: bool = False


class MistakeEntry(OptionsEntry):
    """``options`` are the lines of a computation; ``right`` marks the wrong one."""

    kind: Literal["mistake"]
    drawn: bool = False

    @model_validator(mode="after")
    def _one_line_is_wrong(self) -> Self:
        if not self.drawn and sum(option.right for option in self.options) != 1:
            raise ValueError("exactly one of the options has right = true: the wrong line")
        return self


class NumberEntry(ExerciseEntry):
    """Without an ``answer`` where it is drawn, or the page computes it."""

    kind: Literal["number"]
    answer: float | None = None
    tolerance: float = 0.01
    slips: list[AnswerSlip[float]] = Field(default_factory=list)
    drawn: bool = False


class OrderEntry(ExerciseEntry):
    """``items`` in the right order; ``also`` are other orders of their ids that are as right. A slip is
    said when its ``first`` stands before its ``second``."""

    kind: Literal["order"]
    items: Annotated[list[ItemEntry], Field(min_length=3)]
    also: list[list[str]] = Field(default_factory=list)
    slips: list[OrderSlip] = Field(default_factory=list)
    drawn: bool = False

    @model_validator(mode="after")
    def _slips_and_orders_name_items(self) -> Self:
        ids = _differ("items", self.items)
        for order in self.also:
            if sorted(order) != sorted(ids):
                raise ValueError("also: each order names every item once")
        for slip in self.slips:
            for name in (slip.first, slip.second):
                if name not in ids:
                    raise ValueError(f"slips: {name!r} is no item{meant(name, ids)}")
        return self


class MatrixEntry(ExerciseEntry):
    """``given`` are the cells as shown, "" where the learner fills them in."""

    kind: Literal["matrix"]
    rows: Names
    columns: Names
    answer: Matrix | None = None
    given: list[list[str]] = Field(default_factory=list)
    tolerance: float = 0.01
    slips: list[AnswerSlip[Matrix]] = Field(default_factory=list)
    drawn: bool = False

    @model_validator(mode="after")
    def _shapes_agree(self) -> Self:
        shape = len(self.rows.in_language("en")), len(self.columns.in_language("en"))
        matrices = {"answer": self.answer, "given": self.given}
        matrices |= {f"slips {place}": slip.value for place, slip in enumerate(self.slips, 1)}
        for name, cells in matrices.items():
            if cells and (len(cells), *{len(line) for line in cells}) != shape:
                raise ValueError(f"{name}: rows and columns make it {shape[0]} × {shape[1]}")
        return self


_ENTRIES: dict[str, type[ExerciseEntry]] = {
    "choice": ChoiceEntry,
    "predict": PredictEntry,
    "number": NumberEntry,
    "order": OrderEntry,
    "matrix": MatrixEntry,
    "mistake": MistakeEntry,
}


@cache
def read_exercises(slug: str) -> tuple[ExerciseEntry, ...]:
    """The lesson's exercises, checked; none if it has no such file.

    Raises AuthorError, with file, exercise and key, if one is not as it must be.
    """
    path = LESSON_FOLDER / slug / "exercises.toml"
    return check_exercises(read_file(path), shown_path(path)) if path.exists() else ()


def check_exercises(values: dict[str, Any], file: str) -> tuple[ExerciseEntry, ...]:
    """What was read from a file of that name, checked. Raises AuthorError."""
    try:
        refuse_unknown(values, ("exercise",))
    except ValueError as error:
        raise AuthorError(f"{file}: {error}") from None
    exercises = values.get("exercise", [])
    if not isinstance(exercises, list) or not all(isinstance(entry, dict) for entry in exercises):
        raise AuthorError(f"{file}: 'exercise' must be a list: write [[exercise]]")
    entries = tuple(
        _checked(entry, file, f"[{entry.get('id', f'exercise {place}')}]")
        for place, entry in enumerate(exercises, 1)
    )
    names = [entry.id for entry in entries]
    for name in names:
        if names.count(name) > 1:
            raise AuthorError(f"{file}: [{name}]: two exercises have this id")
    return entries


def _checked(entry: dict[str, Any], file: str, within: str) -> ExerciseEntry:
    kind = entry.get("kind")
    if isinstance(kind, str) and kind not in _ENTRIES:
        raise AuthorError(f"{file}: {within} kind: {kind!r} is no kind{meant(kind, _ENTRIES)}")
    # Without a kind only what all kinds have can be checked: first of all, that the kind is missing.
    return check(_ENTRIES.get(str(kind), _AnyKind), entry, file, within)


class _AnyKind(ExerciseEntry):
    """An exercise whose ``kind`` is missing or misspelt: knows the keys of all kinds."""

    @model_validator(mode="before")
    @classmethod
    def _has_a_kind(cls, values: dict[str, Any]) -> dict[str, Any]:
        refuse_unknown(values, {key for entry in _ENTRIES.values() for key in entry.model_fields})
        raise ValueError(f"missing key 'kind': one of {', '.join(_ENTRIES)}")


def _differ(what: str, entries: Sequence[OptionEntry | ItemEntry]) -> list[str]:
    """The ids, each of which may stand once."""
    ids = [entry.id for entry in entries]
    if len(set(ids)) < len(ids):
        raise ValueError(f"two {what} have the same id")
    return ids
