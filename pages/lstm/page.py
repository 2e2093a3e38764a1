"""Lesson memory: an RNN and an LSTM, their gates on the learner's text, and how far back they reach."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import partial

import numpy as np
import streamlit as st

from core.errors import LearnerError
from core.questions.recurrent import Activity
from core.spec.families.recurrent import Cell, RecurrentSpec
from core.store.look import Look
from core.store.view import RunView
from pages.lstm.gates import show_gate_bench
from pages.lstm.gradient import gradient_truth, show_exploding, show_gradient, show_lengths
from pages.lstm.keeping import show_keeping, show_parameters
from pages.lstm.naming import show_find_unit
from pages.lstm.need import show_need
from pages.lstm.reach import (
    held_out,
    show_average_reach,
    show_sentence_reach,
)
from pages.lstm.recall import recall_truth, show_recall_experiment, show_sample
from pages.lstm.reviewing import (
    reviews_truth,
    show_confusion,
    show_own_review,
    show_reviews,
)
from pages.lstm.runs import Runs, cell_name, look_at_runs, twin, versus_sentence
from pages.lstm.state import KNOBS, PANEL
from pages.lstm.step.bench import show_gru_bench, show_step_bench
from pages.lstm.unrolling import show_unrolled
from pages.lstm.variants import bias_truth, show_beginnings, show_bias, show_truncated
from pages.parts.exercises.box import after_bet, bet_placed
from pages.parts.frame import services
from pages.parts.frame.ask import ask
from pages.parts.frame.language import _, worded
from pages.parts.frame.services import shipped
from pages.parts.lesson import below, beside, inline, show_lesson
from pages.parts.training.chosen import ChosenRun, chosen_run, show_chosen_run
from pages.parts.training.controls import begin_training
from pages.parts.training.panel import expected_seconds

SLUG = "lstm"
SHIPPED = shipped("recurrent")
assert isinstance(SHIPPED.model, RecurrentSpec)
SHIPPED_WIDTH = SHIPPED.model.width
COUNTED = shipped("ngram")
"""Counted from the same tokens: its loss is a line beside the curves."""


def show_learned(run: RunView | None) -> None:
    """One sentence about the chosen run, once it is done."""
    if run is None:
        return
    size = run.tokenizer.vocabulary_size
    st.markdown(
        _(
            "This {cell} went from {uniform:.2f} nats (blind guessing) to **{loss:.2f}**: a token now costs "
            "about one bet in **{choices:.1f}** instead of one in {size}."
        ).format(
            cell=cell_name(run),
            uniform=math.log(size),
            loss=run.final_loss,
            choices=math.exp(run.final_loss),
            size=size,
        )
    )


def show_versus(chosen: ChosenRun, runs: Runs, look: Look) -> None:
    """RNN against LSTM of the same specification, or a button to train the one that is missing."""
    if runs.lstm is not None and runs.rnn is not None:
        st.markdown(versus_sentence(runs.lstm, runs.rnn))
        return
    one_is_there = runs.lstm is not None or runs.rnn is not None
    if one_is_there and chosen.panel is not None and not chosen.panel.is_alive:
        missing: Cell = "lstm" if runs.lstm is None else "rnn"
        st.markdown(
            _("To compare, train the {cell} too, on the same text and from the same seed.").format(
                cell=missing.upper()
            )
        )
        st.button(
            _("Train the {cell} (about {n} s)").format(
                cell=missing.upper(),
                n=max(1, round(expected_seconds(twin(runs.spec, missing), look))),
            ),
            key="lstm_train_twin",
            on_click=_train_twin,
            args=(missing,),
        )


def show_readers(show: Callable[[Mapping[Cell, RunView]], None], runs: Runs) -> None:
    """A picture of the networks that there are; a sentence where there is none."""
    if not runs.readers:
        _say_missing()
        return
    show(runs.readers)


def show_full_stops(ships: RunView | None) -> None:
    """Whether the gates close at a full stop, measured on held-out stories of the shipped LSTM."""
    try:
        at_stop, elsewhere = _forget_at_stops(ships)
    except LearnerError as error:
        st.info(worded(error))
        return
    st.markdown(
        _(
            "Measured on stories it never saw: forget gates stand at **{stop:.2f}** on average at a full "
            "stop, and at **{other:.2f}** at all other tokens."
        ).format(stop=at_stop, other=elsewhere)
    )


def show_sentence(runs: Runs) -> None:
    run = runs.chosen or runs.ships
    if run is None:
        _say_missing()
        return
    show_sentence_reach(run)


def show_average(runs: Runs) -> None:
    if found := _to_measure(runs):
        show_average_reach(found)


def show_needed(runs: Runs) -> None:
    """Of one cell before the bet on the losses: two lines side by side would tell it."""
    if found := _to_measure(runs):
        show_need(found if bet_placed(SLUG, "bet_rnn") else found[:1])


def truth_loss(runs: Runs) -> str | None:
    """Which of the two has the lower held-out loss; None before both are trained."""
    if runs.lstm is None or runs.rnn is None:
        return None
    return "lstm" if runs.lstm.final_loss <= runs.rnn.final_loss else "rnn"


def truth_full_stop(ships: RunView | None) -> str | None:
    try:
        at_stop, elsewhere = _forget_at_stops(ships)
    except LearnerError:
        return None
    return "close" if at_stop < elsewhere else "open"


def _to_measure(runs: Runs) -> list[RunView]:
    """The two cells of the knobs, or the LSTM that ships while there is neither."""
    found = [run for run in (runs.lstm, runs.rnn) if run is not None]
    return found or [run for run in (runs.ships,) if run is not None]


def _must_ship(ships: RunView | None) -> RunView:
    if ships is None:
        raise LearnerError("The runs that ship are missing. Make them with: make starters.")
    return ships


def _forget_at_stops(ships: RunView | None) -> tuple[float, float]:
    """Mean forget gate of the shipped LSTM at full stops and elsewhere, on its held-out stories."""
    run = _must_ship(ships)
    answer = ask(Activity(run.id, run.tokenizer.decode(held_out(run)[:240])))
    means = np.asarray(answer.layer.rows["forget"], dtype=np.float64).mean(axis=1)
    stops = np.array([token == "." for token in answer.tokens])
    return float(means[stops].mean()), float(means[~stops].mean())


def _train_twin(cell: Cell) -> None:
    """Turn the knob and let the panel start."""
    KNOBS.turn("cell", cell)
    begin_training(PANEL)


def _say_missing() -> None:
    st.info(
        _("The trained LSTM that ships with this course is missing. Make it with: make starters.")
    )


look = services.look()
chosen = chosen_run(SLUG, SHIPPED, KNOBS, PANEL, look)
runs = look_at_runs(chosen.spec, SHIPPED, look)
show_lesson(
    SLUG,
    {
        "unrolled": below(partial(show_readers, show_unrolled, runs)),
        "step": below(show_step_bench),
        "keeping": beside(show_keeping),
        "gradient": beside(
            after_bet(SLUG, "bet_gradient", partial(show_readers, show_gradient, runs))
        ),
        "errands_sample": inline(show_sample),
        "errands": below(partial(show_recall_experiment, look, bet=(SLUG, "bet_errands"))),
        "gates": below(partial(show_readers, show_gate_bench, runs)),
        "full_stops": inline(after_bet(SLUG, "bet_forget", partial(show_full_stops, runs.ships))),
        "gru_step": below(show_gru_bench),
        "parameters": inline(lambda: show_parameters(SHIPPED_WIDTH)),
        "lengths": below(partial(show_readers, show_lengths, runs)),
        "exploding": inline(partial(show_readers, show_exploding, runs)),
        "truncated": below(partial(show_truncated, look)),
        "beginnings": below(partial(show_beginnings, look)),
        "bias": below(partial(show_bias, look, bet=(SLUG, "bet_bias"))),
        "find_unit": below(partial(show_find_unit, look)),
        "training": below(partial(show_chosen_run, chosen, look, beside=COUNTED)),
        "learned": inline(partial(show_learned, runs.chosen)),
        "versus": inline(after_bet(SLUG, "bet_rnn", partial(show_versus, chosen, runs, look))),
        "need": beside(partial(show_needed, runs)),
        "sentence_reach": beside(partial(show_sentence, runs)),
        "average_reach": below(partial(show_average, runs)),
        "reviews": below(partial(show_reviews, look, bet=(SLUG, "bet_bag"))),
        "own_review": below(after_bet(SLUG, "bet_bag", partial(show_own_review, look))),
        "confusion": below(after_bet(SLUG, "bet_bag", partial(show_confusion, look))),
    },
    truths={
        "bet_gradient": partial(gradient_truth, runs.readers),
        "bet_errands": partial(recall_truth, look),
        "bet_rnn": partial(truth_loss, runs),
        "bet_forget": partial(truth_full_stop, runs.ships),
        "bet_bias": partial(bias_truth, look),
        "bet_bag": partial(reviews_truth, look),
    },
)
