"""Many dimensions on a page: principal axes, and one map turned to lie upon another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.float64]
"""Where each vector is drawn, [v k] with k = 2 or 3."""


@dataclass(frozen=True, eq=False)
class Plane:
    """The k directions in which vectors spread most (Pearson 1901): ``mean`` [d], ``axes`` [d k], each of
    length 1 and at right angles to the others. ``explained`` [k]: which share of the vectors' whole spread
    (variance) lies along each."""

    mean: NDArray[np.float64]
    axes: NDArray[np.float64]
    explained: NDArray[np.float64]

    def place(self, vectors: NDArray[Any]) -> Places:
        """Vectors [v d] → their places [v k]."""
        places: Places = (np.asarray(vectors, dtype=np.float64) - self.mean) @ self.axes
        return places


def fit_plane(vectors: NDArray[Any], dimensions: int = 2) -> Plane:
    """The principal axes of vectors [v d], the widest first; rows of zeros, which are no words, do not count.

    The singular vectors of the centred matrix. Their signs are arbitrary: of each axis the coordinate that is
    largest in size is positive. Where vectors have fewer directions than asked for, the rest of the axes are
    zeros.
    """
    known = np.asarray(vectors, dtype=np.float64)
    known = known[known.any(axis=1)]
    width = known.shape[1]
    axes, explained = np.zeros((width, dimensions)), np.zeros(dimensions)
    if not len(known):
        return Plane(np.zeros(width), axes, explained)
    mean = known.mean(axis=0)
    _, sizes, rows = np.linalg.svd(known - mean, full_matrices=False)
    total = (sizes**2).sum()
    for k in range(min(dimensions, len(sizes))):
        if sizes[k] <= 1e-12 * max(1.0, sizes[0]):
            break
        axis = rows[k]
        axes[:, k] = axis * np.sign(axis[np.abs(axis).argmax()])
        explained[k] = sizes[k] ** 2 / total
    return Plane(mean, axes, explained)


def aligned(places: Places, reference: Places) -> Places:
    """Places [v k] turned, and mirrored if need be, so that they lie as near as can be upon ``reference``
    [v k]; distances stay as they are (orthogonal Procrustes, Schönemann 1966). Both are first centred."""
    moved, fixed = places - places.mean(axis=0), reference - reference.mean(axis=0)
    left, _, right = np.linalg.svd(moved.T @ fixed)
    turned: Places = moved @ (left @ right) + reference.mean(axis=0)
    return turned
