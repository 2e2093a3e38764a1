"""How each family of models is trained: each module here has one, named as in ``core.spec.families``.

Found by walking the package, so that a new family is a new file and no edit.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from core.training.family import Family

FAMILIES: dict[str, Family] = {
    module.name: import_module(f"{__name__}.{module.name}").FAMILY
    for module in iter_modules(__path__)
}
"""Each family by its name, the ``family`` of its specification."""
