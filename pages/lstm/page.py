"""Lesson memory: an RNN and an LSTM, their gates on the learner's text, and how far back they reach."""

from __future__ import annotations

import math
from functools import partial

import numpy as np
import streamlit as st

from core.errors import LearnerError
from core.questions import Gates
from core.spec.run import RunSpec
from core.store.folder import RunFolder
from pages.lstm.gates import show_gate_bench
from pages.lstm.keeping import show_keeping, show_parameters
from pages.lstm.reach import (
    cell_name,
    held_out,
    reach_of,
    show_average_reach,
    show_sentence_reach,
)
from pages.lstm.runs import done, final_loss, twin, versus_sentence
from pages.parts.frame.ask import ask
from pages.parts.frame.language import _, worded
from pages.parts.frame.services import shipped
from pages.parts.lesson import below, beside, inline, show_lesson
from pages.parts.training.controls import training_panel
from pages.parts.training.knobs import another_seed, knobs
from pages.parts.training.panel import Panel, expected_seconds

SLUG = "lstm"
SHIPPED = shipped("recurrent")
_PANEL = "lstm_panel_shown"


def show_training() -> None:
    """The knobs, then the panel of the run that they describe."""
    try:
        spec, own_text = knobs(SLUG, SHIPPED)
    except LearnerError as error:
        st.warning(worded(error))
        return
    panel = Panel(
        SLUG,
        spec,
        expected_seconds(spec),
        another=partial(another_seed, SLUG, SHIPPED),
        own_text=own_text,
    )
    st.session_state[_PANEL] = panel
    training_panel(panel)


def show_learned() -> None:
    """One sentence about the chosen run, once it is done."""
    folder = _chosen()
    loss = final_loss(folder)
    if folder is None or loss is None:
        return
    size = folder.tokenizer().vocabulary_size
    st.markdown(
        _(
            "This {cell} went from {uniform:.2f} nats (blind guessing) to **{loss:.2f}**: a token now costs "
            "about one bet in **{choices:.1f}** instead of one in {size}."
        ).format(
            cell=cell_name(folder),
            uniform=math.log(size),
            loss=loss,
            choices=math.exp(loss),
            size=size,
        )
    )


def show_versus() -> None:
    """RNN against LSTM of the same specification, or a button to train the one that is missing."""
    spec = _spec()
    runs = {cell: done(twin(spec, cell)) for cell in ("lstm", "rnn")}
    missing = [cell for cell, folder in runs.items() if folder is None]
    if not missing:
        st.markdown(versus_sentence(runs, _spec().recipe.steps))
        return
    panel = st.session_state.get(_PANEL)
    if len(missing) == 1 and panel is not None and not panel.alive:
        st.markdown(
            _("To compare, train the {cell} too, on the same text and from the same seed.").format(
                cell=missing[0].upper()
            )
        )
        st.button(
            _("Train the {cell} (about {n} s)").format(
                cell=missing[0].upper(),
                n=max(1, round(expected_seconds(twin(spec, missing[0])))),
            ),
            key="lstm_train_twin",
            on_click=_train_twin,
            args=(missing[0],),
        )


def show_gates() -> None:
    folder = _lstm()
    if folder is None:
        _say_missing()
        return
    chosen = st.session_state.get(_PANEL)
    if chosen is not None and chosen.spec.id != folder.id:
        st.caption(_("These are the gates of the LSTM that ships with the course."))
    show_gate_bench(folder.id, folder.spec.model.width)


def show_full_stops() -> None:
    """Whether the gates close at a full stop, measured on held-out stories of the shipped LSTM."""
    try:
        at_stop, elsewhere = _forget_at_stops()
    except LearnerError as error:
        st.info(worded(error))
        return
    st.markdown(
        _(
            "Measured on stories it never saw: forget gates stand at **{stop:.2f}** on average at a full "
            "stop, and at **{other:.2f}** at all other tokens."
        ).format(stop=at_stop, other=elsewhere)
    )


def show_sentence() -> None:
    folder = _chosen() or _lstm()
    if folder is None:
        _say_missing()
        return
    show_sentence_reach(folder)


def show_average() -> None:
    spec = _spec()
    found = [f for f in (done(twin(spec, cell)) for cell in ("lstm", "rnn")) if f is not None]
    folders = found or [f for f in (done(SHIPPED),) if f is not None]
    if folders:
        show_average_reach(folders)


def truth_loss() -> str:
    """Which of the two has the lower held-out loss."""
    losses = {cell: final_loss(done(twin(_spec(), cell))) for cell in ("lstm", "rnn")}
    if None in losses.values():
        raise LearnerError("Train both cells first: the button is under the training panel.")
    return min(losses, key=lambda cell: losses[cell])


def truth_full_stop() -> str:
    at_stop, elsewhere = _forget_at_stops()
    return "close" if at_stop < elsewhere else "open"


def truth_reach() -> str:
    folder = done(SHIPPED)
    if folder is None:
        raise LearnerError("The runs that ship are missing. Make them with: make starters.")
    faded = reach_of(folder).faded(0.1)
    if faded is None or faded > 24:
        return "far"
    return "near" if faded <= 8 else "middle"


def _forget_at_stops() -> tuple[float, float]:
    """Mean forget gate of the shipped LSTM at full stops and elsewhere, on its held-out stories."""
    folder = done(SHIPPED)
    if folder is None:
        raise LearnerError("The runs that ship are missing. Make them with: make starters.")
    answer = ask(Gates(folder.id, folder.tokenizer().decode(held_out(folder.id)[:240])))
    means = np.asarray(answer.gates.forget, dtype=np.float64).mean(axis=1)
    stops = np.array([token == "." for token in answer.tokens])
    return float(means[stops].mean()), float(means[~stops].mean())


def _train_twin(cell: str) -> None:
    """Turn the knob and let the panel start."""
    st.session_state["lstm_cell"] = cell
    st.session_state["lstm_start"] = True


def _spec() -> RunSpec:
    panel = st.session_state.get(_PANEL)
    return panel.spec if panel is not None else SHIPPED


def _chosen() -> RunFolder | None:
    """The run of the knobs, once it is done."""
    return done(_spec())


def _lstm() -> RunFolder | None:
    """An LSTM to look into: the one of the knobs, else the one that ships."""
    return done(twin(_spec(), "lstm")) or done(SHIPPED)


def _say_missing() -> None:
    st.info(
        _("The trained LSTM that ships with this course is missing. Make it with: make starters.")
    )


st.session_state.pop(_PANEL, None)
show_lesson(
    SLUG,
    {
        "parameters": inline(lambda: show_parameters(SHIPPED.model.width)),
        "keeping": beside(show_keeping),
        "training": below(show_training),
        "learned": inline(show_learned),
        "versus": inline(show_versus),
        "full_stops": inline(show_full_stops),
        "gates": below(show_gates),
        "sentence_reach": beside(show_sentence),
        "average_reach": below(show_average),
    },
    truths={
        "bet_rnn": truth_loss,
        "bet_forget": truth_full_stop,
        "bet_reach": truth_reach,
    },
)
