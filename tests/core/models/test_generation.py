"""Cached generation against the plain forward pass, and the networks behind the protocol."""

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import nn

from core.models.generation import generate
from core.models.network import START, TextNetwork
from core.models.neural import NeuralLanguageModel
from core.models.recurrent import RecurrentLanguageModel
from core.models.transformer import GPT
from core.spec.families.gpt import GPTSpec
from core.spec.families.recurrent import RecurrentSpec

V = 23
SPECS = [
    GPTSpec(layers=2, heads=2, width=16, context=10),
    GPTSpec.model_validate(
        {"layers": 2, "heads": 2, "width": 16, "context": 10, "positions": "rotary", "norm": "post"}
    ),
    GPTSpec.model_validate(
        {"layers": 1, "heads": 4, "width": 16, "context": 10, "positions": "sinusoidal"}
    ),
    RecurrentSpec(layers=2, width=12, context=10),
    RecurrentSpec(cell="rnn", layers=1, width=12, context=10),
]


def built(spec: GPTSpec | RecurrentSpec) -> TextNetwork:
    return GPT(spec, V) if isinstance(spec, GPTSpec) else RecurrentLanguageModel(spec, V)


def lively(spec: GPTSpec | RecurrentSpec) -> TextNetwork:
    """Weights large enough for the answers to differ from context to context."""
    torch.manual_seed(11)
    module = built(spec).eval()
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.4)
    return module


def best(logits: NDArray[np.float64]) -> int:
    assert logits.shape == (V,) and logits.dtype == np.float64
    return int(logits.argmax())


@pytest.mark.parametrize("spec", SPECS, ids=str)
@pytest.mark.parametrize("length", [1, 9, 10, 14])
def test_cached_generation_is_the_uncached_token_by_token(
    spec: GPTSpec | RecurrentSpec, length: int
) -> None:
    module = lively(spec)
    prompt = np.random.default_rng(length).integers(V, size=length)
    noise = np.random.default_rng(0).gumbel(size=(25, V)) * 10
    given: list[NDArray[np.float64]] = []

    def draw(logits: NDArray[np.float64]) -> int:
        given.append(logits)
        return best(logits + noise[len(given) - 1])

    written = list(generate(module, prompt, 25, draw))
    assert len(set(written)) > 5
    text = [int(token) for token in prompt]
    for step, token in enumerate(written):
        read = text[-10:] if isinstance(spec, GPTSpec) else text
        with torch.no_grad():
            logits = module(torch.tensor([read]))[0, -1].double().numpy()
        np.testing.assert_allclose(given[step], logits, atol=1e-5)
        assert given[step].argmax() == logits.argmax()
        assert token == (logits + noise[step]).argmax()
        text.append(token)


@pytest.mark.parametrize("spec", [SPECS[0], SPECS[3]], ids=str)
def test_without_a_prompt_it_begins_with_the_start_token(spec: GPTSpec | RecurrentSpec) -> None:
    module = lively(spec)
    nothing, start = np.array([], dtype=np.int64), np.array([START])
    assert list(generate(module, nothing, 6, best)) == list(generate(module, start, 6, best))
    model = NeuralLanguageModel(module)
    np.testing.assert_array_equal(
        model.next_log_probabilities([nothing]), model.next_log_probabilities([start])
    )


def test_generation_leaves_gradients_on_between_tokens() -> None:
    for _ in generate(lively(SPECS[0]), np.array([1]), 2, best):
        assert torch.is_grad_enabled() and not torch.is_inference_mode_enabled()
    with pytest.raises(TypeError, match="Linear does not generate"):
        next(generate(nn.Linear(2, 2), np.array([1]), 1, best))


@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_contexts_of_different_lengths_are_answered_as_if_alone(
    spec: GPTSpec | RecurrentSpec,
) -> None:
    module = lively(spec)
    model = NeuralLanguageModel(module)
    chance = np.random.default_rng(0)
    contexts = [chance.integers(V, size=n) for n in (3, 0, 1, 10, 17, 3)]
    answers = model.next_log_probabilities(contexts)
    assert answers.shape == (6, V) and answers.dtype == np.float64
    np.testing.assert_allclose(np.exp(answers).sum(axis=1), 1.0, atol=1e-12)
    for context, answer in zip(contexts, answers, strict=True):
        read = context[-10:] if len(context) else np.array([START])
        with torch.no_grad():
            alone = module(torch.from_numpy(read)[None])[0, -1].double().log_softmax(dim=-1)
        np.testing.assert_allclose(answer, alone.numpy(), atol=1e-5)
    assert model.next_log_probabilities([]).shape == (0, V)


@pytest.mark.parametrize("spec", SPECS, ids=str)
@pytest.mark.parametrize("length", [1, 2, 10, 11, 12, 45])
def test_a_text_is_scored_in_windows_that_share_one_token(
    spec: GPTSpec | RecurrentSpec, length: int
) -> None:
    model = NeuralLanguageModel(lively(spec))
    tokens = np.random.default_rng(length).integers(V, size=length)
    scored = model.token_log_probabilities(tokens)
    assert scored.shape == (length - 1,)
    for i, value in enumerate(scored, start=1):
        window = tokens[(i - 1) // 10 * 10 : i]
        assert value == pytest.approx(
            model.next_log_probabilities([window])[0, tokens[i]], abs=1e-5
        )


def test_large_batches_are_split_without_a_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    model = NeuralLanguageModel(lively(SPECS[0]))
    chance = np.random.default_rng(1)
    contexts = [chance.integers(V, size=n) for n in chance.integers(0, 12, size=40)]
    tokens = chance.integers(V, size=200)
    whole = model.next_log_probabilities(contexts), model.token_log_probabilities(tokens)
    monkeypatch.setattr("core.models.neural._TOKENS_AT_ONCE", 25)
    split = model.next_log_probabilities(contexts), model.token_log_probabilities(tokens)
    for one, other in zip(whole, split, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-5)


def test_asking_leaves_the_module_training_and_without_dropout_in_the_answer() -> None:
    module = GPT(GPTSpec(width=16, heads=2, context=8, dropout=0.5), V)
    model = NeuralLanguageModel(module)
    first = model.next_log_probabilities([np.array([1, 2])])
    np.testing.assert_array_equal(first, model.next_log_probabilities([np.array([1, 2])]))
    assert module.training


class _Copier(TextNetwork):
    """The least that a network of a further family must have: it repeats the last token."""

    vocabulary_size, context = V, 4

    def __init__(self) -> None:
        super().__init__()
        self.scale = nn.Parameter(torch.tensor(9.0))

    def features(self, tokens: torch.Tensor) -> torch.Tensor:
        return nn.functional.one_hot(tokens, V).float()

    def unembed(self, features: torch.Tensor) -> torch.Tensor:
        return self.scale * features


def test_a_network_that_keeps_nothing_reads_its_window_anew() -> None:
    seen: list[tuple[int, ...]] = []
    copier = _Copier().eval()
    features = copier.features
    copier.features = lambda tokens: (seen.append(tuple(tokens[0].tolist())), features(tokens))[1]  # type: ignore[method-assign]
    assert list(generate(copier, np.array([1, 2, 3]), 3, best)) == [3, 3, 3]
    assert seen == [(1, 2, 3), (1, 2, 3, 3), (2, 3, 3, 3)]
