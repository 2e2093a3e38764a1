"""What this lesson counts live: models of other tokens, leaking texts, random texts. NumPy only."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.models.metrics import accuracy, cross_entropy
from core.models.ngram import NGramModel
from core.protocol import Tokens
from core.spec.families.gpt import GPTSpec
from core.spec.families.ngram import NGramSpec
from core.spec.recipe import RecipeSpec
from core.spec.run import RunSpec
from core.spec.text import CorpusSpec, TokenizerSpec
from core.text.corpora import load_corpus, split
from core.text.coverage import coverage
from core.text.tokenizers import train_tokenizer

REFERENCE = CorpusSpec(name="python", size=80)
"""A text with many rare words."""

CUTS: tuple[tuple[TokenizerSpec, tuple[int, ...]], ...] = (
    (TokenizerSpec(kind="words", vocabulary=100), (2, 3)),
    (TokenizerSpec(kind="words", vocabulary=300), (2, 3)),
    (TokenizerSpec(kind="words", vocabulary=1000), (2, 3)),
    (TokenizerSpec(kind="words", vocabulary=4000), (2, 3)),
    (TokenizerSpec(kind="bpe", vocabulary=500), (3, 4)),
    (TokenizerSpec(kind="bpe", vocabulary=2000), (2, 3)),
    (TokenizerSpec(kind="characters", vocabulary=1000), (5, 6)),
)
"""Each way to cut the text, and the orders that are tried: the better one on the held-out text is kept."""

TALES = CorpusSpec(name="tales", size=2000)
SHARES = (0.0, 0.1, 0.25, 0.5, 1.0)
"""Of the validation stories, those that are also in the training text."""
LEAK_ORDER = 5

OVER_LONG = RunSpec(
    corpus=CorpusSpec(size=13),
    model=GPTSpec(width=64, context=32),
    recipe=RecipeSpec(steps=400, learning_rate=0.005, snapshots=20),
)
"""Thirteen stories, about 3,000 characters, read some 270 times."""

SURE_ORDER = 4
SURE_PLACES = 4000
COMPARED = (4, 5)
"""The orders of the two models of which one is perhaps better."""

RANDOM_TOKENS = 12_000
RANDOM_ORDER = 4
_ASKED = 400
"""Contexts of a random text for which all probabilities are asked."""


@dataclass(frozen=True)
class CutLoss:
    """How one way to cut a text does: nats per token and per character of held-out text, the share of its
    tokens that are unknown, the size of the vocabulary, and the order that was best."""

    tokenizer: TokenizerSpec
    order: int
    vocabulary: int
    per_token: float
    per_character: float
    unknown: float


@dataclass(frozen=True)
class Leak:
    """With this share of the validation stories in the training text: the losses on these, and on test
    stories that are in nothing."""

    share: float
    validation: float
    test: float


@dataclass(frozen=True)
class RandomText:
    """A model of random words, on the text that it has counted and on another of the same kind: nats per
    token, and how often the likeliest word came."""

    words: int
    seen_loss: float
    seen_accuracy: float
    new_loss: float
    new_accuracy: float

    @property
    def guessing(self) -> float:
        """ln V: what nobody can beat on text that is random and new."""
        return math.log(self.words)


def loss_of_cut(at: int, corpus: CorpusSpec = REFERENCE) -> CutLoss:
    """An N-gram, Kneser–Ney, of the text cut as CUTS says at this place, counted on nine tenths of it. One
    half of the rest chooses the order, the other is what the losses are of."""
    spec, orders = CUTS[at]
    training, held_out = split(load_corpus(corpus).text)
    middle = held_out.index("\n", len(held_out) // 2)
    chosen_on, measured_on = held_out[:middle], held_out[middle:]
    tokenizer = train_tokenizer(spec, training)
    counted, new = tokenizer.encode(training), tokenizer.encode(chosen_on)
    models = {order: _fit(counted, tokenizer.vocabulary_size, order) for order in orders}
    best = min(orders, key=lambda order: cross_entropy(models[order], new))
    loss = cross_entropy(models[best], tokenizer.encode(measured_on))
    covered = coverage(tokenizer, measured_on, first=1)
    return CutLoss(
        spec,
        best,
        tokenizer.vocabulary_size,
        loss,
        covered.nats_per_character(loss),
        covered.share,
    )


def leaks(corpus: CorpusSpec = TALES, shares: Sequence[float] = SHARES) -> tuple[Leak, ...]:
    """Count with more and more of the validation stories, taken evenly, among the training text."""
    training, held_out = split(load_corpus(corpus).text)
    tokenizer = train_tokenizer(TokenizerSpec(), training)
    stories = [f"{story}\n\n" for story in _stories(held_out)]
    validation, test = stories[0::2], stories[1::2]
    encoded = {
        name: tokenizer.encode("".join(part)) for name, part in (("v", validation), ("t", test))
    }
    counted = tokenizer.encode(training)
    found = []
    for share in shares:
        places = np.linspace(0, len(validation) - 1, round(share * len(validation))).astype(int)
        leaked = [validation[place] for place in places]
        text = np.concatenate([counted, tokenizer.encode("".join(leaked))]) if leaked else counted
        model = _fit(text, tokenizer.vocabulary_size, LEAK_ORDER)
        found.append(
            Leak(share, cross_entropy(model, encoded["v"]), cross_entropy(model, encoded["t"]))
        )
    return tuple(found)


def random_text(words: int, seed: int = 1) -> RandomText:
    """Random words, each as likely as any other, counted; then a second such text."""
    rng = np.random.default_rng(seed)
    seen, new = rng.integers(words, size=(2, RANDOM_TOKENS))
    model = _fit(seen, words, RANDOM_ORDER)
    return RandomText(
        words,
        cross_entropy(model, seen),
        _accuracy(model, seen),
        cross_entropy(model, new),
        _accuracy(model, new),
    )


@dataclass(frozen=True, eq=False)
class Sure:
    """At each of n held-out places, what the likeliest token was given [n], and whether it came [n]."""

    confidence: NDArray[np.float64]
    right: NDArray[np.bool_]


def counted_confidence(smoothing: str, corpus: CorpusSpec = TALES) -> Sure:
    """How sure an N-gram of order 4 is of new text, and how often rightly."""
    counted, new, size = _tales(corpus)
    spec = NGramSpec.model_validate({"order": SURE_ORDER, "smoothing": smoothing})
    model = NGramModel.fit(counted, size, spec)
    places = range(model.context, model.context + SURE_PLACES)
    logp = model.next_log_probabilities([new[place - model.context : place] for place in places])
    return Sure(np.exp(logp.max(axis=1)), logp.argmax(axis=1) == new[list(places)])


@dataclass(frozen=True, eq=False)
class PassageLosses:
    """For each of n held-out stories the summed losses under each of COMPARED [2 n], and its tokens [n]."""

    losses: NDArray[np.float64]
    tokens: NDArray[np.int64]


def passage_losses(corpus: CorpusSpec = TALES) -> PassageLosses:
    """Two N-grams that differ by one order, on the same stories."""
    training, held_out = split(load_corpus(corpus).text)
    tokenizer = train_tokenizer(TokenizerSpec(), training)
    counted = tokenizer.encode(training)
    stories = [tokenizer.encode(story) for story in _stories(held_out)]
    stories = [story for story in stories if len(story) > 1]
    models = [_fit(counted, tokenizer.vocabulary_size, order) for order in COMPARED]
    losses = [
        [-model.token_log_probabilities(story).sum() for story in stories] for model in models
    ]
    return PassageLosses(np.array(losses), np.array([len(story) - 1 for story in stories]))


def _tales(corpus: CorpusSpec) -> tuple[Tokens, Tokens, int]:
    """A corpus as tokens: counted, held out, and how many different ones there are."""
    training, held_out = split(load_corpus(corpus).text)
    tokenizer = train_tokenizer(TokenizerSpec(), training)
    return tokenizer.encode(training), tokenizer.encode(held_out), tokenizer.vocabulary_size


def _stories(text: str) -> list[str]:
    return re.split(r"\n\s*\n", text.strip())


def _fit(tokens: Tokens, vocabulary: int, order: int) -> NGramModel:
    return NGramModel.fit(tokens, vocabulary, NGramSpec(order=order))


def _accuracy(model: NGramModel, tokens: Tokens) -> float:
    """How often the likeliest token came, at the first places that have a whole context."""
    places = range(model.context, model.context + _ASKED)
    logp = model.next_log_probabilities([tokens[place - model.context : place] for place in places])
    return accuracy(logp, tokens[list(places)])
