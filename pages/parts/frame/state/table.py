"""A lesson's table of choices."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from pages.parts.frame.state.address import TABLES
from pages.parts.frame.state.base import Declared, Value
from pages.parts.frame.state.kinds import (
    Choice,
    Number,
    Number_,
    Private,
    Several,
    Switch,
    Text,
)

AnyDeclared = TypeVar("AnyDeclared", bound=Declared[Any])


class State:
    """All choices of one page. Each name begins with the slug, so that no two pages share one; a part that
    several pages use declares its own choices in the table that it is given."""

    def __init__(self, slug: str) -> None:
        self.slug = slug
        TABLES[slug] = {}

    def __iter__(self) -> Iterator[Declared[Any]]:
        return iter(TABLES[self.slug].values())

    def choice(
        self, name: str, options: Sequence[Value] | None, first: Value, *, linked: bool = True
    ) -> Choice[Value]:
        """One of the options; those that depend on what is shown are given by ``among``."""
        return self._add(
            Choice(
                slug=self.slug, name=self._full(name), first=first, linked=linked, options=options
            )
        )

    def several(
        self,
        name: str,
        options: Sequence[Value] | None,
        first: tuple[Value, ...],
        *,
        mark: str = ".",
    ) -> Several[Value]:
        """Some of the options, or none."""
        return self._add(
            Several(slug=self.slug, name=self._full(name), first=first, options=options, mark=mark)
        )

    def whole(
        self, name: str, least: int, most: int, first: int, step: int = 1, *, aligned: bool = False
    ) -> Number[int]:
        """A whole number; ``aligned`` if what lies between the steps cannot be."""
        return self._number(name, least, most, first, step, aligned)

    def decimal(
        self, name: str, least: float, most: float, first: float, step: float
    ) -> Number[float]:
        """A number with decimals."""
        return self._number(name, float(least), float(most), float(first), float(step), False)

    def text(self, name: str, first: str, most: int) -> Text:
        """A text of at most ``most`` characters."""
        return self._add(Text(slug=self.slug, name=self._full(name), first=first, most=most))

    def switch(self, name: str, first: bool = False) -> Switch:
        """On or off."""
        return self._add(Switch(slug=self.slug, name=self._full(name), first=first))

    def private(self, name: str, first: Value) -> Private[Value]:
        """What the session keeps and the address does not carry."""
        return self._add(Private(slug=self.slug, name=self._full(name), first=first, linked=False))

    def spelled(
        self,
        name: str,
        first: Value,
        read: Callable[[str], Value | None],
        spell: Callable[[Value], str] = str,
    ) -> Private[Value]:
        """What the address carries in a spelling of its own; ``read`` gives None for junk."""
        return self._add(
            Private(slug=self.slug, name=self._full(name), first=first, read=read, spell=spell)
        )

    def _number(
        self,
        name: str,
        least: Number_,
        most: Number_,
        first: Number_,
        step: Number_,
        aligned: bool,
    ) -> Number[Number_]:
        full = self._full(name)
        return self._add(
            Number(
                slug=self.slug,
                name=full,
                first=first,
                least=least,
                most=most,
                step=step,
                aligned=aligned,
            )
        )

    def _full(self, name: str) -> str:
        return f"{self.slug}_{name}"

    def _add(self, declared: AnyDeclared) -> AnyDeclared:
        table = TABLES[self.slug]
        if declared.name in table:
            raise ValueError(f"{declared.name} is declared twice")
        table[declared.name] = declared
        return declared


def declared_states() -> dict[str, dict[str, Declared[Any]]]:
    """The tables of all pages that have been imported, by slug."""
    return {slug: dict(table) for slug, table in TABLES.items()}
