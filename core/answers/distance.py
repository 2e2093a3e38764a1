"""Answers about gradients that travel back through a recurrent network."""

from __future__ import annotations

import numpy as np
import torch

from core.answers.loaded import Loaded
from core.answers.registry import answers
from core.errors import LearnerError
from core.inspection.distance import (
    gradients_by_distance,
    step_with_and_without_clipping,
    untrained,
    with_recurrence_times,
)
from core.protocol import Tokens
from core.questions.distance import (
    FARTHEST,
    PLACES,
    ClippedStep,
    ClippedStepAnswer,
    GradientByDistance,
    GradientByDistanceAnswer,
)
from core.text.corpora import load_corpus, split

MOST_TIMES = 20.0
_BATCH = 16


@answers(GradientByDistance)
def gradient_by_distance(loaded: Loaded, question: GradientByDistance) -> GradientByDistanceAnswer:
    network = loaded.recurrent()
    _check(question.times)
    bias = question.forget_bias
    if bias is not None and (network.spec.cell != "lstm" or not -10 <= bias <= 10):
        raise LearnerError("Only an LSTM has a forget gate; its bias is from -10 to 10.")
    windows = _windows(loaded, FARTHEST + 1, PLACES)
    # All answers are given without gradients; this one is about them.
    with torch.inference_mode(False), torch.enable_grad():
        trained = with_recurrence_times(network, question.times)
        begun = untrained(network, loaded.spec.seed, question.forget_bias)
        fresh = with_recurrence_times(begun, question.times)
        return GradientByDistanceAnswer(
            gradients_by_distance(trained, windows),
            gradients_by_distance(fresh, windows),
            len(windows),
        )


@answers(ClippedStep)
def clipped_step(loaded: Loaded, question: ClippedStep) -> ClippedStepAnswer:
    network = loaded.recurrent()
    _check(question.times)
    if not (0 < question.learning_rate <= 100 and 0 < question.clip <= 1000):
        raise LearnerError(
            "Choose a learning rate above 0, at most 100, and a limit above 0, at most 1000."
        )
    windows = _windows(loaded, loaded.spec.model.longest_window(), _BATCH)
    with torch.inference_mode(False), torch.enable_grad():
        step = step_with_and_without_clipping(
            with_recurrence_times(network, question.times),
            windows,
            question.learning_rate,
            question.clip,
        )
    return ClippedStepAnswer(
        step.norm,
        step.before,
        step.after,
        step.after_clipped,
        question.clip,
        question.learning_rate,
    )


def _check(times: float) -> None:
    if not 0 <= times <= MOST_TIMES:
        raise LearnerError("Multiply U by something from 0 to {most}.", most=f"{MOST_TIMES:g}")


def _windows(loaded: Loaded, length: int, most: int) -> Tokens:
    """Windows [p length+1] of held-out text, evenly spread."""
    if loaded.spec.corpus.name == "own":
        raise LearnerError("This is measured on the course's own texts only.")
    held_out = loaded.tokenizer.encode(split(load_corpus(loaded.spec.corpus).text)[1])
    last = len(held_out) - length - 1
    if last < 0:
        raise LearnerError(
            "The held-out text has only {tokens} tokens: too few for passages of {length}.",
            tokens=len(held_out),
            length=length,
        )
    starts = np.unique(np.linspace(0, last, most).astype(int))
    windows: Tokens = np.stack([held_out[start : start + length + 1] for start in starts])
    return windows
