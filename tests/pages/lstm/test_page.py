"""The memory lesson without a browser: it opens, its bets are judged, whatever is typed has a sentence."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

from core.store.starters import starters
from core.text.corpora import load_corpus, split
from core.text.made.market import MOST_SEEN, market, market_zh
from core.worked.recurrent.needed import needed
from core.worked.recurrent.recall import SEEN, Recall
from core.worked.recurrent.recurrence import Recurrence
from lessons.exercises import load_exercises
from lessons.lstm.experiments import FORGET, RECALL, REVIEWS, TRUNCATED
from lessons.text import load_lesson
from pages.lstm import need, reviewing, variants
from pages.parts.frame import services

SPEC = next(s.spec for s in starters() if s.spec.model.family == "recurrent")


@pytest.fixture(scope="module")
def trained(train_a_little):
    """All that the lesson's own experiments train."""
    train_a_little(arm.spec for arm in (*FORGET, *TRUNCATED, *REVIEWS))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_opens(open_page, language: str) -> None:
    app = open_page("lstm", language)
    assert not app.exception
    assert not app.warning
    assert len(app.header) >= 6
    assert set(load_exercises("lstm", language)) <= set(load_lesson("lstm", language).slots)


def test_the_forgetting_curve_at_both_ends(open_page, texts) -> None:
    app = open_page("lstm")
    assert "half is gone after **6.6** words" in texts(app)
    app.slider(key="lstm_keep").set_value(0.5).run()
    assert "half is gone after **1.0** words" in texts(app)
    app.slider(key="lstm_keep").set_value(1.0).run()
    assert not app.exception
    assert "nothing is ever lost" in texts(app)


def test_any_text_gets_a_picture_or_a_sentence(open_page) -> None:
    """An empty text has no gates and no reach; one token has gates, but nothing to look back at. A text for
    the probe may be empty: then it is one of the corpus."""
    app = open_page("lstm")
    cases = (("", 3), ("🙂", 1), ("没有这个词", 0), ("x" * 2000, 1), ("$a_b$ `<b>`", 0))
    for typed, sentences in cases:
        for name in ("lstm_text", "lstm_unrolled_text", "lstm_reach_text", "lstm_probe_text"):
            app.text_input(key=name).set_value(typed)
        app.run()
        assert not app.exception, typed
        assert len(app.warning) == sentences, [typed, [one.value for one in app.warning]]


ANSWERS = {
    "bet_rnn": ("rnn", "Same text, same seed"),
    "bet_gradient": ("rnn", "it explodes"),
    "bet_forget": ("open", "Measured on stories it never saw"),
    "bet_errands": ("rnn", "Guessing among the"),
    "bet_bias": ("alike", "forget bias −2 **"),
    "bet_bag": ("lstm", "Right on held-out reviews"),
}


def test_no_bet_stands_above_its_answer(open_page, bet, texts, trained) -> None:
    """All runs are there, and yet nothing that decides a bet is shown before it is placed."""
    app = open_page("lstm")
    for _option, answer in ANSWERS.values():
        assert answer not in texts(app)
    for exercise, (option, answer) in ANSWERS.items():
        bet(app, exercise, option)
        assert not app.exception
        assert answer in texts(app), exercise
    look = services.look()
    assert variants.bias_truth(look) and reviewing.reviews_truth(look), "all have ended"
    others = {"bet_bias": variants.bias_truth(look), "bet_bag": reviewing.reviews_truth(look)}
    won = [name for name, (option, _) in ANSWERS.items() if others.get(name, option) == option]
    assert (len(app.success), len(app.error)) == (len(won), len(ANSWERS) - len(won))


def _right_at_the_end(share: float) -> Recall:
    return Recall(SEEN, SEEN, tuple(share if seen == MOST_SEEN else 1.0 for seen in SEEN), 1 / 12)


@pytest.mark.parametrize(
    ("shares", "truth"),
    [
        ((1.0, 1.0, 1.0), "alike"),
        ((0.96, 1.0, 0.98), "alike"),
        ((1.0, 0.94, 0.97), "one"),
        ((0.5, 0.6, 0.4), "zero"),
        ((0.1, 0.2, 0.9), "shut"),
    ],
)
def test_the_best_beginning_is_the_one_that_is_clearly_best(
    shares: tuple[float, ...], truth: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What trained ones come to, in both languages, is held in the experiments."""
    runs = {
        arm.name: SimpleNamespace(is_done=True, at=at)
        for arm, at in zip(FORGET, shares, strict=True)
    }
    monkeypatch.setattr(variants, "finished", lambda _arms, _look: runs)
    monkeypatch.setattr(variants, "recall_of", lambda run: _right_at_the_end(run.at))
    assert variants.bias_truth(services.look()) == truth


@pytest.mark.parametrize(
    ("lstm", "bag", "truth"),
    [(1.0, 0.75, "lstm"), (0.75, 1.0, "bag"), (0.99, 0.98, "equal"), (0.99, 0.96, "lstm")],
)
def test_the_better_judge_is_the_one_that_is_clearly_better(
    lstm: float, bag: float, truth: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reviewing, "_judges", lambda _look: {"lstm": lstm, "bag": bag})
    monkeypatch.setattr(reviewing, "_right", lambda share: share)
    assert reviewing.reviews_truth(services.look()) == truth


def test_the_bets_on_what_ships_come_out_as_the_lesson_says(open_page, bet) -> None:
    """The explanations count on it: the RNN explodes alone, and forgets with the N-gram."""
    app = open_page("lstm")
    for exercise, option in (("bet_gradient", "rnn"), ("bet_errands", "rnn"), ("bet_rnn", "rnn")):
        bet(app, exercise, option)
    assert not app.exception
    assert len(app.success) == 3 and not app.error


def test_in_chinese_the_same_ones_forget(open_page, bet) -> None:
    app = open_page("lstm", "zh")
    bet(app, "bet_errands", "rnn")
    assert len(app.success) == 1


def test_what_the_tales_need_shows_one_cell_until_the_bet_on_the_losses(
    open_page, bet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both ship: the RNN's line beside the LSTM's would tell which is lower."""
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


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_sample_is_of_the_text_that_is_learned(open_page, language: str) -> None:
    told = {"en": market, "zh": market_zh}[language](12, RECALL[0].spec.corpus.seed).text
    app = open_page("lstm", language)
    (sample,) = [element.value for element in app.markdown if element.value.startswith("> ")]
    lines = [line[2:] for line in sample.split("\n") if len(line) > 2]
    assert len(lines) == 3 and all(line in told for line in lines)


def test_a_day_is_told_as_long_as_asked_for(open_page, bet, texts) -> None:
    app = open_page("lstm")
    bet(app, "bet_errands", "rnn")
    for wanted in (6, 0, 20):
        app.slider(key="lstm_seen").set_value(wanted).run()
        assert not app.exception
        (told,) = [line for line in texts(app).split("\n") if line.startswith("> ") and "…" in line]
        assert told.count(",") == (wanted + 1 if wanted else 0)
        guesses = [line for line in texts(app).split("\n") if line.count("%") == 3]
        assert len(guesses) >= 4, "the three likeliest of each model"
        assert "of the 64 units" in texts(app)


def test_what_the_tales_need_is_said_of_the_shipped_lstm(open_page, texts) -> None:
    """The lesson's text counts on it: a few tokens do, and what lies beyond them is worth little."""
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


def test_the_ngram_is_a_line_beside_the_curves(open_page) -> None:
    """It reads the same tokens, so its loss may be drawn on the same axes."""
    from tests.pages.components import sent

    app = open_page("lstm")
    figure = json.loads(sent(app, "lstm_losses")["figure"])
    names = [trace.get("name") for trace in figure["data"]]
    assert any("N-gram" in str(name) for name in names)
    ngram = services.look().finished(services.shipped("ngram"))
    assert ngram is not None and ngram.final_loss > services.look().finished(SPEC).final_loss
