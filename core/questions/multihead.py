"""All heads of a layer at once, number by number, and what is lost without some of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.questions.asked import AskedOfRun
from core.worked.multihead import MultiHeadTrace

STORIES = 80
STORIES_SEED = 101
"""The stories that heads are tested on are told with another seed than those of the training."""


@dataclass(frozen=True)
class TraceLayerAnswer:
    tokens: tuple[str, ...]
    trace: MultiHeadTrace
    cut: int


@dataclass(frozen=True)
class TraceLayer(AskedOfRun[TraceLayerAnswer]):
    """What do all heads of a layer compute, and what does W_O make of it?"""

    text: str
    layer: int


@dataclass(frozen=True)
class KindLosses:
    """``losses``: mean loss in nats for each kind of token that occurs. ``right`` of ``verbs`` verbs
    have a higher probability than their other form (was against were)."""

    losses: Mapping[str, float]
    right: int
    verbs: int


@dataclass(frozen=True)
class WithoutAnswer:
    before: KindLosses
    after: KindLosses


@dataclass(frozen=True)
class Without(AskedOfRun[WithoutAnswer]):
    """Which kinds of token does a model predict worse without these (layer, head) pairs?

    Asked on stories of the run's own corpus that it never saw. ``heads`` in ascending order.
    """

    heads: tuple[tuple[int, int], ...]
    seed: int = STORIES_SEED


@dataclass(frozen=True)
class EveryHeadOffAnswer:
    """``after`` [l][h]: what is left without that one head. ``share`` [l h]: how much of its attention
    each head has on a verb's subject just before the verb, NaN without such verbs."""

    before: KindLosses
    after: tuple[tuple[KindLosses, ...], ...]
    share: NDArray[np.float64]


@dataclass(frozen=True)
class EveryHeadOff(AskedOfRun[EveryHeadOffAnswer]):
    """The same for each head of the model, one after the other."""

    seed: int = STORIES_SEED


@dataclass(frozen=True)
class StoryMapsAnswer:
    """``maps`` [l h q k] on a story of ``ids``; ``links`` are (query, key): the token before each verb,
    where its form must be known, and the verb's subject."""

    tokens: tuple[str, ...]
    ids: tuple[int, ...]
    maps: NDArray[np.float32]
    links: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class StoryMaps(AskedOfRun[StoryMapsAnswer]):
    """Where does every head look in an unseen story whose links are known? ``place`` says which."""

    place: int = 0
    seed: int = STORIES_SEED
