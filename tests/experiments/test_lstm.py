"""What the memory lesson says of its three networks, they show with five seeds and in both languages."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from safetensors.torch import save_file

from core.inspection.gates import lstm_gates
from core.models.neural import NeuralLanguageModel
from core.spec.families.recurrent import RecurrentSpec
from core.spec.run import RunSpec
from core.store.starters import starters
from core.text.errands import CHINESE, ENGLISH, MOST_SEEN, one_errand
from core.training import training
from core.worked.recurrent.recall import SEEN, Recall, kept_by_unit, needed_at, recall
from core.worked.recurrent.recurrence import Recurrence
from lessons.lstm.experiments import ERRANDS, ERRANDS_ZH
from tests.experiments.seeds import SEEDS

FAR = SEEN.index(MOST_SEEN)
_ALL_SEEDS = [pytest.param(seed, marks=pytest.mark.experiments) for seed in (1, 2, 3, 4, 5)]
"""An RNN takes as long as the LSTM, so that the LSTM alone is in every test run."""


def _trained(spec: RunSpec, seed: int) -> training.Training:
    one_look = spec.recipe.model_copy(update={"snapshots": 1})
    running = training.Training(spec.model_copy(update={"seed": seed, "recipe": one_look}))
    for _snapshot in running.snapshots():
        pass
    return running


def _recall(running: training.Training, folder: Path) -> Recall:
    path = folder / "model.safetensors"
    save_file(running.model.state_dict(), path)
    assert isinstance(running.spec.model, RecurrentSpec)
    market = CHINESE if running.spec.corpus.name == "errands_zh" else ENGLISH
    model = Recurrence(path, running.spec.model.cell, running.spec.model.layers)
    return recall(model, running.tokenizer, market, seed=10_000)


def _some_units_hold_on(running: training.Training) -> None:
    """Their forget gates stay so near 1 that half of what they hold is left at the end."""
    text, _thing = one_errand(ENGLISH, MOST_SEEN, seed=1)
    gates = lstm_gates(running.model, running.tokenizer.encode(text))
    place = needed_at(running.tokenizer, ENGLISH, text)
    kept = kept_by_unit(gates.forget, place)
    assert (kept > 0.95).sum() >= 5
    assert kept.max() > 0.985


@pytest.mark.parametrize("seed", SEEDS)
def test_an_lstm_learns_to_keep_what_is_needed(seed: int, tmp_path: Path) -> None:
    """And two prompts that are alike in their last eight words, or more, get different answers."""
    running = _trained(ERRANDS[0].spec, seed)
    measured = _recall(running, tmp_path)
    assert min(measured.right[: FAR + 1]) >= 0.85
    _some_units_hold_on(running)
    model = NeuralLanguageModel(running.model.eval())
    for between in (" She sees rice. She sees salt.", " She sees rice." * 8):
        for needed in ("tea", "soap"):
            text = f"Anna needs {needed}.{between} She buys"
            shares = np.exp(model.next_log_probabilities([running.tokenizer.encode(text)]))[0]
            assert running.tokenizer.show(int(shares.argmax())) == f"␣{needed}", text


@pytest.mark.parametrize("seed", _ALL_SEEDS)
def test_in_chinese_too(seed: int, tmp_path: Path) -> None:
    assert min(_recall(_trained(ERRANDS_ZH[0].spec, seed), tmp_path).right[: FAR + 1]) >= 0.85


@pytest.mark.parametrize("seed", _ALL_SEEDS)
@pytest.mark.parametrize("arm", ERRANDS[1:], ids=lambda arm: arm.name)
def test_an_rnn_does_not_in_as_many_steps(arm, seed: int, tmp_path: Path) -> None:
    """Of the same width, and with as many weights."""
    assert _recall(_trained(arm.spec, seed), tmp_path).right[FAR] <= 0.75


@pytest.mark.parametrize("seed", _ALL_SEEDS)
def test_on_the_tales_memory_does_not_decide(seed: int) -> None:
    spec = next(one.spec for one in starters() if one.spec.model.family == "recurrent")
    losses = {}
    for cell in ("lstm", "rnn"):
        model = spec.model.model_copy(update={"cell": cell})
        running = training.Training(spec.model_copy(update={"model": model, "seed": seed}))
        (*_, last) = running.snapshots()
        losses[cell] = last.validation_loss
    assert losses["rnn"] < losses["lstm"]
