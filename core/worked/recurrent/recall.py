"""Whether a trained network still knows what an errand was for, by how much was seen on the way."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.text.errands import Market, one_errand
from core.text.tokenizers import Tokenizer
from core.worked.recurrent.recurrence import Recurrence

SEEN = (0, 1, 2, 3, 4, 6, 8, 10, 12, 16, 20)
"""How many things are seen on the way."""

ERRANDS = 64
"""Errands for each of them."""


@dataclass(frozen=True)
class Recall:
    """``right`` is the share of errands whose thing the network names first, of all things, after
    ``distances`` tokens; of a guess it would be ``chance``."""

    seen: tuple[int, ...]
    distances: tuple[int, ...]
    right: tuple[float, ...]
    chance: float


def recall(model: Recurrence, tokenizer: Tokenizer, market: Market, seed: int) -> Recall:
    """Asked at the decisive word of errands that the seed makes; none is from a run's own text if
    their seeds differ."""
    distances, right = [], []
    for seen in SEEN:
        told = [one_errand(market, seen, seed + number) for number in range(ERRANDS)]
        before = [tokenizer.encode(text) for text, _thing in told]
        wanted = np.array([_token(tokenizer, *errand) for errand in told])
        shares = model.next_probabilities(np.stack(before))
        right.append(float((shares.argmax(axis=-1) == wanted).mean()))
        distances.append(_distance(before[0], int(wanted[0])))
    return Recall(SEEN, tuple(distances), tuple(right), 1 / len(market.things))


def guesses(model: Recurrence, tokenizer: Tokenizer, market: Market, text: str) -> dict[str, float]:
    """The probability of each of the market's things as the next token after the text."""
    space = " " if market.spaced else ""
    shares: NDArray[np.float64] = model.next_probabilities(tokenizer.encode(text)[None])[0]
    return {thing: float(shares[_token(tokenizer, text, space + thing)]) for thing in market.things}


def needed_at(tokenizer: Tokenizer, market: Market, text: str) -> int:
    """The place of the token that is the needed thing: the first of all things in the text."""
    shown = [tokenizer.decode([int(token)]).strip() for token in tokenizer.encode(text)]
    return next(place for place, word in enumerate(shown) if word in market.things)


def kept_by_unit(forget: NDArray[np.float32], place: int) -> NDArray[np.float64]:
    """The geometric mean [d] of each unit's forget gates [t d] after the token at ``place``: by the last
    token, that mean to the power of their number is left of what the cell held there."""
    gates = np.asarray(forget[place + 1 :], dtype=np.float64)
    kept: NDArray[np.float64] = np.exp(np.log(np.maximum(gates, 1e-12)).mean(axis=0))
    return kept


def _token(tokenizer: Tokenizer, text: str, thing: str) -> int:
    """The token that the thing is after the text."""
    return int(tokenizer.encode(text + thing)[-1])


def _distance(before: NDArray[np.int64], wanted: int) -> int:
    """How many tokens back the thing was said to be needed."""
    return len(before) - int(np.flatnonzero(before == wanted)[0])
