"""A trained network unrolled over the learner's tokens: what it carries, and what it expects after each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import streamlit as st

from core.errors import LearnerError
from core.questions.recurrent import Activity, ActivityAnswer
from core.spec.families.recurrent import Cell
from core.store.view import RunView
from pages.lstm.runs import width_of
from pages.lstm.state import CELLS, MOST_UNROLLED, UNROLLED, UNROLLED_AT, UNROLLED_TEXT
from pages.parts.frame.ask import ask
from pages.parts.frame.escaped import code
from pages.parts.frame.language import _, worded
from pages.parts.frame.state import fragment
from pages.parts.frame.unknown import name_unknown_to
from pages.parts.training.sources import of_run
from pages.parts.widgets.save import Table
from pages.parts.widgets.unrolled import MOST_SQUARES, UnrolledStep, unrolled

_WEIGHTS: Mapping[Cell, str] = {
    "rnn": "W, U, b",
    "lstm": "4 × (W, U, b)",
    "gru": "3 × (W, U, b)",
}


@fragment
def show_unrolled(readers: Mapping[Cell, RunView]) -> None:
    """Network and sentence, and a step for each token; a sentence on the chosen step."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        first: Cell = "rnn" if "rnn" in readers else next(iter(readers))
        cell = UNROLLED.among(tuple(readers), first=first).draw(
            st.segmented_control, _("Network"), words=lambda one: CELLS[one], required=True
        )
        text = UNROLLED_TEXT.box(_("A sentence of yours"), width=420)
    run = readers[cell]
    name_unknown_to(run.id, text)
    try:
        answer = ask(Activity(run.id, text))
    except LearnerError as error:
        st.warning(worded(error))
        return
    count = min(len(answer.tokens), MOST_UNROLLED)
    if count < len(answer.tokens) + answer.cut:
        st.caption(
            _("The first {most} of {count} tokens are shown.").format(
                most=count, count=len(answer.tokens) + answer.cut
            )
        )
    at = UNROLLED_AT.clamped(1, count, min(UNROLLED_AT.first, count)).value - 1
    width = width_of(run)
    shown = min(width, MOST_SQUARES)
    unrolled(
        _steps(answer, count),
        key="lstm_unrolled_picture",
        machine=CELLS[cell],
        weights=_WEIGHTS[cell],
        carried="h, c" if cell == "lstm" else "h",
        caption=_(
            "The same {cell} at every token. The squares are the first {shown} of the {width} numbers of h; "
            "arrows hand the state on. Above: the likeliest next token."
        ).format(cell=CELLS[cell], shown=shown, width=width),
        source=of_run(run.spec, own_text=text != UNROLLED_TEXT.first),
        chosen=at,
        on_choose=lambda place: UNROLLED_AT.set(place + 1),
        table=lambda: _table(answer, count),
    )
    st.markdown(_sentence(answer, at, width))


def _steps(answer: ActivityAnswer, count: int) -> Sequence[UnrolledStep]:
    hidden = answer.layer.rows["hidden"]
    steps = []
    for place in range(count):
        expected, share = answer.expected[place], f"{answer.shares[place]:.0%}"
        said = _("Token {n}, {token}: then {expected} is likeliest, {share}.").format(
            n=place + 1, token=answer.tokens[place], expected=expected, share=share
        )
        steps.append(
            UnrolledStep(answer.tokens[place], hidden[place].tolist(), expected, share, said)
        )
    return steps


def _sentence(answer: ActivityAnswer, at: int, width: int) -> str:
    """What goes into the chosen step, what comes out, and how much of the state it changed."""
    hidden = np.asarray(answer.layer.rows["hidden"], dtype=np.float64)
    before = hidden[at - 1] if at else np.zeros(width)
    said = _(
        "Step {n} reads {token} and the {width} numbers that step {before} handed on. On average it moves "
        "each of them by **{moved:.2f}**; from the new ones it expects {expected} ({share:.0%})."
    )
    if not at:
        said = _(
            "Step {n} reads {token} and begins with {width} zeros. On average it moves each of them by "
            "**{moved:.2f}**; from the new ones it expects {expected} ({share:.0%})."
        )
    return said.format(
        n=at + 1,
        token=code(answer.tokens[at]),
        width=width,
        before=at,
        moved=float(np.abs(hidden[at] - before).mean()),
        expected=code(answer.expected[at]),
        share=answer.shares[at],
    )


def _table(answer: ActivityAnswer, count: int) -> Table:
    hidden = answer.layer.rows["hidden"]
    header = (_("token"), _("likeliest next token"), _("probability"))
    names = tuple(f"h {unit}" for unit in range(hidden.shape[1]))
    rows = [
        (answer.tokens[t], answer.expected[t], float(answer.shares[t]), *hidden[t].tolist())
        for t in range(count)
    ]
    return (*header, *names), rows
