"""The experiment of the memory lesson: a text on which only memory can say the decisive word."""

from __future__ import annotations

from typing import Literal

from core.spec.families.recurrent import RecurrentSpec
from core.spec.recipe import RecipeSpec
from core.spec.run import RunSpec
from core.spec.text import CorpusSpec
from core.wording import N_
from lessons.experiments import WORDS, Arm, arm

LSTM_ARM = N_("LSTM, width 64")
RNN_ARM = N_("RNN, width 64")
BIG_RNN_ARM = N_("RNN, width 124")
"""With as many weights as the LSTM."""


def _arms(corpus: Literal["errands", "errands_zh"]) -> tuple[Arm, ...]:
    base = RunSpec(
        corpus=CorpusSpec(name=corpus, size=3000),
        tokenizer=WORDS,
        model=RecurrentSpec(cell="lstm", width=64, context=64),
        recipe=RecipeSpec(steps=1500, batch=32, learning_rate=2e-2),
    )
    return (
        arm(LSTM_ARM, base),
        arm(RNN_ARM, base, cell="rnn"),
        arm(BIG_RNN_ARM, base, cell="rnn", width=124),
    )


ERRANDS = _arms("errands")
ERRANDS_ZH = _arms("errands_zh")
