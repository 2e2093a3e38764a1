"""Further runs that ship, beside the one of each family: what a lesson shows at once. No torch."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from core.spec.families.gpt import GPTSpec
from core.spec.families.ngram import NGramSpec
from core.spec.families.recurrent import RecurrentSpec
from core.spec.family import FamilySpec
from core.spec.recipe import RecipeSpec
from core.spec.run import RunSpec
from core.spec.text import CorpusSpec, TokenizerSpec
from core.store.solving import SHIPPED, solving
from core.store.starters import starter_of, starters

_WORDS = TokenizerSpec(kind="words", vocabulary=1000)


def _twin(cell: Literal["rnn", "gru"]) -> RunSpec:
    """The LSTM that ships, with another cell."""
    starter = starter_of("recurrent")
    assert starter is not None
    spec = starter.spec
    return spec.model_copy(update={"model": spec.model.model_copy(update={"cell": cell})})


def _chinese_vectors() -> RunSpec:
    """The word vectors that ship, on the Chinese tales, where the words that tell most stand nearer."""
    starter = starter_of("word_vectors")
    assert starter is not None
    model = starter.spec.model.model_copy(update={"window": 2})
    corpus = CorpusSpec(name="tales_zh")
    return starter.spec.model_copy(update={"model": model, "corpus": corpus})


def _probed(corpus: Literal["asides", "asides_zh"]) -> RunSpec:
    return RunSpec(
        corpus=CorpusSpec(name=corpus, size=1500),
        tokenizer=_WORDS,
        model=RecurrentSpec(cell="lstm", width=64, context=64),
        recipe=RecipeSpec(steps=1500, batch=16, learning_rate=1e-2, snapshots=8),
    )


def recalling(corpus: Literal["market", "market_zh"], model: FamilySpec) -> RunSpec:
    """A model that learns the market days."""
    return RunSpec(
        corpus=CorpusSpec(name=corpus, size=3000),
        tokenizer=_WORDS,
        model=model,
        recipe=RecipeSpec(steps=1500, batch=32, learning_rate=2e-2, warmup=300, snapshots=12),
    )


RECALLING: Mapping[str, FamilySpec] = MappingProxyType(
    {
        "ngram": NGramSpec(order=3),
        "rnn": RecurrentSpec(cell="rnn", width=64, context=40),
        "lstm": RecurrentSpec(cell="lstm", width=64, context=40),
        "gpt": GPTSpec(layers=2, heads=4, width=32, context=40, positions="alibi"),
    }
)
"""The models that the recall experiment compares."""

FURTHER: Mapping[str, RunSpec] = MappingProxyType(
    {
        "rnn": _twin("rnn"),
        "gru": _twin("gru"),
        "word_vectors_zh": _chinese_vectors(),
        "probed": _probed("asides"),
        "probed_zh": _probed("asides_zh"),
        **{f"recall_{name}": recalling("market", model) for name, model in RECALLING.items()},
        **{f"recall_{name}_zh": recalling("market_zh", model) for name, model in RECALLING.items()},
        **{f"{task}_{one}": solving(task, one) for task, each in SHIPPED.items() for one in each},
    }
)
"""By name."""


def shipped_runs() -> dict[str, RunSpec]:
    """All runs that come with the course by name, the one of each family first."""
    return {**{starter.slug: starter.spec for starter in starters()}, **FURTHER}


_IDS = frozenset(spec.id for spec in shipped_runs().values())


def ships(spec: RunSpec) -> bool:
    """Whether this run comes with the course."""
    return spec.id in _IDS
