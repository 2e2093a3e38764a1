"""What a GPT said at a step of its training: at the end of a passage, and through the logit lens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from core.errors import LearnerError
from core.store.view import RunView

_DIGITS = 4
_NEEDED = frozenset(("passage", "next_tokens", "next_shares", "lens_tokens", "lens_shares"))


@dataclass(frozen=True)
class Said:
    """``next`` are the likeliest tokens in place of the last one of ``passage``, best first.

    ``lens``: of each of the tokens before (row), as many as are read, the likeliest next one, as the vector
    that comes in says, then after each layer (column)."""

    passage: list[str]
    next: list[str]
    next_shares: list[float]
    lens: list[list[str]]
    lens_shares: list[list[float]]

    @property
    def read(self) -> list[str]:
        """The tokens of the lens's rows."""
        return self.passage[-1 - len(self.lens) : -1]

    @property
    def comes(self) -> list[str]:
        """What really comes after each of them."""
        return self.passage[-len(self.lens) :]


def said_at(
    run: RunView, step: int, arrays: Mapping[str, NDArray[Any]] | None = None
) -> Said | None:
    """None where nothing of the kind was recorded, as in runs that are older, or cannot be read."""
    seen = run.arrays(step) if arrays is None else arrays
    if not seen.keys() >= _NEEDED:
        return None
    try:
        show = run.tokenizer.show
    except LearnerError:
        return None
    return Said(
        passage=[show(int(token)) for token in seen["passage"]],
        next=[show(int(token)) for token in seen["next_tokens"]],
        next_shares=[round(float(share), _DIGITS) for share in seen["next_shares"]],
        lens=[[show(int(token)) for token in row] for row in seen["lens_tokens"]],
        lens_shares=[
            [round(float(share), _DIGITS) for share in row] for row in seen["lens_shares"]
        ],
    )
