"""Writing token by token, with what was already reckoned kept: keys and values, or a state."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from core.models.attention import KeysAndValues
from core.models.recurrent import RecurrentLanguageModel, State
from core.models.transformer import GPT
from core.protocol import Tokens

START = 0
"""What a network reads where there is no token yet: it must be given something."""

Draw = Callable[[NDArray[np.float64]], int]
"""Chooses the next token from the logits [v]."""


def generate(model: nn.Module, tokens: Tokens, count: int, draw: Draw) -> Iterator[int]:
    """``count`` tokens that the model puts after ``tokens`` [t], as ``draw`` chooses them.

    A GPT reads its last ``context`` tokens: until they fill the context, their keys and values are
    kept; after that each step moves every token to another position, so the window is read anew, as
    it is from the first step on if the model has no causal mask. A
    recurrent model carries its state on from the first token, however long the text. Without tokens
    it begins with START, which is not part of what is generated. The model must be in evaluation
    mode. Raises TypeError for a model of another kind.
    """
    if isinstance(model, GPT):
        reader: _GPTReader | _RecurrentReader = _GPTReader(model)
    elif isinstance(model, RecurrentLanguageModel):
        reader = _RecurrentReader(model)
    else:
        raise TypeError(f"{type(model).__name__} does not generate")
    new = [int(token) for token in tokens] or [START]
    for _ in range(count):
        chosen = int(draw(reader.read(new)))
        yield chosen
        new = [chosen]


class _GPTReader:
    def __init__(self, model: GPT) -> None:
        self._model = model
        self._window: list[int] = []
        self._cache = self._new_cache()

    @torch.inference_mode()
    def read(self, new: list[int]) -> NDArray[np.float64]:
        """Logits [v] after the tokens so far and these."""
        model = self._model
        self._window += new
        if len(self._window) > model.context:
            self._window = new = self._window[-model.context :]
            self._cache = self._new_cache()
        unread = self._window if self._cache is None else new
        features = model.features(_row(unread, model), self._cache)
        return _float64(model.unembed(features[0, -1]))

    def _new_cache(self) -> list[KeysAndValues] | None:
        return self._model.new_cache() if self._model.spec.causal else None


class _RecurrentReader:
    def __init__(self, model: RecurrentLanguageModel) -> None:
        self._model = model
        self._state: State | None = None

    @torch.inference_mode()
    def read(self, new: list[int]) -> NDArray[np.float64]:
        """Logits [v] after the tokens so far and these."""
        features, self._state = self._model.carry(_row(new, self._model), self._state)
        return _float64(self._model.unembed(features[0, -1]))


def _row(tokens: list[int], model: nn.Module) -> Tensor:
    """Token ids [1 t] where the model is."""
    return torch.tensor([tokens], device=next(model.parameters()).device)


def _float64(logits: Tensor) -> NDArray[np.float64]:
    array: NDArray[np.float64] = logits.double().cpu().numpy()
    return array
