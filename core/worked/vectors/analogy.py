"""a is to b as c is to …: the step from a to b, taken from c."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.worked.vectors.cosine import Vectors, unit
from core.worked.vectors.neighbours import Nearest, nearest


@dataclass(frozen=True, eq=False)
class Analogy:
    """The three words' vectors at length 1, ``a``, ``b`` and ``c`` [d]; the ``step`` b - a [d]; the
    ``target`` c + step [d]; what is nearest to that, without the three words and with them."""

    a: Vectors
    b: Vectors
    c: Vectors
    step: Vectors
    target: Vectors
    best: Nearest
    with_inputs: Nearest


def analogy(vectors: NDArray[Any], a: int, b: int, c: int, count: int = 5) -> Analogy:
    """The rows of ``vectors`` [v d] that a : b :: c : … leads to (Mikolov, Yih and Zweig 2013, section 4).

    The three words are mostly left out of the answers. The step is short, so c itself, or b, is often
    what lies nearest to the target: ``with_inputs`` shows it.
    """
    va, vb, vc = unit(vectors[[a, b, c]])
    step = vb - va
    target = vc + step
    return Analogy(
        a=va,
        b=vb,
        c=vc,
        step=step,
        target=target,
        best=nearest(vectors, target, count, without=(a, b, c)),
        with_inputs=nearest(vectors, target, count),
    )


@dataclass(frozen=True, eq=False)
class OddOneOut:
    """``mean`` [d]: of the words' vectors at length 1. ``cosines`` [n]: each word's with it. ``odd``: the
    place of the word with the lowest."""

    mean: Vectors
    cosines: NDArray[np.float64]
    odd: int


def odd_one_out(vectors: NDArray[Any], rows: list[int] | tuple[int, ...]) -> OddOneOut:
    """Of at least three rows [n] of ``vectors`` [v d] the one that is least like the mean of all of them."""
    if len(rows) < 3:
        raise ValueError("of two words either is as odd as the other")
    chosen = unit(vectors[list(rows)])
    mean = chosen.mean(axis=0)
    alike = chosen @ unit(mean)
    return OddOneOut(mean, alike, int(np.argmin(alike)))
