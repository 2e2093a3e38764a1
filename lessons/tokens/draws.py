"""The numbers of this lesson's exercises, drawn for each learner, and the truth computed from them."""

from __future__ import annotations

from collections.abc import Mapping

from lessons.exercises import Draw
from lessons.tokens import counted_draws, merge_draws

DRAWS: Mapping[str, Draw] = {**merge_draws.DRAWS, **counted_draws.DRAWS}
