"""Answers about the vectors that a trained model keeps in its tables."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.answers.loaded import Loaded
from core.answers.registry import answers
from core.errors import LearnerError
from core.questions import PositionVectors


@answers(PositionVectors)
def position_vectors(loaded: Loaded, question: PositionVectors) -> NDArray[np.float64]:
    gpt = loaded.gpt()
    if gpt.positions is None:
        raise LearnerError(
            "This model adds no positions to its tokens, so it has no table of them."
        )
    table = gpt.positions(0, gpt.context).detach()
    return np.asarray(table.double().numpy())
