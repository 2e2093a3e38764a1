"""What a token costs, and what follows for a text: arithmetic for people, in LaTeX."""

from __future__ import annotations

import math
from collections.abc import Sequence

from core.errors import LearnerError
from core.worked.arithmetic import ArithmeticLine, arithmetic_line

MOST_TOKENS = 12
LEAST = 1e-6
"""A smaller probability than this cannot be written out on paper; 0 can."""
DECIMALS = 3


def surprise(probability: float) -> float:
    """−ln p in nats: 0 for what was certain, infinite for what was held for impossible."""
    return math.inf if probability == 0 else 0.0 - math.log(probability)


def bits(nats: float) -> float:
    """The same surprise in bits: one bit halves the possibilities, and is ln 2 = 0.69 nats."""
    return nats / math.log(2)


def check_probabilities(values: Sequence[float]) -> None:
    """LearnerError if these are no probabilities of a short text's tokens."""
    if not values:
        raise LearnerError("Type the probability of each token, such as 1/2, 1/4, 0.1.")
    if len(values) > MOST_TOKENS:
        raise LearnerError(
            "At most {most} tokens fit on paper: leave some of the {count} out.",
            most=MOST_TOKENS,
            count=len(values),
        )
    for value in values:
        if not 0 <= value <= 1:
            raise LearnerError(
                "{value} is no probability: it has to lie between 0 and 1.", value=f"{value:g}"
            )
        if 0 < value < LEAST:
            raise LearnerError(
                "{value} is too small to be written out: give at least {least}, or 0.",
                value=f"{value:g}",
                least=f"{LEAST:f}",
            )


def mean_surprise(values: Sequence[float]) -> float:
    """The cross-entropy of a text in nats per token: the mean of its tokens' surprises."""
    return math.fsum(map(surprise, values)) / len(values)


def worked_lines(values: Sequence[float]) -> list[ArithmeticLine]:
    """Each token's surprise, their mean, and e to the power of that, the perplexity; true as printed."""
    each = [_surprise_line(value) for value in values]
    loss = mean_surprise(values)
    if math.isinf(loss):
        endless = ArithmeticLine(rf"(\dots + \infty) / {len(values)} = \infty", math.inf)
        return [*each, endless, ArithmeticLine(r"e^{\infty} = \infty", math.inf)]
    mean = arithmetic_line(
        [line.value for line in each],
        lambda shown: f"({' + '.join(shown)}) / {len(values)}",
        lambda terms: math.fsum(terms) / len(values),
        loss,
        DECIMALS,
    )
    power = arithmetic_line(
        [loss],
        lambda shown: f"e^{{{shown[0]}}}",
        lambda exponents: math.exp(exponents[0]),
        math.exp(loss),
        DECIMALS,
    )
    return [*each, mean, power]


def _surprise_line(value: float) -> ArithmeticLine:
    if value == 0:
        return ArithmeticLine(r"-\ln 0 = \infty", math.inf)
    return arithmetic_line(
        [value],
        lambda shown: rf"-\ln {shown[0]}",
        lambda numbers: -math.log(numbers[0]) if numbers[0] > 0 else math.nan,
        surprise(value),
        DECIMALS,
    )
