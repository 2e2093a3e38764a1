"""What a training run reports at one step. NumPy only: the web process reads it too."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from core.text.coverage import Coverage


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The state of a run after ``step`` updates; step 0 is before the first.

    ``train_loss`` is the mean over the steps since the line before, in nats per token (at step 0,
    the loss of the first batch); ``validation_loss`` is in nats per token too. ``seconds`` is wall
    time since training began. ``gradient_norm`` is that of the last step before clipping. A light
    line has no ``validation_loss``, ``predicted``, ``sample``, ``arrays`` or ``probe``. Losses
    are infinite where a model held a token for impossible, as an unsmoothed n-gram does.
    """

    step: int
    tokens: int
    seconds: float
    train_loss: float | None = None
    validation_loss: float | None = None
    predicted: Coverage | None = None
    """How much of the text that ``validation_loss`` is measured on the vocabulary knows, and how many
    characters it has: by these, losses of different tokenizers compare."""
    earlier_loss: float | None = None
    """The loss on the held-out text of the run that this one goes on from, in nats per token, where that is
    another text: what it forgets."""
    gradient_norm: float | None = None
    learning_rate: float | None = None
    sample: str | None = None
    arrays: Mapping[str, NDArray[np.generic]] = field(default_factory=dict)
    """What the family looks at, by name: see ``snapshot_arrays`` of its specification."""
    probe: tuple[str, ...] | None = None
    """The tokens of the probe sentence, as shown to people."""

    @property
    def full(self) -> bool:
        """Whether the model was also evaluated and sampled here."""
        return self.validation_loss is not None

    def to_json(self) -> dict[str, Any]:
        """Everything but the arrays, which are kept in a file beside the metrics.

        JSON knows no infinity: an infinite loss is the string "inf".
        """
        earlier = {} if self.earlier_loss is None else {"earlier_loss": _spelled(self.earlier_loss)}
        return {
            "step": self.step,
            "tokens": self.tokens,
            "seconds": round(self.seconds, 4),
            "train_loss": _spelled(self.train_loss),
            "validation_loss": _spelled(self.validation_loss),
            "predicted": None if self.predicted is None else asdict(self.predicted),
            **earlier,
            "gradient_norm": self.gradient_norm,
            "learning_rate": self.learning_rate,
            "sample": self.sample,
            "probe": None if self.probe is None else list(self.probe),
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """The snapshot of one line of ``metrics.jsonl``, without arrays. ValueError if the line is
        none."""
        if not isinstance(value, dict) or not all(
            _fits(value, name) for name in (*_PLAIN, "probe", "predicted")
        ):
            raise ValueError("no line of a run's metrics")
        probe, predicted = value.get("probe"), value.get("predicted")
        known: dict[str, Any] = {name: value.get(name) for name in _PLAIN}
        known |= {name: math.inf for name in _LOSSES if value.get(name) == "inf"}
        return cls(
            **known,
            probe=None if probe is None else tuple(probe),
            predicted=None if predicted is None else Coverage(**predicted),
        )


def _spelled(loss: float | None) -> float | str | None:
    return "inf" if loss == math.inf else loss


def _fits(value: dict[str, Any], name: str) -> bool:
    """Whether one entry of a line is of the kind that belongs there."""
    found = value.get(name)
    match name:
        case "step" | "tokens":
            return isinstance(found, int) and found >= 0
        case "seconds":
            return isinstance(found, (int, float))
        case "sample":
            return found is None or isinstance(found, str)
        case "predicted":
            return found is None or (
                isinstance(found, dict)
                and found.keys() == _COVERAGE
                and all(isinstance(count, int) and count >= 0 for count in found.values())
            )
        case "probe":
            return found is None or (
                isinstance(found, list) and all(isinstance(token, str) for token in found)
            )
    return found is None or isinstance(found, (int, float)) or (name in _LOSSES and found == "inf")


_COVERAGE = {field.name for field in fields(Coverage)}
_LOSSES = ("train_loss", "validation_loss", "earlier_loss")
_PLAIN = (
    "step",
    "tokens",
    "seconds",
    *_LOSSES,
    "gradient_norm",
    "learning_rate",
    "sample",
)
