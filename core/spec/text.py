"""Which text a run trains on, and how it becomes tokens."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from core.spec.frozen import Frozen

CorpusName = Literal[
    "tales", "tales_zh", "errands", "errands_zh", "market", "market_zh", "asides", "asides_zh",
    "reviews", "reviews_zh", "picture_book", "python", "names", "names_zh", "tasks", "own",
]  # fmt: skip
TaskName = Literal[
    "copy", "reverse", "sort", "recall", "brackets", "parity", "addition", "addition_reversed"
]  # fmt: skip


class CorpusSpec(Frozen):
    """Which text. ``size`` counts stories, entries, names or problems; own text is named by its SHA-256.
    ``task`` says which problems, where the text is of tasks."""

    name: CorpusName = "tales"
    size: int = Field(default=2000, ge=1, le=20_000)
    seed: int = Field(default=7, ge=0, le=2**31 - 1)
    digest: str | None = Field(default=None, pattern=r"^[0-9a-f]{64}$")
    task: TaskName = "copy"

    later_options: ClassVar[Mapping[str, object]] = MappingProxyType({"task": "copy"})
    """Options younger than the first runs, with their defaults: see RunSpec.canonical_json."""

    @model_validator(mode="after")
    def _own_text_has_a_digest(self) -> Self:
        if (self.name == "own") != (self.digest is not None):
            raise ValueError("own text, and only own text, is named by its digest")
        if self.task != "copy" and self.name != "tasks":
            raise ValueError("only a text of tasks has a task")
        return self


class TokenizerSpec(Frozen):
    """How text becomes tokens. ``vocabulary`` is the most entries to keep."""

    kind: Literal["characters", "words", "bpe", "bare"] = "words"
    vocabulary: int = Field(default=1000, ge=16, le=20_000)
