"""A trained RNN, LSTM or GRU in NumPy, and how far back its memory reaches. No torch, so no waiting in line.

The reach is measured: one token is replaced, and the prediction after the last token is compared by
total variation, ½ Σ |p − q|, the share of probability that must move from one to the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file

from core.errors import LearnerError
from core.protocol import Tokens

DISTANCES = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48)
PLACES = 64
"""Places in the held-out text that the mean runs over."""


@dataclass(frozen=True)
class Reach:
    """Mean movement of the prediction when the token this far back is replaced."""

    distances: tuple[int, ...]
    moved: tuple[float, ...]
    places: int

    def faded(self, share: float) -> int | None:
        """The first distance from which on the movement stays below this share of the first one."""
        below = [value < share * self.moved[0] for value in self.moved]
        for i, distance in enumerate(self.distances):
            if all(below[i:]):
                return distance
        return None


class Recurrence:
    """Weights as torch names them (see ``RecurrentLanguageModel``), in float32."""

    def __init__(self, path: Path, cell: str, layers: int) -> None:
        self._w = load_file(path)
        self._cell, self._layers = cell, layers

    def next_probabilities(self, tokens: Tokens) -> NDArray[np.float64]:
        """What comes after each row of tokens [b t] → probabilities [b v]."""
        x = self._w["tokens.weight"][tokens]
        for layer in range(self._layers):
            x = self._layer(x, layer)
        logits = (x[:, -1] @ self._w["head.weight"].T + self._w["head.bias"]).astype(np.float64)
        scores = np.exp(logits - logits.max(axis=-1, keepdims=True))
        shares: NDArray[np.float64] = scores / scores.sum(axis=-1, keepdims=True)
        return shares

    def _layer(self, x: NDArray[np.float32], layer: int) -> NDArray[np.float32]:
        """Hidden states [b t d] of one layer; gates stand in torch's order i, f, g, o, and r, z, n."""
        w, u, b_w, b_u = (
            self._w[f"cell.{name}_l{layer}"]
            for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
        )
        words = x @ w.T + b_w
        h = np.zeros((len(x), u.shape[1]), dtype=np.float32)
        c = np.zeros_like(h)
        states = []
        for t in range(x.shape[1]):
            recalled = h @ u.T + b_u
            if self._cell == "rnn":
                h = np.tanh(words[:, t] + recalled)
            elif self._cell == "gru":
                (r, z, n), (r_h, z_h, n_h) = (
                    np.split(part, 3, axis=-1) for part in (words[:, t], recalled)
                )
                update = _sigmoid(z + z_h)
                h = (1 - update) * np.tanh(n + _sigmoid(r + r_h) * n_h) + update * h
            else:
                i, f, g, o = np.split(words[:, t] + recalled, 4, axis=-1)
                c = _sigmoid(f) * c + _sigmoid(i) * np.tanh(g)
                h = _sigmoid(o) * np.tanh(c)
            states.append(h)
        return np.stack(states, axis=1)


def average_reach(model: Recurrence, held_out: Tokens, seed: int = 0) -> Reach:
    """The mean reach over evenly spread places of a text [t]. The same seed draws the same tokens."""
    length = min(DISTANCES[-1] + 1, len(held_out) // 2)
    if length < 4:
        raise LearnerError("The text kept for testing is too short to measure the memory's reach.")
    starts = np.unique(np.linspace(0, len(held_out) - length, PLACES).astype(int))
    windows = np.stack([held_out[start : start + length] for start in starts])
    rng = np.random.default_rng(seed)
    distances = tuple(k for k in DISTANCES if k <= length)
    before = model.next_probabilities(windows)
    moved = []
    for k in distances:
        changed = windows.copy()
        changed[:, -k] = _others(windows[:, -k], held_out, rng)
        moved.append(float(total_variation(before, model.next_probabilities(changed)).mean()))
    return Reach(distances, tuple(moved), len(starts))


def sentence_reach(
    model: Recurrence, tokens: Tokens, held_out: Tokens, draws: int = 16, seed: int = 0
) -> NDArray[np.float64]:
    """For each token [t]: the mean movement [t] of the prediction after the last one, over so many
    other tokens in its place."""
    rng = np.random.default_rng(seed)
    before = model.next_probabilities(tokens[None])
    moved = []
    for place in range(len(tokens)):
        changed = np.repeat(tokens[None], draws, axis=0)
        changed[:, place] = _others(changed[:, place], held_out, rng)
        moved.append(float(total_variation(before, model.next_probabilities(changed)).mean()))
    return np.array(moved)


def total_variation(p: NDArray[np.float64], q: NDArray[np.float64]) -> NDArray[np.float64]:
    """½ Σ |p − q| over the last axis: 0 for equal distributions, 1 for disjoint ones."""
    distance: NDArray[np.float64] = 0.5 * np.abs(p - q).sum(axis=-1)
    return distance


def _others(tokens: Tokens, pool: Tokens, rng: np.random.Generator) -> Tokens:
    """For each token another one, drawn from the text as often as it stands there."""
    drawn = np.empty_like(tokens)
    for i, token in enumerate(tokens):
        choices = pool[pool != token]
        drawn[i] = rng.choice(choices) if len(choices) else token
    return drawn


def _sigmoid(x: NDArray[np.float32]) -> NDArray[np.float32]:
    """σ(x) without overflow: ½ (1 + tanh(x / 2))."""
    y: NDArray[np.float32] = 0.5 * (1 + np.tanh(0.5 * x))
    return y
