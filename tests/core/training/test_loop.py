from __future__ import annotations

import dataclasses
import itertools
import math
import pickle
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from core.errors import LearnerError
from core.inspection.heads import head_maps
from core.spec.families.gpt import GPTSpec
from core.spec.families.ngram import NGramSpec
from core.spec.families.recurrent import RecurrentSpec
from core.spec.recipe import RecipeSpec
from core.spec.run import ModelSpec, RunSpec
from core.spec.text import CorpusSpec, TokenizerSpec
from core.store.snapshot import Snapshot
from core.text.material import prepare
from core.text.own import digest
from core.training import loop
from core.training.evaluation import validation_loss
from core.training.families import FAMILIES
from core.training.loop import Diverged, Overtime
from core.training.schedule import full_steps, reported_steps
from core.training.training import Training, train

GPT = GPTSpec(layers=1, heads=2, width=32, context=16, dropout=0.1)
LSTM = RecurrentSpec(width=24, context=16, dropout=0.1, layers=2)


def spec_of(model: ModelSpec, **recipe: object) -> RunSpec:
    return RunSpec(
        corpus=CorpusSpec(size=60),
        tokenizer=TokenizerSpec(vocabulary=200),
        model=model,
        recipe=RecipeSpec(**{"steps": 24, "batch": 4, "warmup": 4, "snapshots": 4, **recipe}),
    )


def own(text: str, model: ModelSpec) -> RunSpec:
    return RunSpec(
        corpus=CorpusSpec(name="own", digest=digest(text)),
        tokenizer=TokenizerSpec(kind="characters", vocabulary=64),
        model=model,
        recipe=RecipeSpec(steps=2, batch=2, snapshots=2),
    )


def assert_same(one: list[Snapshot], other: list[Snapshot]) -> None:
    """Equal in everything but the time they took."""
    for a, b in zip(one, other, strict=True):
        assert dataclasses.replace(a, seconds=0.0).to_json() == (
            dataclasses.replace(b, seconds=0.0).to_json()
        )
        assert a.arrays.keys() == b.arrays.keys()
        for name, array in a.arrays.items():
            np.testing.assert_array_equal(array, b.arrays[name])


@pytest.mark.parametrize("model", [GPT, LSTM], ids=["gpt", "lstm"])
def test_the_same_specification_gives_the_same_numbers(model: ModelSpec) -> None:
    first = list(train(spec_of(model)))
    torch.manual_seed(99)
    assert_same(first, list(train(spec_of(model))))
    other_seed = list(train(spec_of(model).model_copy(update={"seed": 2})))
    assert other_seed[-1].train_loss != first[-1].train_loss


@pytest.mark.parametrize("model", [GPT, LSTM], ids=["gpt", "lstm"])
def test_a_resumed_run_equals_one_that_never_stopped(model: ModelSpec, tmp_path: Path) -> None:
    spec = spec_of(model)
    whole = list(train(spec))
    stopped = Training(spec)
    before = list(itertools.islice(stopped.snapshots(), 11))
    stopped.save_checkpoint(tmp_path / "checkpoint.safetensors")
    del stopped
    resumed = Training(spec, checkpoint=tmp_path / "checkpoint.safetensors")
    after = list(resumed.snapshots())
    assert before[-1].step < after[0].step
    assert_same(whole, before + after)
    assert after[0].seconds > before[-1].seconds


def test_snapshots_come_at_their_steps_and_hold_what_they_should() -> None:
    spec = spec_of(GPT)
    training = Training(spec)
    snapshots = list(training.snapshots())
    assert [s.step for s in snapshots] == list(reported_steps(spec.recipe))
    assert [s.step for s in snapshots if s.full] == list(full_steps(spec.recipe))
    assert [s.tokens for s in snapshots] == [s.step * 4 * 16 for s in snapshots]
    seconds = [s.seconds for s in snapshots]
    assert seconds == sorted(seconds) and seconds[0] > 0
    first = snapshots[0]
    assert first.gradient_norm is None and first.learning_rate is None
    assert first.validation_loss == pytest.approx(
        math.log(training.tokenizer.vocabulary_size), abs=0.3
    )
    for snapshot in snapshots:
        looked_at = set(GPTSpec.snapshot_arrays) if snapshot.full else set()
        assert set(snapshot.arrays) == looked_at
        assert (snapshot.sample is not None) == snapshot.full
        if snapshot.full:
            size = len(training.probe.tokens)
            assert snapshot.probe == training.probe.shown and len(training.probe.shown) == size
            attention = snapshot.arrays["attention"]
            assert attention.shape == (1, 2, size, size) and attention.dtype == np.float16
            rows = attention.astype(np.float64).sum(-1)
            np.testing.assert_allclose(rows, 1, atol=5e-3)


@pytest.mark.parametrize("model", [GPT, LSTM], ids=["gpt", "lstm"])
def test_the_saved_model_is_the_one_of_the_last_snapshot(model: ModelSpec, tmp_path: Path) -> None:
    spec = spec_of(model)
    training = Training(spec)
    last = list(training.snapshots())[-1]
    training.save_model(tmp_path / "model.safetensors")
    family, size = FAMILIES[spec.model.family], training.tokenizer.vocabulary_size
    loaded = family.load(spec, size, tmp_path / "model.safetensors").module
    assert loaded is not None
    validation = torch.from_numpy(prepare(spec).validation)
    assert validation_loss(loaded, validation, 16) == pytest.approx(last.validation_loss, abs=1e-5)
    if "attention" in last.arrays:
        maps = head_maps(loaded, training.probe.tokens)
        np.testing.assert_allclose(maps, last.arrays["attention"], atol=1e-3)


def test_an_ngram_has_one_full_snapshot(tmp_path: Path) -> None:
    training = Training(spec_of(NGramSpec(order=2)))
    (only,) = training.snapshots()
    assert only.full and not only.arrays and only.sample
    assert only.train_loss < only.validation_loss < math.log(training.tokenizer.vocabulary_size)
    training.save_model(tmp_path / "model.safetensors")
    assert (tmp_path / "model.safetensors").stat().st_size > 1000


def test_a_tiny_gpt_learns_and_makes_use_of_its_context() -> None:
    """Below ln V is not enough, nor is what the last token alone tells: the same model that sees
    only one token at a time is clearly worse."""
    spec = spec_of(
        GPTSpec(layers=2, heads=2, width=32, context=32),
        steps=250,
        batch=8,
        learning_rate=1e-2,
        snapshots=2,
    )
    spec = spec.model_copy(update={"corpus": CorpusSpec(size=300)})
    training = Training(spec)
    last = list(training.snapshots())[-1]
    assert last.validation_loss < 0.5 * math.log(training.tokenizer.vocabulary_size)
    training.model.eval()
    validation = torch.from_numpy(prepare(spec).validation)
    with_context = validation_loss(training.model, validation, 32)
    without = validation_loss(training.model, validation, 1)
    assert with_context < without - 0.3


def test_divergence_is_explained_and_the_weights_stay_good(tmp_path: Path) -> None:
    training = Training(spec_of(GPT, learning_rate=7.5))
    snapshots = training.snapshots()
    for _ in range(3):
        last = next(snapshots)
    training.save_model(tmp_path / "good.safetensors")
    hook = training.model.register_forward_hook(lambda module, inputs, out: out * math.nan)
    with pytest.raises(
        Diverged, match=r"at step 3\. The learning rate of 7\.5 .* a tenth"
    ) as error:
        next(snapshots)
    hook.remove()
    assert last.step == 2
    training.save_model(tmp_path / "after.safetensors")
    after = load_file(tmp_path / "after.safetensors")
    for name, weights in load_file(tmp_path / "good.safetensors").items():
        assert torch.equal(weights, after[name])
    copied = pickle.loads(pickle.dumps(error.value))
    assert type(copied) is Diverged and str(copied) == str(error.value)
    assert copied.values == error.value.values


def test_a_run_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "LONGEST_RUN_SECONDS", 0)
    snapshots = Training(spec_of(GPT)).snapshots()
    assert next(snapshots).step == 0
    with pytest.raises(Overtime, match="after 0 seconds"):
        next(snapshots)


def test_a_text_too_short_for_the_context_is_refused() -> None:
    text = "The quick brown fox jumps over the lazy dog, again. " * 4
    with pytest.raises(LearnerError, match="context of 256 needs at least 257"):
        Training(own(text, GPTSpec(width=16, heads=2, context=256)), text)


@pytest.mark.parametrize("model", [GPT, LSTM, NGramSpec()], ids=["gpt", "lstm", "ngram"])
def test_own_text_trains_every_family(model: ModelSpec) -> None:
    text = "The quick brown fox jumps over the lazy dog, again.\n" * 6
    last = list(train(own(text, model), text))[-1]
    assert last.full and math.isfinite(last.validation_loss)
    assert last.probe is not None and 0 < len(last.probe) <= 20
