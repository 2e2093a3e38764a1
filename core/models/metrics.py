"""How good a model is: cross-entropy and its relatives, accuracy, precision, recall, F1."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import LearnerError
from core.protocol import LanguageModel, Tokens


@dataclass(frozen=True)
class ClassScores:
    """For each of c classes, [c]: precision, recall, their harmonic mean F1, and ``support``, how
    many items truly are of the class. A share of nothing is 0."""

    precision: NDArray[np.float64]
    recall: NDArray[np.float64]
    f1: NDArray[np.float64]
    support: NDArray[np.int64]

    @property
    def macro_f1(self) -> float:
        """The mean of the classes' F1, each class counting the same."""
        return float(self.f1.mean())


def cross_entropy(model: LanguageModel, tokens: Tokens) -> float:
    """Mean of -ln p, nats per token, over every token of ``tokens`` [t] after the first, each given
    as much of what stands before it as the model can use. Infinite if a token was impossible.

    Raises LearnerError if there are fewer than two tokens.
    """
    if len(tokens) < 2:
        raise LearnerError("The text is too short to measure: give at least two tokens.")
    return 0.0 - float(model.token_log_probabilities(tokens).mean())


def perplexity(loss: float) -> float:
    """e to the cross-entropy in nats: the number of equally likely tokens that would be as hard."""
    try:
        return math.exp(loss)
    except OverflowError:
        return math.inf


def bits_per_character(loss: float, tokens: int, characters: int) -> float:
    """Cross-entropy in nats per token, spread over the characters that ``tokens`` tokens spell.

    Unlike nats per token it compares models with different tokenizers.
    """
    return loss * tokens / (characters * math.log(2))


def uniform_loss(vocabulary_size: int) -> float:
    """ln V, the cross-entropy in nats of giving every token the same probability."""
    return math.log(vocabulary_size)


def accuracy(scores: NDArray[np.floating], labels: NDArray[np.integer]) -> float:
    """Share of items whose highest score (the first of equal ones) is their label.

    ``scores`` [... c] are logits or probabilities, ``labels`` [...] are class numbers.
    """
    if scores.shape[:-1] != labels.shape or not labels.size:
        raise ValueError(f"labels {labels.shape} do not fit scores {scores.shape}")
    return float((scores.argmax(axis=-1) == labels).mean())


def precision_recall_f1(
    predicted: NDArray[np.integer], actual: NDArray[np.integer], classes: int
) -> ClassScores:
    """Scores of each class from predicted and actual class numbers, both [n]."""
    if predicted.shape != actual.shape:
        raise ValueError(f"predictions {predicted.shape} do not fit labels {actual.shape}")
    right = np.bincount(actual[predicted == actual], minlength=classes)
    guesses = np.bincount(predicted, minlength=classes)
    support = np.bincount(actual, minlength=classes)
    if len(guesses) > classes or len(support) > classes:
        raise ValueError(f"a class number is not below {classes}")
    f1 = _ratio(2 * right, guesses + support)
    return ClassScores(_ratio(right, guesses), _ratio(right, support), f1, support)


def confusion(
    predicted: NDArray[np.integer], actual: NDArray[np.integer], classes: int
) -> NDArray[np.int64]:
    """How many items of each actual class (row) were taken for each class (column), [c c]."""
    if predicted.shape != actual.shape:
        raise ValueError(f"predictions {predicted.shape} do not fit labels {actual.shape}")
    table = np.zeros((classes, classes), dtype=np.int64)
    np.add.at(table, (actual, predicted), 1)
    return table


def _ratio(part: NDArray[np.int64], whole: NDArray[np.int64]) -> NDArray[np.float64]:
    return np.where(whole > 0, part / np.maximum(whole, 1), 0.0)
