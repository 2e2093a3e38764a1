"""The memory lesson without a browser: trained and untrained, every control at its ends, bad text."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from core.models.neural import NeuralLanguageModel
from core.models.recurrent import RecurrentLanguageModel
from core.spec.families.recurrent import RecurrentSpec
from core.spec.run import RunSpec
from core.store.starters import starters
from core.store.state import RunState
from core.text.corpora import load_corpus, split
from core.text.errands import errands, errands_zh
from core.worked.recurrent.needed import needed
from core.worked.recurrent.recurrence import (
    Reach,
    Recurrence,
    average_reach,
    sentence_reach,
    total_variation,
)
from lessons.exercises import load_exercises
from lessons.lstm.experiments import ERRANDS, ERRANDS_ZH
from lessons.text import load_lesson
from pages.lstm import need

SPEC = next(s.spec for s in starters() if s.spec.model.family == "recurrent")


@pytest.fixture(scope="module")
def trained():
    """Both cells of the shipped specification; see ``_train_a_little``."""
    specs = {
        cell: SPEC.model_copy(update={"model": SPEC.model.model_copy(update={"cell": cell})})
        for cell in ("lstm", "rnn")
    }
    return {cell: _train_a_little(spec) for cell, spec in specs.items()}


@pytest.fixture(scope="module")
def errands_trained():
    for arm in (*ERRANDS, *ERRANDS_ZH):
        _train_a_little(arm.spec)


def _train_a_little(spec: RunSpec):
    """A run that does not ship is trained for real, but only for two steps: enough for a tokenizer, a
    model and a loss. It stands where learners' runs stand."""
    from core.store.folder import RunWriter
    from core.training.training import Training
    from pages.parts.frame import services

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
    folder = services.library().find(spec.id)
    assert folder.state.state == RunState.DONE
    return folder


def bet(app, exercise: str, option: str):
    app.button_group(key=f"lstm_{exercise}_answer").set_value(option).run()
    return app.button(key=f"lstm_{exercise}_check").click().run()


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


def test_any_text_gets_a_picture_or_a_sentence(open_page, trained) -> None:
    """An empty text has no gates and no reach; one token has gates, but nothing to look back at."""
    app = open_page("lstm")
    texts = (("", 2), ("🙂", 1), ("没有这个词", 0), ("x" * 2000, 1), ("$a_b$ `<b>`", 0))
    for typed, sentences in texts:
        app.text_input(key="lstm_text").set_value(typed)
        app.text_input(key="lstm_reach_text").set_value(typed).run()
        assert not app.exception, typed
        assert len(app.warning) == sentences, typed


def test_a_bet_on_the_loss_is_judged_by_the_two_runs(open_page, trained) -> None:
    losses = {cell: folder.snapshots()[-1].validation_loss for cell, folder in trained.items()}
    app = open_page("lstm")
    app.button_group(key="lstm_bet_rnn_answer").set_value(min(losses, key=losses.get)).run()
    app.button(key="lstm_bet_rnn_check").click().run()
    assert not app.exception
    assert len(app.success) == 1


ANSWERS = {
    "bet_rnn": ("rnn", "Same text, same seed"),
    "bet_forget": ("open", "Measured on stories it never saw"),
    "bet_reach": ("near", "replacing the last token moves the prediction"),
    "bet_errands": ("lstm", "Guessing among the 16 things"),
}


def test_no_bet_stands_above_its_answer(open_page, trained, errands_trained) -> None:
    """All runs are there, and yet nothing that decides a bet is shown before it is placed."""
    app = open_page("lstm")
    for _option, answer in ANSWERS.values():
        assert answer not in texts(app)
    for exercise, (option, answer) in ANSWERS.items():
        bet(app, exercise, option)
        assert not app.exception
        assert answer in texts(app), exercise
    outcomes = [*app.success, *app.error]
    assert len(outcomes) == len(ANSWERS), "each is judged at once"


def test_what_the_tales_need_shows_one_cell_until_the_bet_on_the_losses(
    open_page, trained, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another learner may have trained the RNN: its line beside the LSTM's would tell which is lower."""
    shown: list[list[str]] = []
    monkeypatch.setattr(
        need, "show_need", lambda runs: shown.append([run.spec.model.cell for run in runs])
    )
    app = open_page("lstm")
    assert shown[-1] == ["lstm"]
    bet(app, "bet_rnn", "rnn")
    assert shown[-1] == ["lstm", "rnn"]


@pytest.mark.parametrize("exercise", ANSWERS)
def test_whoever_loses_a_bet_is_told_why(exercise: str) -> None:
    for language in ("en", "zh"):
        found = load_exercises("lstm", language)[exercise]
        assert found.kind == "predict" and found.explanation
        assert all(option.feedback for option in found.options)


def test_an_errand_is_told_as_long_as_asked_for(open_page, errands_trained) -> None:
    app = open_page("lstm")
    bet(app, "bet_errands", "lstm")
    for wanted in (6, 0, 20):
        app.slider(key="lstm_seen").set_value(wanted).run()
        assert not app.exception
        (told,) = [line for line in texts(app).split("\n") if line.startswith("> ") and "…" in line]
        assert told.count("sees") == wanted
        guesses = [line for line in texts(app).split("\n") if line.count("%") == 3]
        assert len(guesses) == 3, "the three likeliest of each network"
        assert "of the 64 units" in texts(app)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_sample_is_of_the_text_that_is_learned(open_page, language: str) -> None:
    told = {"en": errands, "zh": errands_zh}[language](12, ERRANDS[0].spec.corpus.seed).text
    app = open_page("lstm", language)
    (sample,) = [element.value for element in app.markdown if element.value.startswith("> ")]
    lines = [line[2:] for line in sample.split("\n") if len(line) > 2]
    assert len(lines) == 3 and all(line in told for line in lines)


@pytest.mark.parametrize(
    ("size", "said"), [(0.5, "it vanishes"), (1.5, "times as long."), (3.0, "it explodes")]
)
def test_the_gradient_vanishes_or_explodes_with_u(open_page, size: float, said: str) -> None:
    app = open_page("lstm")
    app.slider(key="lstm_size").set_value(size).run()
    assert not app.exception
    assert said in texts(app)


def test_what_the_tales_need_is_said_of_the_shipped_lstm(open_page) -> None:
    """The lesson's text counts on it: a few tokens do, and what lies beyond them is worth little."""
    from pages.parts.frame import services

    (run,) = [services.look().finished(SPEC)]
    measured = needed(
        Recurrence(run.model_path, "lstm", 1),
        run.tokenizer.encode(split(load_corpus(SPEC.corpus).text)[1]),
    )
    eight = measured.read.index(8)
    assert measured.enough(0.05) <= 8
    assert measured.losses[eight] - measured.losses[-1] < 0.05
    assert measured.missing[eight] < 0.05
    assert "with the last 8 tokens its loss is already within" in texts(open_page("lstm"))


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
