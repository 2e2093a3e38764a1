"""Vectors of words: skip-gram and CBOW with negative sampling."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from core.spec.families.word_vectors import WordVectorsSpec


@dataclass(frozen=True)
class Passages:
    """What a step reads: ``words`` [b t]; ``radius`` [b t], how many words to each side are near the word
    at that place; ``kept`` [b t], False at the words that are passed over; ``noise`` [n], words drawn at
    random."""

    words: Tensor
    radius: Tensor
    kept: Tensor
    noise: Tensor


class WordVectors(nn.Module):
    """A vector v for each word as what is given, and one, u, as what is guessed.

    Skip-gram: v of the word in the middle is given, and each word near it is guessed. CBOW: the mean of
    the v of the words near it is given, and the word in the middle is guessed. For each true guess

        -ln σ(u · v) - Σ ln σ(-uᵢ · v)

    with the uᵢ of k words drawn at random (Mikolov et al. 2013b, equation 4). The n drawn words of a step
    serve all its guesses, so that one product of matrices does for all (Ji et al. 2016, *Parallelizing
    Word2Vec in Shared and Distributed Memory*), and each counts k / n times: the mean over many draws is
    the same as if each guess had drawn k words for itself.

    As in word2vec the v begin uniform in ±1/2d and the u as zeros.
    """

    def __init__(self, spec: WordVectorsSpec, vocabulary_size: int) -> None:
        super().__init__()
        self.spec = spec
        self.given = nn.Embedding(vocabulary_size, spec.dimension)
        self.guessed = nn.Embedding(vocabulary_size, spec.dimension)
        bound = 0.5 / spec.dimension
        nn.init.uniform_(self.given.weight, -bound, bound)
        nn.init.zeros_(self.guessed.weight)

    def forward(self, passages: Passages) -> Tensor:
        """The mean loss of a true guess and its drawn ones, in nats []."""
        near = self.near(passages)
        v, u = self.given(passages.words), self.guessed(passages.words)
        if self.spec.objective == "skipgram":
            guesses = near.sum(dim=-1)
            true = F.softplus(-v @ u.mT) * near
        else:
            company = near.sum(dim=-1, keepdim=True)
            v = near @ v / company.clamp(min=1)
            guesses = (company > 0).squeeze(-1).to(v.dtype)
            true = F.softplus(-(u * v).sum(dim=-1)) * guesses
        noise = F.softplus(v @ self.guessed(passages.noise).T).sum(dim=-1) * guesses
        weight = self.spec.negatives / len(passages.noise)
        return (true.sum() + weight * noise.sum()) / guesses.sum().clamp(min=1)

    def near(self, passages: Passages) -> Tensor:
        """1 where the second place is near the first and both are kept, else 0; [b t t]."""
        place = torch.arange(passages.words.shape[1], device=passages.words.device)
        distance = (place[:, None] - place).abs()
        near = (distance > 0) & (distance <= passages.radius[..., None])
        near &= passages.kept[..., None] & passages.kept[:, None]
        return near.to(self.given.weight.dtype)
