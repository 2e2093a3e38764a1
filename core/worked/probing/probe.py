"""A linear probe: how well something that is known can be read off a row of numbers. NumPy only.

Fitted on some passages, scored on others (Alain and Bengio 2016, "Understanding intermediate layers
using linear classifier probes"). A score alone says little: beside it stand guessing, the token that
has just been read, and the same network before training (Hewitt and Liang 2019, "Designing and interpreting
probes with control tasks").
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

DRAWS = 1000
"""Of passages, for an interval."""
RIDGE = 1e-2
"""Weight of the penalty, as a share of what the examples weigh together."""


@dataclass(frozen=True, eq=False)
class Examples:
    """n states ``x`` [n d], what is true of each ``y`` [n], and in which passage it was, ``passage`` [n]."""

    x: Numbers
    y: Numbers
    passage: NDArray[np.int64]


@dataclass(frozen=True)
class Score:
    """On examples that nothing was fitted on, with the middle 95 % of what other draws of passages give."""

    value: float
    low: float
    high: float


class Probe:
    """A linear map to one number for each class, or to the number itself.

    Classes: least squares on targets 1 and -1 with a penalty on the weights (ridge; Hoerl and Kennard 1970),
    each class weighing the same, however frequent. The largest of the numbers decides.
    """

    def __init__(self, examples: Examples, *, is_number: bool) -> None:
        x, y = examples.x, examples.y
        self.is_number = is_number
        self.classes = np.unique(y)
        if is_number:
            weight = np.full(len(y), 1 / len(y))
            targets = y[:, None]
        else:
            weight = _even(y, self.classes)
            targets = np.where(y[:, None] == self.classes, 1.0, -1.0)
        self._mean = weight @ x
        self._scale = np.sqrt(weight @ (x - self._mean) ** 2) + 1e-9
        self._middle = weight @ targets
        z = (x - self._mean) / self._scale
        weighted = z * weight[:, None]
        normal = weighted.T @ z + RIDGE * np.eye(x.shape[1])
        self.weights: Numbers = np.linalg.solve(normal, weighted.T @ (targets - self._middle))

    def readings(self, x: Numbers) -> Numbers:
        """What it makes of each state [n d]: a number for each class [n c], or the number itself [n 1]."""
        found: Numbers = (x - self._mean) / self._scale @ self.weights + self._middle
        return found

    def answers(self, x: Numbers) -> Numbers:
        """The class, or the number, of each state [n]."""
        found = self.readings(x)
        answers: Numbers = found[:, 0] if self.is_number else self.classes[found.argmax(axis=1)]
        return answers


class UnitProbe:
    """The same with one unit: of classes the one whose mean is nearest, or a straight line."""

    def __init__(self, examples: Examples, unit: int, *, is_number: bool) -> None:
        self.unit, self.is_number = unit, is_number
        x, y = examples.x[:, unit], examples.y
        self.classes = np.unique(y)
        self.means: Numbers = np.array([x[y == one].mean() for one in self.classes])
        spread = float(x.var())
        self._slope = float(np.cov(x, y, bias=True)[0, 1]) / spread if spread else 0.0
        self._level = float(y.mean()) - self._slope * float(x.mean())

    def answers(self, x: Numbers) -> Numbers:
        """The class, or the number, of each state [n d], of which only the unit is looked at."""
        of_unit = x[:, self.unit]
        if self.is_number:
            return self._level + self._slope * of_unit
        answers: Numbers = self.classes[np.abs(of_unit[:, None] - self.means).argmin(axis=1)]
        return answers


class TokenProbe:
    """Reads the token that has just been read and nothing else: what mostly was true after it."""

    def __init__(
        self, tokens: NDArray[np.int64], y: Numbers, vocabulary: int, *, is_number: bool
    ) -> None:
        self.classes = np.unique(y)
        if is_number:
            counts = np.bincount(tokens, minlength=vocabulary)
            sums = np.bincount(tokens, weights=y, minlength=vocabulary)
            self._answers = np.where(counts > 0, sums / np.maximum(counts, 1), y.mean())
            return
        weight = _even(y, self.classes)
        votes = np.stack(
            [
                np.bincount(tokens[y == one], weights=weight[y == one], minlength=vocabulary)
                for one in self.classes
            ]
        )
        self._answers = self.classes[votes.argmax(axis=0)]

    def answers(self, tokens: NDArray[np.int64]) -> Numbers:
        """The class, or the number, after each token [n]."""
        found: Numbers = self._answers[tokens]
        return found


def unit_scores(examples: Examples, *, is_number: bool) -> Numbers:
    """How well each unit alone tells what is true, [d], on the examples themselves: for choosing one.

    The share of right answers, each class counting the same, or the squared correlation.
    """
    x, y = examples.x, examples.y
    if is_number:
        a, b = x - x.mean(axis=0), y - y.mean()
        below = np.sqrt((a**2).sum(axis=0) * (b**2).sum())
        squared: Numbers = ((a * b[:, None]).sum(axis=0) / np.where(below > 0, below, 1)) ** 2
        return squared
    classes = np.unique(y)
    means = np.stack([x[y == one].mean(axis=0) for one in classes])
    answers = classes[np.abs(x[None] - means[:, None]).argmin(axis=0)]
    right = answers == y[:, None]
    shares: Numbers = np.mean([right[y == one].mean(axis=0) for one in classes], axis=0)
    return shares


def score(
    answers: Numbers,
    truth: Numbers,
    passage: NDArray[np.int64],
    *,
    is_number: bool,
    draws: int = DRAWS,
    seed: int = 1,
) -> Score:
    """Of classes the share that is right, each class counting the same (balanced accuracy); of a number
    the share of its variance that the answers explain, 1 - Σ(y - ŷ)² / Σ(y - ȳ)².

    Tokens of one passage are alike, so whole passages are drawn for the interval (percentile bootstrap,
    Efron and Tibshirani 1993, §13).
    """
    tallies, of_all = (_variance_tallies if is_number else _class_tallies)(answers, truth, passage)
    chosen = np.random.default_rng(seed).integers(len(tallies), size=(draws, len(tallies)))
    drawn = of_all(tallies[chosen].sum(axis=1))
    low, high = np.nanquantile(drawn, [0.025, 0.975])
    return Score(float(of_all(tallies.sum(axis=0)[None])[0]), float(low), float(high))


def _class_tallies(
    answers: Numbers, truth: Numbers, passage: NDArray[np.int64]
) -> tuple[Numbers, Callable[[Numbers], Numbers]]:
    """Of each passage how many of each class there are and are right, [p 2c]."""
    classes = np.unique(truth)
    kinds = [truth == one for one in classes]
    counted = [*kinds, *(kind & (answers == truth) for kind in kinds)]
    tallies = np.stack([_by_passage(each.astype(float), passage) for each in counted], axis=1)

    def balanced(sums: Numbers) -> Numbers:
        all_of, right = np.split(sums, 2, axis=1)
        shares = np.where(all_of > 0, right / np.maximum(all_of, 1), np.nan)
        mean: Numbers = np.nanmean(shares, axis=1)
        return mean

    return tallies, balanced


def _variance_tallies(
    answers: Numbers, truth: Numbers, passage: NDArray[np.int64]
) -> tuple[Numbers, Callable[[Numbers], Numbers]]:
    """Of each passage how many numbers, their sum and squares, and the squared errors, [p 4]."""
    counted = (np.ones_like(truth), truth, truth**2, (truth - answers) ** 2)
    tallies = np.stack([_by_passage(each, passage) for each in counted], axis=1)

    def explained(sums: Numbers) -> Numbers:
        count, total, squares, errors = sums.T
        spread = squares - total**2 / count
        share: Numbers = 1 - errors / np.where(spread > 0, spread, np.nan)
        return share

    return tallies, explained


def _by_passage(values: Numbers, passage: NDArray[np.int64]) -> Numbers:
    """Their sum in each passage that there is."""
    places = np.unique(passage, return_inverse=True)[1]
    sums: Numbers = np.bincount(places, weights=values).astype(np.float64)
    return sums


def _even(y: Numbers, classes: Numbers) -> Numbers:
    """A weight for each example [n]: 1 together, and the same for each class."""
    weights = np.empty(len(y))
    for one in classes:
        weights[y == one] = 1 / (len(classes) * (y == one).sum())
    return weights
