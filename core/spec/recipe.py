"""How a run trains."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar, Literal

from pydantic import Field

from core.spec.frozen import Frozen
from core.spec.limits import LONGEST_CONTEXT, MOST_STEPS


class RecipeSpec(Frozen):
    """How to train. A family that only counts ignores it.

    ``optimizer`` "muon" is for the matrices in the middle of a network; what else there is goes on by
    Adam, at ``table_rate`` when the others are at ``learning_rate``. A "cosine" ends at a tenth of the
    learning rate, "linear" at nothing.

    ``window`` is how many tokens are read at a time in training, where that is fewer than the
    model's context; learned positions beyond it are never trained. ``unknown`` is the share of
    the tokens read in whose place stands the unknown one, drawn anew at each step of the last three
    tenths: there a model learns to go on after a word that it does not know. It predicts the text as
    it is (Xie et al. 2017, *Data Noising as Smoothing in Neural Network Language Models*, "blank
    noising"). From the first step on it would keep heads from forming.

    ``replay`` is for a run that goes on from another with another text: the share of each batch that
    is still drawn from the other one's text, so that it is forgotten less (rehearsal: Robins 1995).
    """

    optimizer: Literal["adamw", "muon"] = "adamw"
    steps: int = Field(default=1000, ge=1, le=MOST_STEPS)
    batch: int = Field(default=16, ge=1, le=256)
    learning_rate: float = Field(default=3e-3, gt=0, le=100)
    table_rate: float = Field(default=0.01, gt=0, le=100)
    schedule: Literal["cosine", "linear"] = "cosine"
    warmup: int = Field(default=50, ge=0, le=MOST_STEPS)
    weight_decay: float = Field(default=0.01, ge=0, le=1)
    clip: float = Field(default=1.0, gt=0, le=1000)
    snapshots: int = Field(default=24, ge=1, le=200)
    window: int | None = Field(default=None, ge=2, le=LONGEST_CONTEXT)
    unknown: float = Field(default=0.0, ge=0, lt=1)
    replay: float = Field(default=0.0, ge=0, lt=1)

    later_options: ClassVar[Mapping[str, object]] = MappingProxyType(
        {
            "window": None,
            "unknown": 0.0,
            "replay": 0.0,
            "optimizer": "adamw",
            "table_rate": 0.01,
            "schedule": "cosine",
        }
    )
    """Options younger than the first runs, with their defaults: see RunSpec.canonical_json."""
