"""Names of people, one a line, drawn from faker's lists."""

from __future__ import annotations

from collections.abc import Callable


def names(count: int, seed: int) -> str:
    """``count`` different English names, given name first, one a line."""
    from faker import Faker  # slow to import, and no page needs it

    fake = Faker("en_US")
    fake.seed_instance(seed)
    return _different(count, lambda: f"{fake.first_name()} {fake.last_name()}")


def names_zh(count: int, seed: int) -> str:
    """``count`` different Chinese names, family name first, one a line."""
    from faker import Faker  # slow to import, and no page needs it

    fake = Faker("zh_CN")
    fake.seed_instance(seed)
    return _different(count, lambda: f"{fake.last_name()}{fake.first_name()}")


def _different(count: int, draw: Callable[[], str]) -> str:
    drawn: dict[str, None] = {}
    while len(drawn) < count:
        drawn.setdefault(draw())
    return "\n".join(drawn) + "\n"
