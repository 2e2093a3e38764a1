"""From logits to probabilities, to a loss, to its slopes; each number by hand."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.errors import LearnerError
from core.worked.arithmetic import ArithmeticLine, add, arithmetic_line

FEWEST, MOST = 2, 8
"""Logits that fit on paper."""
LARGEST = 10.0
"""A logit beyond this makes a probability that no paper shows."""
DECIMALS = 3


def softmax(logits: ArrayLike) -> NDArray[np.float64]:
    """Logits [… v] → probabilities [… v]: e to the power of each, divided by the sum of all these.

    The largest is taken from all first: the shares stay the same, and no power is too large.
    """
    z = np.asarray(logits, dtype=np.float64)
    powers = np.exp(z - z.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def loss_of(logits: ArrayLike, truth: int) -> float:
    """Cross-entropy in nats at one place: −ln of the probability of the token ``truth`` that came."""
    z = np.asarray(logits, dtype=np.float64)
    most = float(z.max())
    return most + math.log(float(np.exp(z - most).sum())) - float(z[truth])


def slopes(logits: ArrayLike, truth: int) -> NDArray[np.float64]:
    """The slope of the loss at each logit [v]: probability minus truth, which is 1 for the token that came
    and 0 for all others (Bridle 1990)."""
    found = softmax(logits)
    found[truth] -= 1
    return found


def numerical_slope(
    function: Callable[[NDArray[np.float64]], float], weights: ArrayLike, place: int, h: float
) -> float:
    """(L(w + h) − L(w − h)) / 2h at one of the ``weights`` [n]: the slope, without any derivative."""
    at = np.asarray(weights, dtype=np.float64)
    nudge = np.zeros_like(at)
    nudge[place] = h
    return (function(at + nudge) - function(at - nudge)) / (2 * h)


def check_logits(values: Sequence[float]) -> None:
    """LearnerError if these are no logits that fit on paper."""
    if len(values) < FEWEST:
        raise LearnerError("Type at least two logits, such as 2, 1, 0, -1.")
    if len(values) > MOST:
        raise LearnerError(
            "At most {most} logits fit on paper: leave some of the {count} out.",
            most=MOST,
            count=len(values),
        )
    for value in values:
        if not abs(value) <= LARGEST:
            raise LearnerError(
                "{value} is too far from 0 for paper: keep logits between −{most} and {most}.",
                value=f"{value:g}",
                most=f"{LARGEST:g}",
            )


def softmax_lines(logits: Sequence[float], place: int) -> list[ArithmeticLine]:
    """The probability at ``place`` in three lines: its power of e, the sum of all powers, its share."""
    powers = [math.exp(z) for z in logits]
    total = math.fsum(powers)
    power = arithmetic_line(
        [logits[place]],
        lambda shown: f"e^{{{shown[0]}}}",
        lambda numbers: math.exp(numbers[0]),
        powers[place],
        DECIMALS,
    )
    share = arithmetic_line(
        [powers[place], total],
        lambda shown: rf"\frac{{{shown[0]}}}{{{shown[1]}}}",
        lambda numbers: numbers[0] / numbers[1],
        powers[place] / total,
        DECIMALS,
    )
    return [power, add(powers, total, DECIMALS), share]


def slope_lines(
    logits: Sequence[float], truth: int, place: int, h: float, rate: float
) -> list[ArithmeticLine]:
    """At the logit ``place``: its slope as probability minus truth; the same by nudging it up and down by
    ``h``; and where a step of size ``rate`` takes it."""
    probability = float(softmax(logits)[place])
    came = 1.0 if place == truth else 0.0
    slope = probability - came
    analytic = arithmetic_line(
        [probability, came],
        lambda shown: f"{shown[0]} - {shown[1]}",
        lambda numbers: numbers[0] - numbers[1],
        slope,
        DECIMALS,
    )
    up, down = (_nudged_loss(logits, truth, place, by) for by in (h, -h))
    measured = (up - down) / (2 * h)
    nudged = arithmetic_line(
        [up, down, 2 * h],
        lambda shown: rf"\frac{{{shown[0]} - {shown[1]}}}{{{shown[2]}}}",
        lambda numbers: (numbers[0] - numbers[1]) / numbers[2],
        measured,
        5,
    )
    after = logits[place] - rate * slope
    step = arithmetic_line(
        [logits[place], rate, slope],
        lambda shown: rf"{shown[0]} - {shown[1]} \cdot {_in_brackets(shown[2])}",
        lambda numbers: numbers[0] - numbers[1] * numbers[2],
        after,
        DECIMALS,
    )
    return [analytic, nudged, step]


def _nudged_loss(logits: Sequence[float], truth: int, place: int, by: float) -> float:
    moved = np.array(logits, dtype=np.float64)
    moved[place] += by
    return loss_of(moved, truth)


def _in_brackets(text: str) -> str:
    return f"({text})" if text.startswith("-") else text
