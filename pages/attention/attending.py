"""How the learner's matrices attend: who may see whom, and the trace that comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.worked.trace import (
    Trace,
    attention_trace,
    causal_mask,
    padding_mask,
    projected_trace,
)
from pages.attention.sheet.numbers import Matrices

Mask = Literal["causal", "none", "padding", "cross"]
MASKS: tuple[Mask, ...] = ("causal", "none", "padding", "cross")


@dataclass(frozen=True)
class Switches:
    """How the matrices attend. ``count`` is how many tokens are padding; ``in_front`` puts it first and
    hides later tokens too, as when texts are written in step. ``asking`` are the tokens that ask in
    cross-attention: at least one, and not all."""

    mask: Mask
    divided: bool = True
    count: int = 1
    in_front: bool = False
    asking: tuple[int, ...] = (0,)


def trace_of(given: Matrices, switches: Switches) -> Trace:
    """Attention over the learner's matrices."""
    if switches.mask == "cross":
        asking, answering = sides(len(given.tokens), switches)
        return attention_trace(
            given.q[asking], given.k[answering], given.v[answering], divide=switches.divided
        )
    hidden = hidden_keys(len(given.tokens), switches)
    if given.projection is not None:
        return projected_trace(
            given.projection, hidden, divide=switches.divided, tokens=given.tokens
        )
    return attention_trace(
        given.q, given.k, given.v, hidden, divide=switches.divided, tokens=given.tokens
    )


def hidden_keys(t: int, switches: Switches) -> NDArray[np.bool_] | None:
    """True where a key is hidden, [t t]; None without a mask."""
    if switches.mask == "causal":
        return causal_mask(t)
    if switches.mask != "padding":
        return None
    padded = padding_mask([t - min(switches.count, t)], t)
    if not switches.in_front:
        return np.broadcast_to(padded, (t, t))
    return np.asarray(padded[:, ::-1] | causal_mask(t))


def sides(t: int, switches: Switches) -> tuple[list[int], list[int]]:
    """The places that ask and those that answer; neither is empty."""
    if t == 1:
        return [0], [0]
    asking = sorted({place for place in switches.asking if place < t}) or [0]
    if len(asking) == t:
        asking = asking[:-1]
    return asking, [place for place in range(t) if place not in asking]
