"""The experiments of the lesson on word vectors: how many numbers a word needs, and how wide the window."""

from __future__ import annotations

from core.spec.families.word_vectors import WordVectorsSpec
from core.spec.run import RunSpec
from core.store.further import shipped_runs
from core.wording import N_
from lessons.experiments import Arm, arm

WIDTHS = (2, 4, 8, 32)
WIDTH_ARMS = (
    N_("2 numbers a word"),
    N_("4 numbers a word"),
    N_("8 numbers a word"),
    N_("32 numbers a word"),
)
NARROW_ARM = N_("1 word to each side")
MIDDLE_ARMS = {2: N_("2 words to each side"), 4: N_("4 words to each side")}
"""The run that ships in each language."""
WIDE_ARM = N_("10 words to each side")


def _base(slug: str) -> RunSpec:
    """The run that ships under this name."""
    return shipped_runs()[slug]


def _widths(slug: str) -> tuple[Arm, ...]:
    return tuple(
        arm(name, _base(slug), dimension=width)
        for name, width in zip(WIDTH_ARMS, WIDTHS, strict=True)
    )


def _windows(slug: str) -> tuple[Arm, ...]:
    base = _base(slug)
    assert isinstance(base.model, WordVectorsSpec)
    middle = base.model.window
    names = ((NARROW_ARM, 1), (MIDDLE_ARMS[middle], middle), (WIDE_ARM, 10))
    return tuple(arm(name, base, window=window) for name, window in names)


WIDTH = _widths("word_vectors")
"""Nearest words of the same kind, with the seeds 1 to 5: see tests/experiments/test_embeddings.py."""
WIDTH_ZH = _widths("word_vectors_zh")
WINDOW = _windows("word_vectors")
WINDOW_ZH = _windows("word_vectors_zh")
