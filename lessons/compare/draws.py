"""What the exercises of this lesson draw their numbers from, by their ids."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from lessons.compare.task_draws import TASK_DRAWS
from lessons.exercises import Drawn

DRAWS: Mapping[str, Callable[[np.random.Generator], Drawn]] = {**TASK_DRAWS}
