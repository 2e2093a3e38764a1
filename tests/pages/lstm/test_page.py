"""The memory lesson without a browser: trained and untrained, every control at its ends, bad text."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from core.models.neural import NeuralLanguageModel
from core.models.recurrent import RecurrentLanguageModel
from core.spec.families.recurrent import RecurrentSpec
from core.store.starters import starters
from core.store.state import RunState
from core.worked.recurrent.recurrence import (
    Reach,
    Recurrence,
    average_reach,
    sentence_reach,
    total_variation,
)
from lessons.exercises import load_exercises
from lessons.text import load_lesson

SPEC = next(s.spec for s in starters() if s.spec.model.family == "recurrent")


@pytest.fixture(scope="module")
def trained():
    """Both cells of the shipped specification. One that does not ship is trained for real, but only
    for two steps: enough for a tokenizer, a model and a loss. It stands where learners' runs stand."""
    from core.store.folder import RunWriter
    from core.training.training import Training
    from pages.parts.frame import services

    folders = {}
    for cell in ("lstm", "rnn"):
        spec = SPEC.model_copy(update={"model": SPEC.model.model_copy(update={"cell": cell})})
        if services.library().find(spec.id) is None:
            training = Training(spec)
            writer = RunWriter(services.RUNS_FOLDER, spec)
            writer.queue()
            writer.begin(training.tokenizer)
            for snapshot in training.snapshots():
                writer.append(snapshot)
                if snapshot.step >= 2:
                    break
            writer.finish(training)
        folders[cell] = services.library().find(spec.id)
        assert folders[cell].state.state == RunState.DONE
    return folders


def texts(app) -> str:
    return "\n".join(element.value for element in app.markdown)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_opens(open_page, language: str) -> None:
    app = open_page("lstm", language)
    assert not app.exception
    assert len(app.header) >= 6
    assert set(load_exercises("lstm", language)) <= set(load_lesson("lstm", language).slots)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_opens_with_trained_models(open_page, trained, language: str) -> None:
    app = open_page("lstm", language)
    assert not app.exception
    assert not app.warning
    assert app.selectbox(key="lstm_token").value == 3


def test_the_forgetting_curve_at_both_ends(open_page) -> None:
    app = open_page("lstm")
    assert "half is gone after **6.6** words" in texts(app)
    app.slider(key="lstm_keep").set_value(0.5).run()
    assert "half is gone after **1.0** words" in texts(app)
    app.slider(key="lstm_keep").set_value(1.0).run()
    assert not app.exception
    assert "nothing is ever lost" in texts(app)


def test_the_step_is_the_cells_own_arithmetic(open_page, trained) -> None:
    app = open_page("lstm")
    latex = "\n".join(element.value for element in app.latex)
    assert all(rf"{symbol} = \sigma(" in latex for symbol in "fio")
    assert r"g = \tanh(" in latex and "c =" in latex and "h =" in latex
    app.number_input(key="lstm_unit").set_value(SPEC.model.width - 1).run()
    assert f"**Unit {SPEC.model.width - 1} reads" in texts(app)
    app.selectbox(key="lstm_token").set_value(1).run()
    assert not app.exception
    assert "Its cell after the beginning: **0.000**" in texts(app)
    app.button_group(key="lstm_view").set_value("unit").run()
    assert not app.exception


@pytest.mark.parametrize(
    ("typed", "sentences"),
    [("", 2), ("🙂", 1), ("没有这个词", 0), ("x" * 2000, 1), ("$a_b$ `<b>`", 0)],
)
def test_any_text_gets_a_picture_or_a_sentence(
    open_page, trained, typed: str, sentences: int
) -> None:
    """An empty text has no gates and no reach; one token has gates, but nothing to look back at."""
    app = open_page("lstm")
    app.text_input(key="lstm_text").set_value(typed).run()
    app.text_input(key="lstm_reach_text").set_value(typed).run()
    assert not app.exception
    assert len(app.warning) == sentences


def test_a_bet_on_the_loss_is_judged_by_the_two_runs(open_page, trained) -> None:
    losses = {cell: folder.snapshots()[-1].validation_loss for cell, folder in trained.items()}
    app = open_page("lstm")
    app.button_group(key="lstm_bet_rnn_answer").set_value(min(losses, key=losses.get)).run()
    app.button(key="lstm_bet_rnn_check").click().run()
    assert not app.exception
    assert len(app.success) == 1


def test_a_link_to_an_impossible_unit_and_token(open_page, trained) -> None:
    app = open_page("lstm", lstm_unit="999", lstm_token="99", lstm_view="?")
    assert not app.exception
    assert app.selectbox(key="lstm_token").value == 3


@pytest.mark.parametrize("layers", [1, 2])
@pytest.mark.parametrize("cell", ["rnn", "lstm"])
def test_numpy_predicts_what_the_real_model_predicts(tmp_path, cell: str, layers: int) -> None:
    torch.manual_seed(3)
    module = RecurrentLanguageModel(
        RecurrentSpec(cell=cell, layers=layers, width=6, context=8), 11
    ).eval()
    save_file(module.state_dict(), tmp_path / "model.safetensors")
    tokens = np.array([[1, 4, 10, 0, 7], [2, 2, 3, 9, 5]])
    ours = Recurrence(tmp_path / "model.safetensors", cell, layers).next_probabilities(tokens)
    with torch.inference_mode():
        real = torch.softmax(module(torch.from_numpy(tokens))[:, -1].double(), dim=-1).numpy()
    np.testing.assert_allclose(ours, real, atol=1e-6)
    assert NeuralLanguageModel(module).context == 8


class _LooksBack:
    """A model whose prediction is the token three back, and nothing else."""

    def next_probabilities(self, tokens):
        return np.eye(5)[tokens[:, -3]]


def test_the_reach_of_a_model_that_looks_three_back() -> None:
    held_out = np.tile([0, 1, 2, 3, 4, 2, 1], 40)
    reach = average_reach(_LooksBack(), held_out)
    moved = dict(zip(reach.distances, reach.moved, strict=True))
    assert moved.pop(3) == 1.0
    assert set(moved.values()) == {0.0}
    bars = sentence_reach(_LooksBack(), np.array([0, 1, 2, 3, 4]), held_out)
    assert bars.tolist() == [0, 0, 1, 0, 0]


def test_total_variation_and_fading() -> None:
    p, q = np.array([0.5, 0.5, 0.0]), np.array([0.25, 0.25, 0.5])
    assert total_variation(p, q) == 0.5
    assert Reach((1, 2, 4), (0.8, 0.05, 0.2), 9).faded(0.1) is None
    assert Reach((1, 2, 4), (0.8, 0.05, 0.01), 9).faded(0.1) == 2
