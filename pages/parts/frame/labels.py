"""The words in figures, in the learner's language. ``core.figures`` has English ones and no gettext."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from importlib import import_module

from core import figures
from pages.parts.frame.language import _


def labels_of(words: Mapping[str, str]) -> dict[str, str]:
    """A figure module's ``LABELS``, translated."""
    return {name: _(word) for name, word in words.items()}


def messages() -> set[str]:
    """Every word that figures can show; a test holds the catalogues to them."""
    names = (found.name for found in pkgutil.iter_modules(figures.__path__))
    modules = (import_module(f"{figures.__name__}.{name}") for name in names)
    return {word for module in modules for word in getattr(module, "LABELS", {}).values()}
