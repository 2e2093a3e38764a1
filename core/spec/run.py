"""The specification of a run: everything that decides its numbers, validated, hashable, with an id.

No torch here: pages build and check specifications in the web process.
"""

from __future__ import annotations

import hashlib
import json
from functools import reduce
from operator import or_
from typing import Annotated, Any, Self

from pydantic import Field, GetCoreSchemaHandler, ValidationError, model_validator
from pydantic_core import CoreSchema

from core.errors import LearnerError
from core.spec.families import FAMILIES
from core.spec.families.gpt import GPTSpec
from core.spec.family import FamilySpec
from core.spec.frozen import Frozen
from core.spec.limits import MOST_PARAMETERS, MOST_TOKENS_A_STEP
from core.spec.recipe import RecipeSpec
from core.spec.text import CorpusSpec, TokenizerSpec

FORMAT = 2
"""Raised when the same specification would give other numbers than before; part of every id."""


class _OfAnyFamily:
    """Tells pydantic that a model is of one of the FAMILIES, and that ``family`` says which."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        families: Any = reduce(or_, FAMILIES.values())
        return handler.generate_schema(Annotated[families, Field(discriminator="family")])


ModelSpec = Annotated[FamilySpec, _OfAnyFamily()]


class RunSpec(Frozen):
    """Everything that decides a run's numbers. Two equal specifications are the same run."""

    corpus: CorpusSpec = CorpusSpec()
    tokenizer: TokenizerSpec = TokenizerSpec()
    model: ModelSpec = GPTSpec()
    recipe: RecipeSpec = RecipeSpec()
    seed: int = Field(default=1, ge=0, le=2**31 - 1)
    start: str | None = Field(default=None, pattern=r"^[0-9a-f]{16}$")
    """The id of the run whose weights and tokenizer this one begins with. Its optimizer begins anew."""

    @model_validator(mode="after")
    def _within_limits(self) -> Self:
        model, recipe = self.model, self.recipe
        if self.start is not None and not model.descends:
            raise ValueError(f"a {model.family} counts: it cannot go on from another run")
        if recipe.replay and self.start is None:
            raise ValueError("only a run that goes on from another can mix in that one's text")
        if model.descends:
            if recipe.optimizer not in model.optimizers:
                raise ValueError(f"a {model.family} is not trained by {recipe.optimizer}")
            if recipe.window is not None and recipe.window > model.longest_window():
                raise ValueError(
                    f"a window of {recipe.window} tokens does not fit a context of "
                    f"{model.longest_window()}"
                )
            tokens = model.tokens_a_step(recipe)
            if tokens > MOST_TOKENS_A_STEP:
                raise ValueError(
                    f"batch × window is {tokens} tokens a step; at most {MOST_TOKENS_A_STEP}"
                )
            count = self.most_parameters()
            if count > MOST_PARAMETERS:
                raise ValueError(f"{count} parameters; at most {MOST_PARAMETERS}")
        return self

    def canonical_json(self) -> str:
        """The one spelling of this specification: sorted keys, no spaces, defaults written out.

        Options that came after the first runs are left out while they have their defaults, so that
        a specification keeps its id when a new option appears.
        """
        values = self.model_dump(mode="json")
        parts = (("corpus", self.corpus), ("model", self.model), ("recipe", self.recipe))
        for name, part in parts:
            for option, default in part.later_options.items():
                if values[name][option] == default:
                    del values[name][option]
        if self.start is None:
            del values["start"]
        return json.dumps(values, sort_keys=True, separators=(",", ":"))

    @property
    def id(self) -> str:
        """Sixteen hexadecimal digits that name the run."""
        text = f"{FORMAT}\n{self.canonical_json()}"
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def most_parameters(self) -> int:
        """Trainable parameters if the vocabulary is filled; 0 for a family that counts instead."""
        return self.model.parameters(self.tokenizer.vocabulary)


def read_spec(value: str | bytes | dict[str, Any]) -> RunSpec:
    """A specification from JSON text or a dictionary.

    Raises LearnerError, with the first problem in one sentence, if it is not a valid one.
    """
    try:
        if isinstance(value, (str, bytes)):
            return RunSpec.model_validate_json(value)
        return RunSpec.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        place = " → ".join(str(part) for part in first["loc"]) or "specification"
        raise LearnerError(
            "The specification cannot be run: {place}: {problem}.",
            place=place,
            problem=str(first["msg"]).removeprefix("Value error, "),
        ) from None
