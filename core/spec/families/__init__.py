"""The families of models that the course knows: each module here is one and names it ``FAMILY``.

Found by walking the package, so that a new family is a new file and no edit.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from core.spec.family import FamilySpec

_MODULES = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
_FOUND: list[type[FamilySpec]] = [module.FAMILY for module in _MODULES]

FAMILIES: dict[str, type[FamilySpec]] = {
    family.model_fields["family"].default: family
    for family in sorted(_FOUND, key=lambda family: (family.place, family.__name__))
}
"""The specification of each family by its name, in the order of their places in the course."""
