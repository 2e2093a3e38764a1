"""Answers about models that nobody has trained yet."""

from __future__ import annotations

import torch

from core.answers.registry import answers_without_run
from core.inspection.gradients import gradient_norms
from core.questions import GradientNorms, GradientNormsAnswer


@answers_without_run(GradientNorms)
def norms(question: GradientNorms) -> GradientNormsAnswer:
    # All answers are given without gradients; this one is about them.
    with torch.inference_mode(False), torch.enable_grad():
        return GradientNormsAnswer(
            gradient_norms(question.model, question.vocabulary, question.seed)
        )
