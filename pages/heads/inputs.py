"""The inputs X of the small layer, to be typed over."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from core.errors import LearnerError
from lessons.heads.small import TOKENS, WIDTH, inputs
from pages.heads.state import TYPED
from pages.parts.frame.language import _, plainly
from pages.parts.widgets.grid import matrix_grid
from pages.parts.widgets.grid.cells import Edit, checked, number_text
from pages.parts.widgets.shared.source import Source

LARGEST = 10.0


def typed_inputs(seed: int, t: int) -> NDArray[np.float64]:
    """Draw the grid of x [t d] and return its numbers; of a bad cell, the last good one."""
    name, texts, numbers = _state(seed, t)
    bad: dict[tuple[int, int], str] = {}
    for row, line in enumerate(texts):
        for column, text in enumerate(line):
            try:
                numbers[row, column] = checked(text, LARGEST)
            except LearnerError as error:
                bad[row, column] = plainly(error)
    matrix_grid(
        "X",
        texts,
        TOKENS[:t],
        [str(place + 1) for place in range(WIDTH)],
        key="heads_x",
        colour="muted",
        caption=_("X: four numbers for each token. Type over any of them."),
        source=source_of(seed, t),
        bad=bad,
        on_edit=partial(_edit, name),
    )
    return numbers.copy()


def source_of(seed: int, t: int) -> Source:
    """Where the numbers come from that X leads to: drawn with the seed, or typed over."""
    drawn = _("The matrices are drawn with seed {seed}.").format(seed=seed)
    _name, texts, _numbers = _state(seed, t)
    if texts == _texts(inputs(seed, t)):
        return Source("drawn", (drawn, _("So are the tokens' numbers, X.")))
    return Source("numbers", (_("You typed over X."), drawn))


def begin_again() -> None:
    """Forget what was typed."""
    TYPED.forget()


def _state(seed: int, t: int) -> tuple[str, list[list[str]], NDArray[np.float64]]:
    name = f"{seed} {t}"
    typed = TYPED.value
    if typed is None or typed[0] != name:
        numbers = inputs(seed, t)
        typed = (name, _texts(numbers), numbers)
        TYPED.set(typed)
    return typed


def _texts(numbers: NDArray[np.float64]) -> list[list[str]]:
    return [[number_text(float(value)) for value in row] for row in numbers]


def _edit(name: str, edits: Sequence[Edit]) -> None:
    typed = TYPED.value
    if typed is None or typed[0] != name:
        return
    for edit in edits:
        typed[1][edit.row][edit.column] = edit.text
