"""The runs that ship with the course: of each family that has one, the first on the same text. No torch."""

from __future__ import annotations

from dataclasses import dataclass

from core.spec.families import FAMILIES
from core.spec.family import Shipped
from core.spec.run import RunSpec


@dataclass(frozen=True)
class Starter:
    """A shipped run under the name that pages know it by, and how they introduce it, in English."""

    slug: str
    spec: RunSpec
    title: str
    idea: str


def starters() -> tuple[Starter, ...]:
    """All of them, in the order of their families."""
    return tuple(
        _starter(shipped)
        for family in FAMILIES.values()
        for shipped in (family.shipped(), *family.shipped_too())
        if shipped is not None
    )


def starter_of(family: str) -> Starter | None:
    """The run that ships for this family, if one does; of several the first."""
    shipped = FAMILIES[family].shipped()
    return None if shipped is None else _starter(shipped)


def ships(spec: RunSpec) -> bool:
    """Whether this very run comes with the course."""
    return any(starter.spec == spec for starter in starters())


def _starter(shipped: Shipped) -> Starter:
    spec = RunSpec(
        corpus=shipped.corpus,
        tokenizer=shipped.tokenizer,
        model=shipped.model,
        recipe=shipped.recipe,
        seed=shipped.seed,
    )
    return Starter(shipped.slug, spec, shipped.title, shipped.idea)
