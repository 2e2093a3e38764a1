"""What a benchmark reports."""

from typing import TypedDict


class Row(TypedDict):
    """One comparison. ``ours`` and ``peer`` are in ``unit``; ``ratio`` > 1 means we are ahead."""

    name: str
    ours: float
    peer: float
    ratio: float
    unit: str
