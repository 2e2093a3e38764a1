"""Answers about the gates of an LSTM."""

from __future__ import annotations

from core.answers.loaded import Loaded
from core.answers.registry import answers
from core.errors import LearnerError
from core.inspection import gates
from core.questions import Gates, GatesAnswer, GateStep, GateStepAnswer
from core.spec.limits import LONGEST_CONTEXT


@answers(Gates)
def all_gates(loaded: Loaded, question: Gates) -> GatesAnswer:
    lstm = loaded.lstm(question.layer)
    tokens, cut = loaded.text(question.text, most=LONGEST_CONTEXT)
    return GatesAnswer(loaded.show(tokens), gates.lstm_gates(lstm, tokens, question.layer), cut)


@answers(GateStep)
def gate_step(loaded: Loaded, question: GateStep) -> GateStepAnswer:
    lstm = loaded.lstm(question.layer)
    tokens, cut = loaded.text(question.text, most=LONGEST_CONTEXT)
    if not (0 <= question.position < len(tokens) and 0 <= question.unit < lstm.spec.width):
        raise LearnerError(
            "There is no unit {unit} at token {position}: the text has {tokens} tokens and the "
            "layer {width} units, counted from 0.",
            unit=question.unit,
            position=question.position,
            tokens=len(tokens),
            width=lstm.spec.width,
        )
    step = gates.lstm_step(lstm, tokens, question.position, question.unit, question.layer)
    return GateStepAnswer(loaded.show(tokens), step, cut)
