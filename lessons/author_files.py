"""Files that authors write by hand, in TOML, checked key by key: what is wrong is said with its place.

"lessons/ngram/exercises.toml: [copy] slips 2: unknown key 'valu'; did you mean 'value'?"
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, RootModel, ValidationError, model_validator

from lessons.text import LANGUAGES, LESSON_FOLDER

Entry = TypeVar("Entry", bound=BaseModel)
Content = TypeVar("Content")


class AuthorError(ValueError):
    """A mistake of an author, not of a learner: names the file, the place in it, and the key."""


class Checked(BaseModel):
    """What stands in such a file: a key that it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    @model_validator(mode="before")
    @classmethod
    def _known_keys_only(cls, values: Any) -> Any:
        # Pydantic's own error does not say which key was meant.
        if isinstance(values, Mapping):
            refuse_unknown(values, cls.model_fields)
        return values


class Worded(RootModel[dict[str, Content]], Generic[Content]):
    """Something in several languages, English always among them: ``question.en``, ``question.zh``."""

    model_config = ConfigDict(frozen=True, strict=True)

    @model_validator(mode="before")
    @classmethod
    def _known_languages_only(cls, values: Any) -> Any:
        if isinstance(values, Mapping):
            refuse_unknown(values, LANGUAGES)
            if "en" not in values:
                raise ValueError("missing key 'en'")
        return values

    def in_language(self, language: str) -> Content:
        """In this language; in English where nobody has translated it."""
        return self.root.get(language, self.root["en"])


Wording = Worded[str]


def refuse_unknown(keys: Collection[str], known: Collection[str]) -> None:
    """Raise ValueError at the first of ``keys`` that is not among the known ones."""
    for key in keys:
        if key not in known:
            raise ValueError(f"unknown key {key!r}{meant(key, known)}")


def meant(word: str, known: Collection[str]) -> str:
    """The end of a sentence about a word that does not exist: the one that is most like it, if any."""
    alike = get_close_matches(word, known, n=1)
    return f"; did you mean {alike[0]!r}?" if alike else f"; known are {', '.join(known)}"


def read_file(path: Path) -> dict[str, Any]:
    """What stands in a TOML file. Raises AuthorError if it is no TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise AuthorError(f"{shown_path(path)}: {error}") from None


def check(entry: type[Entry], values: Any, file: str, within: str = "") -> Entry:
    """The values as an entry of this kind; ``within`` says where in the file they stand.

    Raises AuthorError, with all that is wrong, a line each.
    """
    try:
        return entry.model_validate(values)
    except ValidationError as error:
        problems = (_problem(file, within, found) for found in error.errors())
        raise AuthorError("\n".join(problems)) from None


def shown_path(path: Path) -> str:
    """The path as an author knows it, from the root of the project."""
    root = LESSON_FOLDER.parent
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def _problem(file: str, within: str, found: Any) -> str:
    keys, problem = found["loc"], str(found["msg"]).removeprefix("Value error, ")
    if found["type"] == "missing":
        keys, problem = keys[:-1], f"missing key {keys[-1]!r}"
    steps = (str(key + 1) if isinstance(key, int) else key for key in keys)
    place = " ".join(filter(None, (within, *steps)))
    return f"{file}: {place}: {problem}" if place else f"{file}: {problem}"
