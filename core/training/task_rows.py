"""Problems with their answers, one a row: what a language model trains on where each line is a task."""

from __future__ import annotations

from itertools import takewhile
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional as F

from core.errors import LearnerError
from core.models.fused import cross_entropy
from core.models.generation import generate
from core.models.network import TextNetwork
from core.protocol import Tokens
from core.text.tasks.lines import lines
from core.text.tasks.task import ASK, END
from core.text.tokenizers import Tokenizer
from core.training.batches import offsets

_ROWS_AT_ONCE = 128
"""In a validation loss."""


class Answers(NamedTuple):
    """Whole lines [b t], each after a line break and filled up with more of them; the tokens that follow
    [b t]; and which of these belong to an answer, the line break that ends it included [b t]."""

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
        ids, answered = lines(tokens, tokenizer)
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
    """The same over the first lines: as many as have ``most`` tokens of answers, rounded up to a batch."""
    nats, count = 0.0, 0
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        batch = rows.rows(slice(start, start + _ROWS_AT_ONCE))
        logits = module.unembed(module.features(batch.inputs)[batch.answered])
        nats += F.cross_entropy(logits, batch.targets[batch.answered], reduction="sum").item()
        count += int(batch.answered.sum())
        if count >= most:
            break
    return nats / count


def solved(module: TextNetwork, probe: Tokens, tokenizer: Tokenizer) -> str:
    """The problem that the probe [t] begins with, and what the model answers, likeliest token by token."""
    problem = tokenizer.decode(probe).partition(ASK)[0]
    prompt = tokenizer.encode(f"{END}{problem}{ASK}")
    end = int(tokenizer.encode(END)[0])
    written = generate(module, prompt, len(probe), lambda logits: int(logits.argmax()))
    return problem + ASK + tokenizer.decode(list(takewhile(lambda token: token != end, written)))
