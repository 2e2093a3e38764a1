"""A token's vector on its way through the blocks: how long it is, and what each part added. NumPy only.

The residual stream of Elhage et al. 2021, "A mathematical framework for transformer circuits": every
part reads the stream and adds to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]


@dataclass(frozen=True)
class FlowStep:
    """The stream after one part has added to it; the first step is the embedded token itself.

    ``length`` is that of the stream, ``added`` of what the part added; ``turned`` is the cosine of
    the addition to the stream before it, ``kept`` the cosine of the stream to the embedded token.
    A cosine with a vector of length 0 is NaN.
    """

    name: str
    length: float
    added: float
    turned: float
    kept: float


def flow_steps(
    embedded: Vector,
    added: Sequence[tuple[str, Vector]],
    after: Sequence[Vector],
    first: str = "embedded",
) -> list[FlowStep]:
    """Steps from the embedded token [d], what each part added (name, [d]) and the stream after it [d].

    ``after`` is given, not summed up: with a norm behind each part the stream is not the plain sum.
    Raises ValueError when the widths differ or there are not as many streams as parts.
    """
    start = np.asarray(embedded, dtype=np.float64)
    if len(added) != len(after):
        raise ValueError(f"{len(added)} additions but {len(after)} streams after them")
    steps = [FlowStep(first, _length(start), 0.0, float("nan"), cosine(start, start))]
    before = start
    for (name, addition), stream in zip(added, after, strict=True):
        part, now = np.asarray(addition, np.float64), np.asarray(stream, np.float64)
        if part.shape != start.shape or now.shape != start.shape:
            raise ValueError(f"{name}: {part.shape} and {now.shape} beside {start.shape}")
        steps.append(
            FlowStep(name, _length(now), _length(part), cosine(part, before), cosine(now, start))
        )
        before = now
    return steps


def cosine(first: Vector, second: Vector) -> float:
    """The cosine between two vectors [d], NaN if one has length 0."""
    size = _length(first) * _length(second)
    if size == 0:
        return float("nan")
    return float(np.clip(first @ second / size, -1.0, 1.0))


def _length(vector: Vector) -> float:
    return float(np.linalg.norm(vector))
