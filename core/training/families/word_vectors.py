"""Vectors of words: trained to tell the words near another from words drawn at random."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray

from core.errors import LearnerError
from core.models.tasks.word_vectors import Passages, WordVectors
from core.protocol import Tokens
from core.spec.families.word_vectors import WordVectorsSpec
from core.spec.run import RunSpec
from core.text.material import VALIDATION_TOKENS, Material
from core.text.pieces import UNKNOWN_ID
from core.text.tokenizers import Tokenizer
from core.training.network_family import NetworkFamily
from core.worked.vectors.pairs import draw_noise, keep_share, noise

SHARED_NOISE = 128
"""Words drawn for a step; all its guesses share them."""

_FEWEST = 8
"""Words of a text that has any pairs to speak of."""


class WordPassages:
    """The words of a text in passages; which ones, and what is drawn for them, is a function of the step."""

    def __init__(
        self, text: Tokens, counts: NDArray[np.int64], spec: RunSpec, device: torch.device
    ) -> None:
        """``text`` [t] has no unknown words; ``counts`` [v] is how often each occurs in training."""
        model = spec.model
        assert isinstance(model, WordVectorsSpec)
        self._model, self._device = model, device
        self._seed, self._batch = spec.seed, spec.recipe.batch
        self._noise, self._keep = noise(counts), keep_share(counts, model.subsample)
        self._windows = np.lib.stride_tricks.sliding_window_view(
            text, min(model.passage, len(text))
        )

    def at(self, step: int) -> Passages:
        """Passages that begin anywhere in the text, each place equally likely."""
        rng = np.random.default_rng((self._seed, step))
        return self._drawn(self._windows[rng.integers(len(self._windows), size=self._batch)], rng)

    def in_order(self, most: int) -> Passages:
        """The first ``most`` words, or all, in passages one after the other; each draw is always the same."""
        length = self._windows.shape[1]
        rows = self._windows[::length][: max(1, most // length)]
        return self._drawn(rows, np.random.default_rng(0))

    def _drawn(self, words: Tokens, rng: np.random.Generator) -> Passages:
        window = self._model.window
        radius = rng.integers(1 if self._model.shrink else window, window + 1, size=words.shape)
        kept = rng.random(words.shape) < self._keep[words]
        drawn = draw_noise(self._noise, SHARED_NOISE, rng)
        found = (torch.from_numpy(array) for array in (words.copy(), radius, kept, drawn))
        return Passages(*(array.to(self._device) for array in found))


class WordVectorsFamily(NetworkFamily[WordVectorsSpec, WordVectors, Passages]):
    spec_class = WordVectorsSpec

    def build(self, spec: WordVectorsSpec, vocabulary: int) -> WordVectors:
        return WordVectors(spec, vocabulary)

    def new(self, spec: RunSpec, vocabulary: int) -> WordVectors:
        """The unknown word, which is passed over, keeps a vector of zeros."""
        module = super().new(spec, vocabulary)
        if spec.tokenizer.kind != "bpe":
            with torch.no_grad():
                module.given.weight[UNKNOWN_ID] = 0.0
        return module

    def batches(self, spec: RunSpec, material: Material, device: torch.device) -> WordPassages:
        """LearnerError if there are too few words, or too few different ones."""
        text = _known(material.training, material.tokenizer)
        counts = np.bincount(text, minlength=material.tokenizer.vocabulary_size)
        assert isinstance(spec.model, WordVectorsSpec)
        _check(len(text), int((counts > 0).sum()), spec.model.negatives)
        return WordPassages(text, counts, spec, device)

    def loss(self, module: WordVectors, batch: Passages) -> torch.Tensor:
        """Mean nats of a true guess and its drawn ones."""
        loss: torch.Tensor = module(batch)
        return loss

    def validation_loss(self, module: WordVectors, spec: RunSpec, material: Material) -> float:
        held_out = _known(material.validation, material.tokenizer)
        training = _known(material.training, material.tokenizer)
        if len(held_out) < 2:
            held_out = training  # nothing to guess: of a short text the rest must do
        counts = np.bincount(training, minlength=material.tokenizer.vocabulary_size)
        passages = WordPassages(held_out, counts, spec, module.given.weight.device)
        with torch.no_grad():
            return float(module(passages.in_order(VALIDATION_TOKENS)))

    def look(
        self, module: WordVectors, spec: RunSpec, material: Material
    ) -> dict[str, NDArray[np.generic]]:
        """``vectors`` [v d]: what is given for each word."""
        return {"vectors": module.given.weight.detach().cpu().numpy().astype(np.float16)}


def _known(tokens: Tokens, tokenizer: Tokenizer) -> Tokens:
    """The words of a text that the vocabulary has; as in word2vec the others are left out, and their
    neighbours move together."""
    return tokens if tokenizer.lossless else tokens[tokens != UNKNOWN_ID]


def _check(words: int, different: int, negatives: int) -> None:
    if words < _FEWEST:
        raise LearnerError(
            "The text has only {words} words to train on, and vectors need at least {needed}: use a longer "
            "text.",
            words=words,
            needed=_FEWEST,
        )
    if different < 2:
        raise LearnerError(
            "The text says one word over and over: there is nothing to tell it from. Use a text with "
            "more different words."
        )
    if different <= negatives:
        raise LearnerError(
            "The text has only {different} different words, too few to draw {negatives} others for each "
            "pair: use a longer text or draw fewer words.",
            different=different,
            negatives=negatives,
        )


FAMILY = WordVectorsFamily()
