"""Classifiers: a bag adds up, a state carries, and what stands behind a passage changes nothing."""

from __future__ import annotations

import pytest
import torch

from core.models.tasks.classifier import BagClassifier, Classifier, classifier
from core.spec.families.classifier import READERS, ClassifierSpec

VOCABULARY = 11


def made(reader: str, **others: object) -> Classifier:
    torch.manual_seed(2)
    spec = ClassifierSpec.model_validate({"reader": reader, "width": 6, "labels": 3, **others})
    return classifier(spec, VOCABULARY).eval()


@pytest.mark.parametrize("reader", READERS)
def test_what_stands_behind_a_passage_changes_nothing(reader: str) -> None:
    model = made(reader)
    if isinstance(model, BagClassifier):
        torch.nn.init.normal_(model.weights.weight)
    tokens = torch.randint(VOCABULARY, (4, 9))
    lengths = torch.tensor([1, 4, 9, 6])
    together = model(tokens, lengths)
    for row, length in enumerate(lengths.tolist()):
        alone = model(tokens[row : row + 1, :length], lengths[row : row + 1])
        torch.testing.assert_close(together[row : row + 1], alone)
        torch.testing.assert_close(model.after_each(tokens)[row, length - 1], alone[0])


def test_a_bag_is_blind_to_order_and_the_others_are_not() -> None:
    tokens = torch.tensor([[1, 2, 3, 4]])
    for reader in READERS:
        model = made(reader)
        if isinstance(model, BagClassifier):
            torch.nn.init.normal_(model.weights.weight)
        one, other = (model(order, torch.tensor([4])) for order in (tokens, tokens.flip(1)))
        assert torch.allclose(one, other, atol=1e-6) == (reader == "bag")


def test_a_bag_is_logistic_regression_on_counts() -> None:
    model = made("bag")
    assert isinstance(model, BagClassifier)
    torch.nn.init.normal_(model.weights.weight)
    tokens = torch.randint(VOCABULARY, (5, 7))
    counts = torch.nn.functional.one_hot(tokens, VOCABULARY).sum(dim=1).float()
    expected = counts @ model.weights.weight + model.bias
    torch.testing.assert_close(model(tokens, torch.full((5,), 7)), expected)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("labels", [2, 5])
def test_the_formula_counts_what_the_network_has(reader: str, labels: int) -> None:
    model = made(reader, labels=labels, width=8)
    count = sum(parameter.numel() for parameter in model.parameters())
    assert count == model.spec.parameters(VOCABULARY)
    assert model.beginning().shape == (labels,)
