"""What all networks share that learn to predict each next token of a text."""

from __future__ import annotations

from typing import TypeVar

import torch
from torch import Tensor

from core.models.fused import cross_entropy
from core.models.network import TextNetwork
from core.models.neural import NeuralLanguageModel
from core.protocol import LanguageModel
from core.spec.run import RunSpec
from core.text.material import VALIDATION_TOKENS, Material
from core.text.probe import PROMPT_TOKENS
from core.training.batches import TextWindows
from core.training.evaluation import sample, validation_loss
from core.training.network_family import NetworkFamily, S
from core.training.task_rows import Answers, TaskRows, answer_loss, held_out_answer_loss, solved

Batch = tuple[Tensor, Tensor] | Answers
"""Inputs [b t] and targets [b t]: the targets are the inputs moved on by one token. Of a text of tasks whole
lines, and which of their tokens are learned."""

UNKNOWN_FROM = 0.7
"""The part of a training after which unknown tokens are read."""

T = TypeVar("T", bound=TextNetwork)


class NextTokenFamily(NetworkFamily[S, T, Batch]):
    """A family of language models that read windows of the text; what is left to say is ``build``."""

    def batches(
        self, spec: RunSpec, material: Material, device: torch.device
    ) -> TextWindows | TaskRows:
        recipe, window = spec.recipe, spec.model.training_window(spec.recipe)
        if spec.corpus.name == "tasks":
            return TaskRows(
                material.training, material.tokenizer, window, recipe.batch, spec.seed, device
            )
        return TextWindows(
            material.training,
            window,
            recipe.batch,
            spec.seed,
            device,
            unknown=0.0 if material.tokenizer.lossless else recipe.unknown,
            unknown_from=round(UNKNOWN_FROM * recipe.steps),
        )

    def loss(self, module: T, batch: Batch) -> Tensor:
        """Mean nats per token; of a text of tasks, per token of an answer."""
        if isinstance(batch, Answers):
            return answer_loss(module, batch)
        inputs, targets = batch
        return cross_entropy(module(inputs), targets)

    def validation_loss(self, module: T, spec: RunSpec, material: Material) -> float:
        window, device = spec.model.training_window(spec.recipe), next(module.parameters()).device
        if spec.corpus.name == "tasks":
            rows = TaskRows(material.validation, material.tokenizer, window, 1, 0, device)
            return held_out_answer_loss(module, rows, VALIDATION_TOKENS)
        held_out = torch.from_numpy(material.validation).to(device)
        return validation_loss(module, held_out, window)

    def sample(self, module: T, spec: RunSpec, material: Material) -> str | None:
        if spec.corpus.name == "tasks":
            return solved(module, material.probe.tokens, material.tokenizer)
        written = sample(module, material.probe.tokens[:PROMPT_TOKENS], spec.seed)
        return material.tokenizer.decode(written)

    def language_model(self, module: T) -> LanguageModel | None:
        return NeuralLanguageModel(module)
