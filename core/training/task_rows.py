"""Problems with their answers, one a row: what a language model trains on where each line is a task."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from core.errors import LearnerError
from core.models.fused import cross_entropy
from core.models.network import TextNetwork
from core.protocol import Tokens
from core.text.tasks.task import ASK, END
from core.text.tokenizers import Tokenizer
from core.training.batches import offsets

_ROWS_AT_ONCE = 128
"""In a validation loss."""


class Answers(NamedTuple):
    """Whole lines [b t], each after an END and filled up with more of them; the tokens that follow [b t];
    and which of these belong to an answer, its END included [b t]."""

    inputs: Tensor
    targets: Tensor
    answered: Tensor


class TaskRows:
    """The lines of a text of tasks; which of them a step reads is a function of seed and step.

    Each line is read alone, from the first position on, so positions beyond the longest line are never
    trained. Only the answers are learned: the problems are drawn by lot, and nobody can predict them.
    """

    def __init__(
        self,
        tokens: Tokens,
        tokenizer: Tokenizer,
        window: int,
        batch: int,
        seed: int,
        device: torch.device,
    ) -> None:
        """LearnerError if a line of the text [t] is longer than the ``window``."""
        ask, end = (int(tokenizer.encode(sign)[0]) for sign in (ASK, END))
        ids, answered = _lines(tokens, ask, end)
        if ids.shape[1] - 1 > window:
            raise LearnerError(
                "A problem with its answer has up to {needed} tokens, and the model reads {window} at a "
                "time: give it a longer context.",
                needed=ids.shape[1] - 1,
                window=window,
            )
        self._ids = torch.from_numpy(ids).to(device)
        self._answered = torch.from_numpy(answered).to(device)
        self._batch, self._seed = batch, seed

    def __len__(self) -> int:
        return len(self._ids)

    def at(self, step: int) -> Answers:
        drawn = torch.from_numpy(offsets(self._seed, step, self._batch, len(self._ids)))
        return self.rows(drawn.to(self._ids.device))

    def rows(self, chosen: Tensor | slice) -> Answers:
        """Some of the lines [b], as wide as the longest of them all."""
        ids = self._ids[chosen]
        return Answers(ids[:, :-1], ids[:, 1:], self._answered[chosen][:, 1:])


def answer_loss(module: TextNetwork, rows: Answers) -> Tensor:
    """Mean nats per token of the answers."""
    features = module.features(rows.inputs)[rows.answered]
    return cross_entropy(module.unembed(features), rows.targets[rows.answered])


@torch.inference_mode()
def held_out_answer_loss(module: TextNetwork, rows: TaskRows, most: int) -> float:
    """The same over the first lines, with at most ``most`` tokens of answers, or a whole batch."""
    nats, count = 0.0, 0
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        batch = rows.rows(slice(start, start + _ROWS_AT_ONCE))
        logits = module.unembed(module.features(batch.inputs)[batch.answered])
        nats += F.cross_entropy(logits, batch.targets[batch.answered], reduction="sum").item()
        count += int(batch.answered.sum())
        if count >= most:
            break
    return nats / count


def _lines(tokens: Tokens, ask: int, end: int) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Each line of the text with an END before it, filled up with END [b t], and which of its tokens stand
    after the ASK, up to its own END [b t]."""
    ends = np.flatnonzero(tokens == end)
    starts = np.concatenate([[0], ends[:-1] + 1])
    whole = ends > starts  # without the blank line between the parts
    starts, lengths = starts[whole], (ends - starts)[whole] + 1
    place = np.arange(int(lengths.max()))
    inside = place < lengths[:, None]
    ids = np.where(inside, tokens[np.where(inside, starts[:, None] + place, 0)], end)
    after_ask = (np.cumsum(ids == ask, axis=1) > 0) & (ids != ask) & inside
    before = np.full((len(ids), 1), end, dtype=np.int64)
    nothing = np.zeros((len(ids), 1), dtype=np.bool_)
    return np.hstack([before, ids]), np.hstack([nothing, after_ask])
