"""Answers about what the units of a recurrent network do while it reads."""

from __future__ import annotations

import torch

from core.answers.loaded import Loaded
from core.answers.registry import answers
from core.errors import LearnerError
from core.inspection import cells
from core.questions.recurrent import Activity, ActivityAnswer, CellStep, CellStepAnswer
from core.spec.limits import LONGEST_CONTEXT


@answers(Activity)
def activity(loaded: Loaded, question: Activity) -> ActivityAnswer:
    network = loaded.recurrent(question.layer)
    tokens, cut = loaded.text(question.text, most=LONGEST_CONTEXT)
    layer = cells.activity(network, tokens, question.layer)
    following = network(torch.from_numpy(tokens)[None])[0].double().softmax(dim=-1)
    shares, best = following.max(dim=-1)
    expected = loaded.show(best.numpy())
    return ActivityAnswer(loaded.show(tokens), layer, expected, tuple(shares.tolist()), cut)


@answers(CellStep)
def cell_step(loaded: Loaded, question: CellStep) -> CellStepAnswer:
    network = loaded.recurrent(question.layer)
    tokens, cut = loaded.text(question.text, most=LONGEST_CONTEXT)
    position, unit = question.position, question.unit
    _check_place(position, len(tokens), unit, network.spec.width)
    numbers = cells.unit_numbers(network, tokens, position, unit, question.layer)
    return CellStepAnswer(loaded.show(tokens), numbers, cut)


def _check_place(position: int, tokens: int, unit: int, width: int) -> None:
    if not (0 <= position < tokens and 0 <= unit < width):
        raise LearnerError(
            "There is no unit {unit} at token {position}: the text has {tokens} tokens and the "
            "layer {width} units, counted from 0.",
            unit=unit,
            position=position,
            tokens=tokens,
            width=width,
        )
