"""How the families of these tests are built and trained."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from core.models.network import TextNetwork
from core.spec.run import RunSpec
from core.text.material import Material
from core.training.batches import offsets
from core.training.network_family import NetworkFamily
from core.training.next_token import NextTokenFamily
from tests.families.specs import PairsSpec, UnigramSpec


class Unigram(TextNetwork):
    def __init__(self, spec: UnigramSpec, vocabulary_size: int) -> None:
        super().__init__()
        self.spec, self.vocabulary_size, self.context = spec, vocabulary_size, spec.context
        rough = torch.randn(vocabulary_size) if spec.begins == "rough" else None
        self.scores = nn.Parameter(torch.zeros(vocabulary_size) if rough is None else rough)

    def features(self, tokens: Tensor) -> Tensor:
        return torch.ones(*tokens.shape, 1)

    def unembed(self, features: Tensor) -> Tensor:
        return features * self.spec.sharpness * self.scores


class UnigramFamily(NextTokenFamily[UnigramSpec, Unigram]):
    spec_class = UnigramSpec

    def build(self, spec: UnigramSpec, vocabulary: int) -> Unigram:
        return Unigram(spec, vocabulary)

    def look(
        self, module: Unigram, spec: RunSpec, material: Material
    ) -> dict[str, NDArray[np.generic]]:
        with torch.no_grad():
            logits = module(torch.from_numpy(material.probe.tokens)[None])[0, -1]
        return {"frequencies": logits.softmax(dim=-1).numpy().astype(np.float16)}


class Neighbours:
    """Tokens [b] and those after them [b]."""

    def __init__(self, spec: RunSpec, material: Material) -> None:
        self._spec = spec
        self._tokens = torch.from_numpy(material.training)

    def at(self, step: int) -> tuple[Tensor, Tensor]:
        spec = self._spec
        starts = offsets(spec.seed, step, spec.recipe.batch, len(self._tokens) - 1)
        here = torch.from_numpy(starts)
        return self._tokens[here], self._tokens[here + 1]


class PairsFamily(NetworkFamily[PairsSpec, nn.Embedding, tuple[Tensor, Tensor]]):
    spec_class = PairsSpec

    def build(self, spec: PairsSpec, vocabulary: int) -> nn.Embedding:
        return nn.Embedding(vocabulary, spec.width)

    def batches(self, spec: RunSpec, material: Material, device: torch.device) -> Neighbours:
        return Neighbours(spec, material)

    def loss(self, module: nn.Embedding, batch: tuple[Tensor, Tensor]) -> Tensor:
        one, other = batch
        return nn.functional.cross_entropy(module(one) @ module.weight.T, other)

    def validation_loss(self, module: nn.Embedding, spec: RunSpec, material: Material) -> float:
        held_out = torch.from_numpy(material.validation)
        with torch.no_grad():
            return float(self.loss(module, (held_out[:-1], held_out[1:])))

    def look(
        self, module: nn.Embedding, spec: RunSpec, material: Material
    ) -> dict[str, NDArray[np.generic]]:
        vectors = module.weight.detach()[torch.from_numpy(material.probe.tokens)].numpy()
        lengths = np.linalg.norm(vectors, axis=1)
        return {"vectors": vectors.astype(np.float16), "lengths": lengths.astype(np.float16)}
