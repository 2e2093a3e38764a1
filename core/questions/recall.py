"""Whether a model that learned the market days can say what was needed long ago."""

from __future__ import annotations

from dataclasses import dataclass

from core.questions.asked import AskedOfRun
from core.worked.recurrent.recall import Recall

SEED = 10_000
"""Of the days that are asked about: other ones than in any run's text, but for the shortest."""


@dataclass(frozen=True)
class RecallByGap(AskedOfRun[Recall]):
    """How often does the model name the needed thing, by how many others were seen in between?

    A recurrent network carries its state through all of the day, an N-gram and a GPT read as far back as
    they can.
    """


@dataclass(frozen=True)
class RecallGuessesAnswer:
    """``text`` up to the decisive word, the ``thing`` that comes there, the probability of each thing, the
    likeliest first; and how many tokens back the thing was named."""

    text: str
    thing: str
    things: tuple[str, ...]
    shares: tuple[float, ...]
    distance: int


@dataclass(frozen=True)
class RecallGuesses(AskedOfRun[RecallGuessesAnswer]):
    """What does the model expect at the end of one market day with so many things seen?"""

    seen: int
    day: int = 0
