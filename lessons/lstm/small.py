"""Three recurrent layers of two units whose weights were chosen by hand, and the four tokens that they read.

A token is two numbers: (1, 0) is the thing to remember, (0, 1) the end of the story, (0, 0) any other word.
Unit 0 is to notice the thing, hold it and drop it at the end; unit 1 of the LSTM counts tokens.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from core.spec.families.recurrent import Cell
from core.worked.recurrent.cell import CellWeights

TOKENS = np.array([[1.0, 0.0], [0.0, 0.0], [0.0, 0.0], [0.0, 1.0]])
"""x [t d]"""

SMALL: Mapping[Cell, CellWeights] = {
    "rnn": CellWeights(
        w=np.array([[2.0, -3.0], [0.5, 0.5]]),
        u=np.array([[1.5, 0.0], [0.0, 1.0]]),
        b_w=np.array([0.0, 0.2]),
    ),
    "lstm": CellWeights(
        w=np.array([[0, -8], [0, 0], [6, 0], [0, 0], [0, 0], [0, 0], [2, 0], [0, 0.0]]),
        u=np.array([[1, 0], [0, 0], [-2, 0], [0, 0], [0, 0], [0.5, 0], [0, 0], [0, 0.0]]),
        b_w=np.array([4.0, 5.0, -3.0, 3.0, 2.0, 0.0, 0.0, 0.5]),
    ),
    "gru": CellWeights(
        w=np.array([[0, 0], [0, 0], [-6, -6], [0, 0], [3, 0], [0.5, -0.5]]),
        u=np.array([[0, 0], [0, 0], [1, 0], [0, 0], [0, 0], [0.5, 0.5]]),
        b_w=np.array([2.0, 1.0, 3.0, 0.5, 0.0, 0.2]),
    ),
}
"""As ``core.worked.recurrent.cell`` stacks them, with one bias for each sum."""
