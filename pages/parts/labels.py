"""The words in figures, in the learner's language. ``core.figures`` has English ones and no gettext."""

from __future__ import annotations

from collections.abc import Mapping

from core.figures import (
    circles,
    counts,
    flow,
    gates,
    grid,
    head_statistics,
    heatmap,
    loss,
    next_token,
    plane,
    token_losses,
    widths,
)
from pages.parts.language import _

FIGURES = (
    circles,
    counts,
    flow,
    gates,
    grid,
    head_statistics,
    heatmap,
    loss,
    next_token,
    plane,
    token_losses,
    widths,
)


def labels_of(words: Mapping[str, str]) -> dict[str, str]:
    """A figure module's ``LABELS``, translated."""
    return {name: _(word) for name, word in words.items()}


def messages() -> set[str]:
    """Every word that figures can show; a test holds the catalogues to them."""
    return {word for figure in FIGURES for word in figure.LABELS.values()}
