"""Classifiers of texts: trained to say the label of a whole passage."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from core.models.tasks.classifier import Classifier, classifier
from core.spec.families.classifier import ClassifierSpec
from core.spec.run import RunSpec
from core.text.made.labelled import Example, check, filled_up
from core.text.material import Material
from core.training.batches import offsets
from core.training.network_family import NetworkFamily

Batch = tuple[Tensor, Tensor, Tensor]
"""Tokens [b t], how many of each row count [b], labels [b]."""


class LabelledPassages:
    """Passages drawn with replacement, as ``offsets`` says for each step."""

    def __init__(self, examples: tuple[Example, ...], spec: RunSpec, device: torch.device) -> None:
        arrays = filled_up(examples, spec.model.longest_window())
        self._tokens, self._lengths, self._labels = (
            torch.from_numpy(array).to(device) for array in arrays
        )
        self._seed, self._batch = spec.seed, spec.recipe.batch

    def at(self, step: int) -> Batch:
        drawn = torch.from_numpy(offsets(self._seed, step, self._batch, len(self._labels)))
        drawn = drawn.to(self._labels.device)
        lengths = self._lengths[drawn]
        return self._tokens[drawn, : int(lengths.max())], lengths, self._labels[drawn]


class ClassifierFamily(NetworkFamily[ClassifierSpec, Classifier, Batch]):
    spec_class = ClassifierSpec

    def build(self, spec: ClassifierSpec, vocabulary: int) -> Classifier:
        return classifier(spec, vocabulary)

    def batches(self, spec: RunSpec, material: Material, device: torch.device) -> LabelledPassages:
        assert isinstance(spec.model, ClassifierSpec)
        check(material.examples, spec.model.labels)
        return LabelledPassages(material.examples.training, spec, device)

    def loss(self, module: Classifier, batch: Batch) -> Tensor:
        """Mean nats per passage."""
        tokens, lengths, labels = batch
        return cross_entropy(module(tokens, lengths), labels)

    def validation_loss(self, module: Classifier, spec: RunSpec, material: Material) -> float:
        """Mean nats per held-out passage."""
        arrays = filled_up(material.examples.held_out, spec.model.longest_window())
        device = next(module.parameters()).device
        tokens, lengths, labels = (torch.from_numpy(array).to(device) for array in arrays)
        with torch.inference_mode():
            return cross_entropy(module(tokens, lengths), labels).item()


FAMILY = ClassifierFamily()
