"""Which windows of the text a step trains on: a pure function of seed and step."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.errors import LearnerError
from core.protocol import Tokens
from core.text.pieces import UNKNOWN_ID


def offsets(seed: int, step: int, batch: int, positions: int) -> NDArray[np.int64]:
    """Where the ``batch`` windows of this step begin: uniform in [0, positions).

    A generator of its own for each step, so that resuming at a step equals never having stopped.
    """
    return np.random.default_rng((seed, step)).integers(0, positions, size=batch)


def hidden(seed: int, step: int, shape: tuple[int, int], share: float) -> NDArray[np.bool_]:
    """Which of the tokens [b t] that this step reads are hidden from the model: each with probability
    ``share``, by a generator of its own, so that the windows are the same with and without."""
    return np.random.default_rng((seed, step, 1)).random(shape) < share


class TextWindows:
    """The training text cut into windows of ``context`` tokens and the tokens that follow them.

    From step ``unknown_from`` on the share ``unknown`` of the inputs, though not of the targets, is read
    as the unknown token.
    """

    def __init__(
        self,
        tokens: Tokens,
        context: int,
        batch: int,
        seed: int,
        device: torch.device,
        *,
        unknown: float = 0.0,
        unknown_from: int = 0,
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
        self._unknown, self._unknown_from = unknown, unknown_from

    def at(self, step: int) -> tuple[Tensor, Tensor]:
        """Inputs [b t] and targets [b t]: the targets are the inputs moved on by one token."""
        starts = offsets(self._seed, step, self._batch, len(self._windows))
        window = self._windows[torch.from_numpy(starts).to(self._windows.device)]
        inputs, targets = window[:, :-1], window[:, 1:]
        if self._unknown and step >= self._unknown_from:
            lost = hidden(self._seed, step, (inputs.shape[0], inputs.shape[1]), self._unknown)
            inputs = inputs.masked_fill(torch.from_numpy(lost).to(inputs.device), UNKNOWN_ID)
        return inputs, targets
