"""Training a model as its specification says, reporting on the way."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.numpy import save_file as save_arrays
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from core.errors import LearnerError
from core.inspection.heads import head_maps
from core.models.build import build_model
from core.models.fused import cross_entropy
from core.models.ngram import NGramModel
from core.spec.run import LONGEST_RUN_SECONDS, GPTSpec, NGramSpec, RunSpec
from core.store.folder import PROGRESS
from core.store.snapshot import Snapshot
from core.text.material import Material, prepare
from core.text.probe import Probe
from core.text.tokenizers import Tokenizer
from core.training.batches import Batches
from core.training.evaluation import ngram_loss, ngram_sample, sample, validation_loss
from core.training.optimizer import FlatAdamW
from core.training.schedule import full_steps, learning_rate, reported_steps

PROMPT_TOKENS = 4
"""A sample begins with so many tokens of the probe sentence."""


class _Stopped(LearnerError):
    def __reduce__(self) -> tuple[Any, ...]:
        """Cross a process boundary as the class that it is."""
        return partial(type(self), self.template, **self.values), ()


class Diverged(_Stopped):
    """The loss or the gradient became NaN or infinite; the weights are as before that step."""


class Overtime(_Stopped):
    """The run took longer than any run may."""


def train(spec: RunSpec, own_text: str | None = None) -> Iterator[Snapshot]:
    """The snapshots of one run from its first step to its last.

    Raises LearnerError if the text does not suffice, Diverged, and Overtime.
    """
    yield from Training(spec, own_text).snapshots()


class Training:
    """One run in memory: text, tokenizer, model and how far it has come.

    The same specification on the same device gives the same numbers, and so does a run that goes
    on from a checkpoint: every random choice is a function of the seed and the step alone.
    """

    def __init__(
        self,
        spec: RunSpec,
        own_text: str | None = None,
        checkpoint: Path | None = None,
        device: str | None = None,
    ) -> None:
        """Load the text, train the tokenizer, build the model; go on from ``checkpoint`` if given.

        ``device`` is a torch device; by default CUDA where there is one, else the processor.
        Raises LearnerError if the text does not suffice.
        """
        material = prepare(spec, own_text)
        self.spec = spec
        self.tokenizer: Tokenizer = material.tokenizer
        self.probe: Probe = material.probe
        self._run: _Counting | _Descent
        if isinstance(spec.model, NGramSpec):
            self._run = _Counting(spec, spec.model, material)
        else:
            where = device or ("cuda" if torch.cuda.is_available() else "cpu")
            window = spec.recipe.window or spec.model.context
            self._run = _Descent(spec, window, material, torch.device(where))
            if checkpoint is not None:
                self._run.restore(checkpoint)

    @property
    def model(self) -> NGramModel | nn.Module:
        return self._run.model

    def snapshots(self) -> Iterator[Snapshot]:
        """What is still to come. The model, saved between two of them, is as the last one says.

        Raises Diverged with the weights still those before the step that failed, and Overtime
        after LONGEST_RUN_SECONDS.
        """
        return self._run.snapshots()

    def save_model(self, path: Path) -> None:
        """The weights, or the counts of an n-gram, under their names, as safetensors."""
        self._run.save_model(path)

    def save_checkpoint(self, path: Path) -> None:
        """All that going on needs beyond the specification, as safetensors."""
        self._run.save_checkpoint(path)


class _Counting:
    """An n-gram is trained in one go: it counts."""

    def __init__(self, spec: RunSpec, ngram: NGramSpec, material: Material) -> None:
        self._began = time.perf_counter()
        self._seed, self._material = spec.seed, material
        self.model = NGramModel.fit(material.training, material.tokenizer.vocabulary_size, ngram)

    def snapshots(self) -> Iterator[Snapshot]:
        material = self._material
        prompt = material.probe.tokens[:PROMPT_TOKENS]
        yield Snapshot(
            step=1,
            tokens=len(material.training),
            seconds=time.perf_counter() - self._began,
            train_loss=ngram_loss(self.model, material.training),
            validation_loss=ngram_loss(self.model, material.validation),
            sample=material.tokenizer.decode(ngram_sample(self.model, prompt, self._seed)),
            probe=material.probe.shown,
        )

    def save_model(self, path: Path) -> None:
        arrays = self.model.arrays()
        save_arrays({name: np.ascontiguousarray(array) for name, array in arrays.items()}, path)

    def save_checkpoint(self, path: Path) -> None:
        self.save_model(path)


class _Descent:
    """A network is trained step by step, against its gradient."""

    def __init__(
        self, spec: RunSpec, window: int, material: Material, device: torch.device
    ) -> None:
        self._spec, self._recipe, self._window = spec, spec.recipe, window
        self._material, self._device = material, device
        self._batches = Batches(material.training, window, spec.recipe.batch, spec.seed, device)
        self._validation = torch.from_numpy(material.validation).to(device)
        torch.manual_seed(spec.seed)
        self.model = build_model(spec.model, material.tokenizer.vocabulary_size).to(device)
        self._optimizer = FlatAdamW(self.model, spec.recipe)
        self._step = 0
        self._seconds = 0.0

    def snapshots(self) -> Iterator[Snapshot]:
        # Denormal numbers, common in Adam's moments, are a hundred times slower than others.
        torch.set_flush_denormal(True)
        reported = frozenset(reported_steps(self._recipe))
        full = frozenset(full_steps(self._recipe))
        began = time.perf_counter() - self._seconds
        self.model.train()
        if self._step == 0:
            with torch.no_grad():
                first = self._loss(1).item()
            yield self._report(first, None, began, 0 in full)
        losses: list[float] = []
        while self._step < self._recipe.steps:
            if time.perf_counter() - began > LONGEST_RUN_SECONDS:
                raise Overtime(
                    "The training was stopped after {seconds} seconds, the longest allowed.",
                    seconds=LONGEST_RUN_SECONDS,
                )
            loss, norm = self._update(self._step + 1)
            losses.append(loss)
            if self._step in reported:
                yield self._report(math.fsum(losses) / len(losses), norm, began, self._step in full)
                losses.clear()

    def _update(self, step: int) -> tuple[float, float]:
        """One step of descent; its loss and its gradient's norm before clipping."""
        self._optimizer.clear()
        loss = self._loss(step)
        loss.backward()  # type: ignore[no-untyped-call]
        norm = self._optimizer.clip()
        nats = loss.item()
        if not (math.isfinite(nats) and math.isfinite(norm)):
            raise Diverged(
                "The loss stopped being a number at step {step}. The learning rate of "
                "{learning_rate} is probably too high: try a tenth of it.",
                step=step,
                learning_rate=self._recipe.learning_rate,
            )
        self._optimizer.update(learning_rate(self._recipe, step))
        self._step = step
        return nats, norm

    def _loss(self, step: int) -> Tensor:
        """Mean nats per token on the batch of ``step``; its dropout, too, is decided by the step."""
        inputs, targets = self._batches.at(step)
        if getattr(self._spec.model, "dropout", 0.0):
            torch.manual_seed(self._spec.seed * 1_000_003 + step)
        return cross_entropy(self.model(inputs), targets)

    def _report(self, loss: float, norm: float | None, began: float, full: bool) -> Snapshot:
        snapshot = Snapshot(
            step=self._step,
            tokens=self._step * self._recipe.batch * self._window,
            seconds=0.0,
            train_loss=loss,
            gradient_norm=norm,
            learning_rate=learning_rate(self._recipe, self._step) if self._step else None,
        )
        if full:
            snapshot = self._look(snapshot)
        self._seconds = time.perf_counter() - began
        return replace(snapshot, seconds=self._seconds)

    def _look(self, snapshot: Snapshot) -> Snapshot:
        """Make the snapshot a full one: evaluate, write, look at the heads."""
        probe = self._material.probe
        self.model.eval()
        written = sample(self.model, probe.tokens[:PROMPT_TOKENS], self._spec.seed)
        attention = None
        if isinstance(self._spec.model, GPTSpec):
            attention = head_maps(self.model, probe.tokens).astype(np.float16)
        loss = validation_loss(self.model, self._validation, self._window)
        self.model.train()
        return replace(
            snapshot,
            validation_loss=loss,
            sample=self._material.tokenizer.decode(written),
            attention=attention,
            probe=probe.shown,
        )

    def save_model(self, path: Path) -> None:
        save_file({name: p.detach().clone() for name, p in self.model.state_dict().items()}, path)

    def save_checkpoint(self, path: Path) -> None:
        progress = torch.tensor([self._step, self._seconds], dtype=torch.float64)
        save_file({**self._optimizer.state(), PROGRESS: progress}, path)

    def restore(self, checkpoint: Path) -> None:
        state = load_file(checkpoint, device=str(self._device))
        self._step, self._seconds = int(state[PROGRESS][0]), float(state[PROGRESS][1])
        self._optimizer.restore(state, self._step)
