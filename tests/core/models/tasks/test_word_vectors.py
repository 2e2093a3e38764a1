"""Skip-gram and CBOW against their formula, written out pair by pair."""

from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor

from core.models.tasks.word_vectors import Passages, WordVectors
from core.spec.families.word_vectors import WordVectorsSpec

V, B, T, NOISE = 9, 3, 8, 12


def _network(objective: str, negatives: int = 5) -> WordVectors:
    spec = WordVectorsSpec(objective=objective, dimension=4, window=3, negatives=negatives)  # type: ignore[arg-type]
    network = WordVectors(spec, V).double()
    for parameter in network.parameters():
        torch.nn.init.normal_(parameter)
    return network


def _passages(kept: float = 1.0) -> Passages:
    return Passages(
        words=torch.randint(V, (B, T)),
        radius=torch.randint(1, 4, (B, T)),
        kept=torch.rand(B, T) < kept,
        noise=torch.randint(V, (NOISE,)),
    )


def _written_out(network: WordVectors, read: Passages) -> Tensor:
    """The mean over all guesses of -ln σ(u·v) - k · mean over the drawn words of ln σ(-uᵢ·v)."""
    given, guessed, spec = network.given.weight, network.guessed.weight, network.spec
    losses = []
    for words, radius, kept in zip(read.words, read.radius, read.kept, strict=True):
        for i in range(T):
            near = [
                j for j in range(T) if j != i and abs(j - i) <= radius[i] and kept[i] and kept[j]
            ]
            if spec.objective == "skipgram":
                guesses = [(given[words[i]], guessed[words[j]]) for j in near]
            elif near:
                mean = torch.stack([given[words[j]] for j in near]).mean(dim=0)
                guesses = [(mean, guessed[words[i]])]
            else:
                guesses = []
            for v, u in guesses:
                drawn = torch.stack([torch.log(torch.sigmoid(-guessed[n] @ v)) for n in read.noise])
                losses.append(-torch.log(torch.sigmoid(u @ v)) - spec.negatives * drawn.mean())
    return torch.stack(losses).mean()


@pytest.mark.parametrize("objective", ["skipgram", "cbow"])
@pytest.mark.parametrize("kept", [1.0, 0.6])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_loss_and_gradient_are_those_of_the_formula(objective: str, kept: float, seed: int) -> None:
    torch.manual_seed(seed)
    network, read = _network(objective), _passages(kept)
    loss = network(read)
    loss.backward()
    ours = [parameter.grad.clone() for parameter in network.parameters()]
    network.zero_grad()
    reference = _written_out(network, read)
    reference.backward()
    assert loss.item() == pytest.approx(reference.item(), rel=1e-10)
    for mine, parameter in zip(ours, network.parameters(), strict=True):
        assert torch.allclose(mine, parameter.grad, atol=1e-12)


@pytest.mark.parametrize("objective", ["skipgram", "cbow"])
def test_many_shared_draws_are_on_average_k_draws_for_each_guess(objective: str) -> None:
    """The loss over all words as noise, by their shares, equals the expectation that the formula names."""
    torch.manual_seed(0)
    network, read = _network(objective, negatives=3), _passages()
    every = Passages(read.words, read.radius, read.kept, torch.arange(V))
    one_by_one = [
        network(Passages(read.words, read.radius, read.kept, torch.tensor([word]))).item()
        for word in range(V)
    ]
    assert network(every).item() == pytest.approx(sum(one_by_one) / V)


def test_it_begins_at_guessing() -> None:
    spec = WordVectorsSpec(negatives=7)
    network = WordVectors(spec, V)
    assert network(_passages()).item() == pytest.approx(spec.guessing())
    assert spec.guessing() == pytest.approx(8 * math.log(2))
    assert network.given.weight.abs().max() <= 0.5 / spec.dimension


def test_where_nothing_is_kept_there_is_nothing_to_learn() -> None:
    network = _network("skipgram")
    loss = network(_passages(kept=0.0))
    loss.backward()
    assert loss.item() == 0
    assert not any(parameter.grad.any() for parameter in network.parameters())


@pytest.mark.parametrize("objective", ["skipgram", "cbow"])
def test_nothing_is_reckoned_on_another_device(objective: str) -> None:
    """On torch's device without numbers, which refuses tensors of any other."""
    read = _passages()
    away = Passages(*(getattr(read, name).to("meta") for name in read.__dataclass_fields__))
    assert _network(objective).to("meta")(away).device.type == "meta"


def test_the_formula_counts_what_the_network_has() -> None:
    spec = WordVectorsSpec(dimension=6)
    network = WordVectors(spec, 50)
    assert sum(p.numel() for p in network.parameters()) == spec.parameters(50)
