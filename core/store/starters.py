"""The runs that ship with the course: one of each family that has one, on the same text. No torch."""

from __future__ import annotations

from dataclasses import dataclass

from core.spec.families import FAMILIES
from core.spec.run import RunSpec
from core.spec.text import CorpusSpec

_TALES = CorpusSpec()


@dataclass(frozen=True)
class Starter:
    """A shipped run under the name that pages know it by, and how they introduce it, in English."""

    slug: str
    spec: RunSpec
    title: str
    idea: str


def starters() -> tuple[Starter, ...]:
    """All of them, in the order of their families."""
    return tuple(found for family in FAMILIES if (found := starter_of(family)) is not None)


def starter_of(family: str) -> Starter | None:
    """The run that ships for this family, if one does."""
    shipped = FAMILIES[family].shipped()
    if shipped is None:
        return None
    spec = RunSpec(
        corpus=_TALES,
        tokenizer=shipped.tokenizer,
        model=shipped.model,
        recipe=shipped.recipe,
        seed=shipped.seed,
    )
    return Starter(shipped.slug, spec, shipped.title, shipped.idea)
