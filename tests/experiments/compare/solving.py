"""A run that learns a task, trained in memory and asked as the worker asks it."""

from __future__ import annotations

import torch

from core.answers.loaded import Loaded
from core.answers.tasks import task_by_length
from core.models.neural import NeuralLanguageModel
from core.questions.tasks import PROBLEMS, LengthResult, TaskByLength
from core.spec.run import RunSpec
from core.training import training


def trained_solver(spec: RunSpec) -> tuple[Loaded, float]:
    """The run at its end, and what it took, in seconds."""
    recipe = spec.recipe.model_copy(update={"snapshots": 1})
    running = training.Training(spec.model_copy(update={"recipe": recipe}))
    (*_, last) = running.snapshots()
    model = running.model
    if not isinstance(model, torch.nn.Module):
        return Loaded(spec, running.tokenizer, None, model), last.seconds
    return Loaded(spec, running.tokenizer, model.eval(), NeuralLanguageModel(model)), last.seconds


def by_length(loaded: Loaded, problems: int = PROBLEMS) -> tuple[LengthResult, ...]:
    """How many problems of each length it solves."""
    with torch.inference_mode():
        return task_by_length(loaded, TaskByLength(loaded.spec.id, problems))
