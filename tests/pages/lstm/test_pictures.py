"""The pictures of trained networks: unrolled, probed, followed by the gradient; reviews that are judged."""

from __future__ import annotations

import json

import pytest

from lessons.lstm.experiments import REVIEWS, REVIEWS_ZH
from pages.lstm.pictures import ScoreBar, score_bars
from pages.lstm.state import TRACKED
from tests.pages.components import sent


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_a_network_is_unrolled_over_the_learners_tokens(open_page, texts, cell: str) -> None:
    app = open_page("lstm", lstm_unrolled=cell, lstm_unrolled_text="Mia saw the dog.")
    assert not app.exception
    drawn = sent(app, "lstm_unrolled_picture")
    assert [step[0] for step in drawn["steps"]] == ["␣Mia", "␣saw", "␣the", "␣dog", "."]
    assert drawn["machine"] == cell.upper()
    assert all(len(step[1]) == 64 and max(map(abs, step[1])) <= 1 for step in drawn["steps"])
    assert "Step 3 reads" in texts(app)
    assert "begins with 128 zeros" in texts(open_page("lstm", lstm_unrolled_at="1"))


def test_a_long_sentence_is_unrolled_as_far_as_it_fits(open_page) -> None:
    app = open_page("lstm", lstm_unrolled_text="Mia saw a dog. " * 20, lstm_unrolled_at="14")
    assert not app.exception
    drawn = sent(app, "lstm_unrolled_picture")
    assert len(drawn["steps"]) == 14 and drawn["chosen"] == 13


@pytest.mark.parametrize("what", TRACKED)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_unit_is_found_that_tracks_something(open_page, language: str, what: str) -> None:
    app = open_page("lstm", language, lstm_what=what)
    assert not app.exception and not app.warning
    drawn = sent(app, "lstm_probe_unit")
    shares = [token[1] for token in drawn["tokens"]]
    assert 0 <= min(shares) < 0.5 < max(shares) <= 1
    figure = json.loads(sent(app, "lstm_probe_scores")["figure"])
    assert len(figure["data"]) == 4


def test_a_text_of_ones_own_is_probed_or_refused_with_a_sentence(open_page) -> None:
    app = open_page(
        "lstm", lstm_what="quotes", lstm_probe_text='Mia says: "The dog is wet." The cat is old.'
    )
    assert not app.exception and not app.warning
    inside = [token[0] for token in sent(app, "lstm_probe_unit")["tokens"] if token[4]]
    assert "␣dog" in inside and "␣cat" not in inside


def test_bars_have_their_intervals_and_chance() -> None:
    bars = [ScoreBar("a", 0.8, 0.7, 0.9), ScoreBar("b", -0.1, -0.3, 0.0)]
    figure = score_bars(bars, "light", "share", 0.5)
    assert [trace["x"] for trace in figure.traces] == [[0.8], [0.0]]
    shapes = figure.layout["shapes"]
    assert (shapes[0]["x0"], shapes[0]["x1"]) == (0.7, 0.9)
    assert shapes[-1]["x0"] == 0.5


@pytest.mark.parametrize(
    ("times", "said"), [("1.0", "it fades"), ("2.0", "it explodes"), ("0.5", "it fades")]
)
def test_the_gradient_vanishes_or_explodes_with_u(open_page, bet, texts, times, said) -> None:
    app = open_page("lstm", lstm_times=times)
    bet(app, "bet_gradient", "rnn")
    assert not app.exception
    (line,) = [one for one in texts(app).split("\n") if one.startswith("**RNN**") and "LSTM" in one
               and "GRU" not in one]  # fmt: skip
    assert said in line.split("**LSTM**")[0]


def test_clipping_saves_what_one_step_would_ruin(open_page, texts) -> None:
    assert "Unclipped, this one step ruins" in texts(open_page("lstm"))
    quiet = texts(open_page("lstm", lstm_clipped_times="1.0"))
    assert "clipping changes nothing" in quiet


@pytest.mark.parametrize(("language", "arms"), [("en", REVIEWS), ("zh", REVIEWS_ZH)])
def test_a_review_is_judged_token_by_token(
    open_page, bet, texts, train_a_little, language: str, arms
) -> None:
    train_a_little(arm.spec for arm in arms)
    app = open_page("lstm", language)
    assert sent(app, "lstm_review_text") is None
    bet(app, "bet_bag", "lstm")
    assert not app.exception
    assert len(sent(app, "lstm_review_text")["tokens"]) > 5
    box = {"en": "lstm_review", "zh": "lstm_review_zh"}[language]
    app.text_input(key=box).set_value("").run()
    assert not app.exception and len(app.warning) == 1
    app.text_input(key=box).set_value("🙂").run()
    assert not app.exception
    counted = sent(app, "lstm_confusion")
    assert counted is not None
    assert {"en": "Accuracy **", "zh": "准确率 **"}[language] in texts(app)
