"""Which windows of the text a step trains on: a pure function of seed and step."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.errors import LearnerError
from core.protocol import Tokens


def offsets(seed: int, step: int, batch: int, positions: int) -> NDArray[np.int64]:
    """Where the ``batch`` windows of this step begin: uniform in [0, positions).

    A generator of its own for each step, so that resuming at a step equals never having stopped.
    """
    return np.random.default_rng((seed, step)).integers(0, positions, size=batch)


class TextWindows:
    """The training text cut into windows of ``context`` tokens and the tokens that follow them."""

    def __init__(
        self, tokens: Tokens, context: int, batch: int, seed: int, device: torch.device
    ) -> None:
        """LearnerError if the text [t] has no window of ``context`` + 1 tokens."""
        if len(tokens) <= context:
            raise LearnerError(
                "The text has only {tokens} tokens to train on, but a context of {context} needs "
                "at least {needed}: use a longer text or a shorter context.",
                tokens=len(tokens),
                context=context,
                needed=context + 1,
            )
        text = torch.from_numpy(np.ascontiguousarray(tokens, dtype=np.int64)).to(device)
        self._windows = text.unfold(0, context + 1, 1)
        self._batch = batch
        self._seed = seed

    def at(self, step: int) -> tuple[Tensor, Tensor]:
        """Inputs [b t] and targets [b t]: the targets are the inputs moved on by one token."""
        starts = offsets(self._seed, step, self._batch, len(self._windows))
        window = self._windows[torch.from_numpy(starts).to(self._windows.device)]
        return window[:, :-1], window[:, 1:]
