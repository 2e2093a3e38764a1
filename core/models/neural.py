"""A network behind the language that all models speak."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from core.models.network import START, TextNetwork
from core.protocol import LogProbabilities, Tokens

_TOKENS_AT_ONCE = 4096
"""Keeps a batch, and its logits, small enough for the processor's cache and a small server."""


class NeuralLanguageModel:
    """A network as a LanguageModel: NumPy in, float64 log-probabilities out.

    It reads at most the last ``context`` tokens. For an empty context it reads the one token START,
    id 0, since a network cannot answer without having read anything.
    """

    def __init__(self, module: TextNetwork) -> None:
        self.module = module

    @property
    def vocabulary_size(self) -> int:
        return self.module.vocabulary_size

    @property
    def context(self) -> int:
        return self.module.context

    def next_log_probabilities(self, contexts: Sequence[Tokens]) -> LogProbabilities:
        """Next-token log-probabilities [b v] for b contexts of any lengths, empty ones included.

        Shorter contexts are filled up at the end: what stands there does not change what was
        reckoned before, unless the model looks ahead, and then only equal lengths go together.
        """
        out = np.empty((len(contexts), self.vocabulary_size))
        read = [np.asarray(c, dtype=np.int64)[-self.context :] for c in contexts]
        read = [c if len(c) else np.array([START], dtype=np.int64) for c in read]
        with evaluating(self.module):
            for rows in _batches([len(c) for c in read], equal=self.module.looks_ahead):
                lengths = np.array([len(read[row]) for row in rows])
                batch = np.full((len(rows), int(lengths.max())), START, dtype=np.int64)
                for i, row in enumerate(rows):
                    batch[i, : lengths[i]] = read[row]
                features = self.module.features(self._tensor(batch))
                ends = torch.from_numpy(lengths - 1).to(features.device)
                last = features[torch.arange(len(rows), device=features.device), ends]
                out[rows] = _log_softmax(self.module.unembed(last))
        return out

    def token_log_probabilities(self, tokens: Tokens) -> LogProbabilities:
        """Log-probability [t-1] of each token after the first.

        The text is read in consecutive windows of ``context`` tokens. The token after a window is
        the last that is predicted from it and the first that the next window reads, so that each
        token is predicted once, from between 1 and ``context`` tokens before it. A model without a
        causal mask would find the answers in the window: it is given each beginning by itself.
        """
        text = np.asarray(tokens, dtype=np.int64)
        inputs, targets = text[:-1], text[1:]
        if self.module.looks_ahead:
            starts = np.arange(len(inputs)) // self.context * self.context
            past = [inputs[start : end + 1] for end, start in enumerate(starts)]
            logp = self.next_log_probabilities(past)
            return np.take_along_axis(logp, targets[:, None], axis=1)[:, 0]
        out = np.empty(len(targets))
        whole = len(targets) // self.context * self.context
        rows_at_once = max(1, _TOKENS_AT_ONCE // self.context)
        step = rows_at_once * self.context
        pieces = [(start, min(start + step, whole)) for start in range(0, whole, step)]
        if whole < len(targets):
            pieces.append((whole, len(targets)))
        with evaluating(self.module):
            for start, end in pieces:
                width = min(self.context, end - start)
                windows = inputs[start:end].reshape(-1, width)
                logp = _log_softmax(self.module(self._tensor(windows)).flatten(0, 1))
                out[start:end] = np.take_along_axis(logp, targets[start:end, None], axis=1)[:, 0]
        return out

    def _tensor(self, tokens: NDArray[np.int64]) -> Tensor:
        return torch.from_numpy(tokens).to(next(self.module.parameters()).device)


@contextmanager
def evaluating(module: nn.Module) -> Iterator[None]:
    """Within the block: without dropout and without gradients; afterwards as before."""
    training = module.training
    module.eval()
    try:
        with torch.inference_mode():
            yield
    finally:
        module.train(training)


def _batches(lengths: Sequence[int], equal: bool = False) -> Iterator[list[int]]:
    """The rows in batches of like, or ``equal``, lengths, each at most _TOKENS_AT_ONCE tokens when
    filled up."""
    batch: list[int] = []
    for row in sorted(range(len(lengths)), key=lengths.__getitem__):
        full = (len(batch) + 1) * lengths[row] > _TOKENS_AT_ONCE
        if batch and (full or (equal and lengths[row] != lengths[batch[0]])):
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def _log_softmax(logits: Tensor) -> LogProbabilities:
    """In float64, so that probabilities sum to one as closely as NumPy can tell."""
    logp: LogProbabilities = logits.double().log_softmax(dim=-1).cpu().numpy()
    return logp
