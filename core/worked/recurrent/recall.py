"""Whether a trained model still knows what was needed, by how much was seen on the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.protocol import Tokens
from core.text.made.market import Stall, one_day
from core.text.tokenizers import Tokenizer

SEEN = (0, 1, 2, 3, 4, 6, 8, 10, 12, 16)
"""How many things are seen on the way."""

DAYS = 64
"""Market days for each of them."""

Expects = Callable[[Sequence[Tokens]], NDArray[np.float64]]
"""Contexts [t] each → log-probabilities, or probabilities, of what comes after them, [b v]."""


@dataclass(frozen=True)
class Recall:
    """``right`` is the share of days whose thing the model names first, of all tokens, after
    ``distances`` tokens; of a guess among the things it would be ``chance``."""

    seen: tuple[int, ...]
    distances: tuple[int, ...]
    right: tuple[float, ...]
    chance: float


def recall(expects: Expects, tokenizer: Tokenizer, stall: Stall, seed: int) -> Recall:
    """Asked at the decisive word of days that the seed makes. Of the days with two things and fewer there are
    so few that a run's own text may have them, too."""
    distances, right = [], []
    for seen in SEEN:
        told = [one_day(stall, seen, seed + number) for number in range(DAYS)]
        before = [tokenizer.encode(text) for text, _thing in told]
        wanted = np.array([_token(tokenizer, *day) for day in told])
        right.append(float((expects(before).argmax(axis=-1) == wanted).mean()))
        distances.append(_distance(before[0], int(wanted[0])))
    return Recall(SEEN, tuple(distances), tuple(right), 1 / len(stall.things))


def guesses(expects: Expects, tokenizer: Tokenizer, stall: Stall, text: str) -> dict[str, float]:
    """The probability of each of the stall's things as the next token after the text; ``expects`` gives
    probabilities."""
    space = " " if stall.spaced else ""
    shares = expects([tokenizer.encode(text)])[0]
    return {thing: float(shares[_token(tokenizer, text, space + thing)]) for thing in stall.things}


def needed_at(tokenizer: Tokenizer, stall: Stall, text: str) -> int:
    """The place of the token that is the needed thing: the first of all things in the text."""
    shown = [tokenizer.decode([int(token)]).strip() for token in tokenizer.encode(text)]
    return next(place for place, word in enumerate(shown) if word in stall.things)


def kept_by_unit(forget: NDArray[np.float32], place: int) -> NDArray[np.float64]:
    """The geometric mean [d] of each unit's forget gates [t d] after the token at ``place``: by the last
    token, that mean to the power of their number is left of what the cell held there."""
    gates = np.asarray(forget[place + 1 :], dtype=np.float64)
    kept: NDArray[np.float64] = np.exp(np.log(np.maximum(gates, 1e-12)).mean(axis=0))
    return kept


def _token(tokenizer: Tokenizer, text: str, thing: str) -> int:
    """The token that the thing is after the text."""
    return int(tokenizer.encode(text + thing)[-1])


def _distance(before: Tokens, wanted: int) -> int:
    """How many tokens back the thing was said to be needed."""
    return len(before) - int(np.flatnonzero(before == wanted)[0])
