"""Marking sentences for translation where they are written. They are translated where they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


def N_(message: str) -> str:
    """The message itself; the name is what the extractor looks for."""
    return message


@dataclass(frozen=True)
class Phrase:
    """A few words for people: an English ``template``, the key of its translation, and what fills
    its ``{named}`` places in whatever language is shown."""

    template: str
    values: Mapping[str, object] = field(default_factory=dict)
