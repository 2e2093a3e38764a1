"""Descent: training a network step by step against its gradient, reporting on the way."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from core.errors import LearnerError
from core.spec.limits import LONGEST_RUN_SECONDS
from core.spec.run import RunSpec
from core.store.layout import PROGRESS
from core.store.snapshot import Snapshot
from core.text.material import Material
from core.training.optimizer import optimizer_for
from core.training.schedule import full_steps, learning_rate, reported_steps

if TYPE_CHECKING:
    from core.training.network_family import NetworkFamily


class _Stopped(LearnerError):
    def __reduce__(self) -> tuple[Any, ...]:
        """Cross a process boundary as the class that it is."""
        return partial(type(self), self.template, **self.values), ()


class Diverged(_Stopped):
    """The loss or the gradient became NaN or infinite; the weights are as before that step."""


class Overtime(_Stopped):
    """The run took longer than any run may."""


class Descent:
    """A network is trained step by step, against its gradient."""

    def __init__(
        self,
        family: NetworkFamily[Any, Any, Any],
        spec: RunSpec,
        material: Material,
        device: torch.device,
    ) -> None:
        self._family, self._spec, self._recipe = family, spec, spec.recipe
        self._material, self._device = material, device
        self._batches = family.batches(
            _rows(spec, self._recipe.batch - old_rows(spec)), material, device
        )
        self._old = (
            family.batches(_rows(spec, old_rows(spec)), material.before, device)
            if old_rows(spec) and material.before is not None
            else None
        )
        torch.manual_seed(spec.seed)
        module: nn.Module = family.new(spec, material.tokenizer.vocabulary_size)
        self.model = module.to(device)
        self._optimizer = optimizer_for(self.model, spec.recipe)
        self._step = 0
        self._seconds = 0.0

    def begin_with(self, model: Path, spec: RunSpec) -> None:
        self._family.take(self.model, load_file(model, device=str(self._device)), spec)

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
        """The loss on the batch of ``step``; its dropout, too, is decided by the step."""
        batch = self._batches.at(step)
        _seed(self._spec.seed * 1_000_003 + step, self._device)
        loss = self._family.loss(self.model, batch)
        if self._old is None:
            return loss
        share = old_rows(self._spec) / self._recipe.batch
        return (1 - share) * loss + share * self._family.loss(self.model, self._old.at(step))

    def _report(self, loss: float, norm: float | None, began: float, full: bool) -> Snapshot:
        snapshot = Snapshot(
            step=self._step,
            tokens=self._step * self._spec.model.tokens_a_step(self._recipe),
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
        """Make the snapshot a full one: write, look inside, evaluate."""
        family, material = self._family, self._material
        self.model.eval()
        written = family.sample(self.model, self._spec, material)
        arrays = family.look(self.model, self._spec, material)
        promised = set(self._spec.model.snapshot_arrays)
        assert arrays.keys() == promised, f"{set(arrays)} are not the arrays {promised}"
        loss = family.validation_loss(self.model, self._spec, material)
        before = material.before
        earlier = None if before is None else family.validation_loss(self.model, self._spec, before)
        self.model.train()
        return replace(
            snapshot,
            validation_loss=loss,
            predicted=material.predicted,
            earlier_loss=earlier,
            sample=written,
            arrays=arrays,
            probe=material.probe.shown,
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


def old_rows(spec: RunSpec) -> int:
    """How many rows of each batch are of the text of the run that this one goes on from: at least one if
    any are to be, and never all."""
    recipe = spec.recipe
    wished = max(1, round(recipe.batch * recipe.replay)) if recipe.replay else 0
    return min(wished, recipe.batch - 1)


def _rows(spec: RunSpec, batch: int) -> RunSpec:
    """The same with so many rows to a batch."""
    return spec.model_copy(update={"recipe": spec.recipe.model_copy(update={"batch": batch})})


def _seed(seed: int, device: torch.device) -> None:
    """Decide what is drawn on this device. For the processor not by ``torch.manual_seed``: looking for
    other devices takes it half a millisecond, a tenth of a step."""
    if device.type == "cpu":
        torch.default_generator.manual_seed(seed)
    else:
        torch.manual_seed(seed)
