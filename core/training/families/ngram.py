"""N-grams: counted, not descended."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save_file

from core.models.ngram import NGramModel
from core.protocol import Tokens
from core.spec.families.ngram import NGramSpec
from core.spec.run import RunSpec
from core.store.snapshot import Snapshot
from core.text.material import Material
from core.text.probe import PROMPT_TOKENS
from core.training.evaluation import ngram_answer_loss, ngram_loss, ngram_sample
from core.training.family import Family, Trained


class NGramFamily(Family):
    """An n-gram is a language model without a module."""

    def begin(self, spec: RunSpec, material: Material, device: str | None) -> _Counting:
        if not isinstance(spec.model, NGramSpec):
            raise TypeError(f"{type(spec.model).__name__} is no n-gram")
        return _Counting(spec, spec.model, material)

    def load(self, spec: RunSpec, vocabulary: int, path: Path) -> Trained:
        return Trained(None, NGramModel.from_arrays(load_file(path)))


class _Counting:
    """An n-gram is trained in one go: it counts."""

    def __init__(self, spec: RunSpec, ngram: NGramSpec, material: Material) -> None:
        self._began = time.perf_counter()
        self._seed, self._material = spec.seed, material
        self._solves = spec.corpus.name == "tasks"
        self.model = NGramModel.fit(material.training, material.tokenizer.vocabulary_size, ngram)

    def begin_with(self, model: Path, spec: RunSpec) -> None:
        raise TypeError("an n-gram counts: no specification has it go on from another run")

    def snapshots(self) -> Iterator[Snapshot]:
        material = self._material
        prompt = material.probe.tokens[:PROMPT_TOKENS]
        yield Snapshot(
            step=1,
            tokens=len(material.training),
            seconds=time.perf_counter() - self._began,
            train_loss=self._loss(material.training),
            validation_loss=self._loss(material.validation),
            predicted=material.predicted,
            sample=material.tokenizer.decode(ngram_sample(self.model, prompt, self._seed)),
            probe=material.probe.shown,
        )

    def _loss(self, tokens: Tokens) -> float:
        """As of networks: of a text of tasks only the answers count."""
        if self._solves:
            return ngram_answer_loss(self.model, tokens, self._material.tokenizer)
        return ngram_loss(self.model, tokens)

    def save_model(self, path: Path) -> None:
        arrays = self.model.arrays()
        save_file({name: np.ascontiguousarray(array) for name, array in arrays.items()}, path)

    def save_checkpoint(self, path: Path) -> None:
        self.save_model(path)

    def restore(self, checkpoint: Path) -> None:
        """Nothing to do: all is counted already."""


FAMILY = NGramFamily()
