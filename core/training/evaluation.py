"""The validation loss of a model in training, and a sample of what it writes."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from core.errors import LearnerError
from core.models import decoding
from core.models.generation import generate
from core.models.metrics import cross_entropy
from core.models.ngram import NGramModel
from core.protocol import LanguageModel, Tokens
from core.text.material import VALIDATION_TOKENS
from core.text.tasks.lines import answered
from core.text.tokenizers import Tokenizer

MOST_PASSAGES = 48
"""At most so many held-out passages are read for the losses by position."""

SAMPLE_TOKENS = 32
SAMPLING = decoding.Sampling(temperature=0.8)

_TOKENS_AT_ONCE = 1024
"""Keeps the logits [b t v] small enough for the processor's cache."""


@torch.inference_mode()
def validation_loss(
    model: nn.Module, tokens: Tensor, context: int, most: int = VALIDATION_TOKENS
) -> float:
    """Mean nats per token over the held-out tokens [t] after the first, at most ``most``, read in
    consecutive windows of the model's context. The model is in evaluation mode."""
    text = tokens[: most + 1]
    predicted = len(text) - 1
    whole = predicted // context * context
    rows = max(1, _TOKENS_AT_ONCE // context) * context
    windows = [
        (text[start:end].view(-1, context), text[start + 1 : end + 1].view(-1, context))
        for start in range(0, whole, rows)
        for end in [min(start + rows, whole)]
    ]
    if whole < predicted:
        windows.append((text[None, whole:-1], text[None, whole + 1 :]))
    nats = 0.0
    for inputs, targets in windows:
        logits = model(inputs).flatten(0, 1)
        nats += F.cross_entropy(logits, targets.flatten(), reduction="sum").item()
    return nats / predicted


def loss_by_position(
    model: LanguageModel, tokens: Tokens, length: int
) -> tuple[NDArray[np.float64], int]:
    """Mean nats of each token of a passage after its first, [t] with t = ``length``, and over how
    many passages of the held-out tokens: at most MOST_PASSAGES, evenly spread.

    ``length`` is at most the model's context. Raises LearnerError if the tokens are fewer than one
    passage.
    """
    last = len(tokens) - length - 1
    if last < 0:
        raise LearnerError(
            "The held-out text has only {tokens} tokens: too few for passages of {length}.",
            tokens=len(tokens),
            length=length,
        )
    starts = np.unique(np.linspace(0, last, MOST_PASSAGES).astype(np.int64))
    logp = [model.token_log_probabilities(tokens[s : s + length + 1]) for s in starts]
    losses: NDArray[np.float64] = -np.mean(logp, axis=0)
    return losses, len(starts)


def ngram_loss(model: NGramModel, tokens: Tokens) -> float:
    """Mean nats per token over the same tokens as for a network, each with its whole past."""
    return cross_entropy(model, tokens[: VALIDATION_TOKENS + 1])


def ngram_answer_loss(model: NGramModel, tokens: Tokens, tokenizer: Tokenizer) -> float:
    """Of a text of tasks: mean nats per token of the answers, among the same tokens."""
    text = tokens[: VALIDATION_TOKENS + 1]
    logp = model.token_log_probabilities(text)
    return -float(logp[answered(text, tokenizer)[1:]].mean())


def sample(model: nn.Module, prompt: Tokens, seed: int) -> list[int]:
    """The prompt [t] and SAMPLE_TOKENS that the model puts after it, drawn by seed. The model is
    in evaluation mode."""
    chance = np.random.default_rng(seed)

    def pick(logits: NDArray[np.float64]) -> int:
        return decoding.draw(logits, SAMPLING, chance).token

    return [*map(int, prompt), *generate(model, prompt, SAMPLE_TOKENS, pick)]


def ngram_sample(model: NGramModel, prompt: Tokens, seed: int) -> list[int]:
    """The prompt [t] and SAMPLE_TOKENS that the n-gram puts after it, drawn by seed."""
    written = decoding.generate(model, prompt, SAMPLE_TOKENS, SAMPLING, seed)
    return [*map(int, prompt), *(one.token for one in written)]
