"""Classifiers of texts: a label read off the state after the last token, or off a bag of words."""

from __future__ import annotations

import torch
from einops import repeat
from torch import Tensor, nn

from core.spec.families.classifier import ClassifierSpec
from core.spec.families.recurrent import Cell

_LAYERS: dict[Cell, type[nn.RNN] | type[nn.GRU] | type[nn.LSTM]] = {
    "rnn": nn.RNN,
    "gru": nn.GRU,
    "lstm": nn.LSTM,
}


class Classifier(nn.Module):
    """Tokens of a passage → logits of its labels.

    ``after_each`` says what it would answer if the passage ended after each token; ``forward`` takes the
    answer after the last.
    """

    def __init__(self, spec: ClassifierSpec, vocabulary_size: int) -> None:
        super().__init__()
        self.spec, self.vocabulary_size = spec, vocabulary_size

    def after_each(self, tokens: Tensor) -> Tensor:
        """Token ids [b t] → logits after each [b t k]; what comes after a token changes nothing there."""
        raise NotImplementedError

    def beginning(self) -> Tensor:
        """Logits [k] before any token: what it would say of nothing."""
        raise NotImplementedError

    def forward(self, tokens: Tensor, lengths: Tensor) -> Tensor:
        """Token ids [b t], of which the first ``lengths`` [b] of each row count → logits [b k]."""
        answers = self.after_each(tokens)
        last = repeat(lengths - 1, "b -> b 1 k", k=self.spec.labels)
        return answers.gather(1, last).squeeze(1)


class BagClassifier(Classifier):
    """A number for each token and label, added up: logits = b + Σ_t w[x_t], in any order the same."""

    def __init__(self, spec: ClassifierSpec, vocabulary_size: int) -> None:
        super().__init__(spec, vocabulary_size)
        self.weights = nn.Embedding(vocabulary_size, spec.labels)
        self.bias = nn.Parameter(torch.zeros(spec.labels))
        nn.init.zeros_(self.weights.weight)

    def after_each(self, tokens: Tensor) -> Tensor:
        added: Tensor = self.weights(tokens).cumsum(dim=1)
        return added + self.bias

    def beginning(self) -> Tensor:
        return self.bias


class RecurrentClassifier(Classifier):
    """h_t = cell(x_t, h_{t-1}), logits = W h_t + b: the last state has to hold what the passage says."""

    def __init__(self, spec: ClassifierSpec, vocabulary_size: int) -> None:
        super().__init__(spec, vocabulary_size)
        assert spec.reader != "bag"
        d = spec.width
        self.tokens = nn.Embedding(vocabulary_size, d)
        self.cell = _LAYERS[spec.reader](d, d, batch_first=True)
        self.head = nn.Linear(d, spec.labels)
        self.dropout = nn.Dropout(spec.dropout)

    def after_each(self, tokens: Tensor) -> Tensor:
        states, _ = self.cell(self.dropout(self.tokens(tokens)))
        logits: Tensor = self.head(self.dropout(states))
        return logits

    def beginning(self) -> Tensor:
        logits: Tensor = self.head(self.head.weight.new_zeros(self.spec.width))
        return logits


def classifier(spec: ClassifierSpec, vocabulary_size: int) -> Classifier:
    """The one that the specification asks for."""
    kind = BagClassifier if spec.reader == "bag" else RecurrentClassifier
    return kind(spec, vocabulary_size)
