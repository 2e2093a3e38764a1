"""A share that was counted, and between which values the true one lies."""

from __future__ import annotations

import math

NORMAL_95 = 1.959964
"""So many standard deviations to both sides hold 95 of 100 draws of a normal variable."""


def wilson(right: int, asked: int, z: float = NORMAL_95) -> tuple[float, float]:
    """Lowest and highest true share by which ``right`` of ``asked`` is not unusual (Wilson 1927, "Probable
    inference, the law of succession, and statistical inference"):

        (p + z²/2n ± z √(p(1 - p)/n + z²/4n²)) / (1 + z²/n)

    Unlike p ± z √(p(1 - p)/n) it is an interval, within [0, 1], even where all or none are right.
    """
    if not 0 <= right <= asked or asked < 1:
        raise ValueError(f"{right} of {asked} is no share")
    p, bend = right / asked, z * z / asked
    middle = (p + bend / 2) / (1 + bend)
    half = z * math.sqrt(p * (1 - p) / asked + bend / (4 * asked)) / (1 + bend)
    # At its ends the interval is exact; sums of floating-point numbers miss it by a little.
    return (middle - half if right else 0.0), (middle + half if right < asked else 1.0)
