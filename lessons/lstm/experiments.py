"""The experiments of the memory lesson: who recalls, what a cut gradient costs, where forgetting begins."""

from __future__ import annotations

from typing import Literal

from core.spec.families.classifier import ClassifierSpec
from core.spec.recipe import RecipeSpec
from core.spec.run import RunSpec
from core.spec.text import CorpusSpec
from core.store.further import FURTHER, RECALLING, recalling
from core.wording import N_
from lessons.experiments import WORDS, Arm, arm

NGRAM_ARM = N_("N-gram, order 3")
RNN_ARM = N_("RNN, width 64")
LSTM_ARM = N_("LSTM, width 64")
GPT_ARM = N_("GPT, 2 layers")

_NAMES = {"ngram": NGRAM_ARM, "rnn": RNN_ARM, "lstm": LSTM_ARM, "gpt": GPT_ARM}


def _recall(corpus: Literal["market", "market_zh"]) -> tuple[Arm, ...]:
    return tuple(Arm(_NAMES[name], recalling(corpus, model)) for name, model in RECALLING.items())


RECALL = _recall("market")
"""Right after ten other things, with the seeds 1 to 5: the N-gram at most 0.16, the RNN 0.33, 0.38, 0.45,
0.06 and 0.11 (in Chinese up to 0.50) though always 1.00 after none, the LSTM 1.00 each, the GPT 0.95 or more.
The learning rate is one at which the RNN does badly: with half of it and as many steps it was at 0.64 and
0.89 with the seeds 1 and 2."""
RECALL_ZH = _recall("market_zh")

WHOLE_ARM = N_("gradient through the whole window")
CUT_ARM = N_("gradient cut every 2 tokens")
CUT_LATER_ARM = N_("gradient cut every 16 tokens")


def _truncated(corpus: Literal["market", "market_zh"]) -> tuple[Arm, ...]:
    whole = recalling(corpus, RECALLING["lstm"])
    return (
        arm(WHOLE_ARM, whole),
        arm(CUT_LATER_ARM, whole, cut=16),
        arm(CUT_ARM, whole, cut=2),
    )


TRUNCATED = _truncated("market")
"""After ten other things, with the seeds 1 to 5: whole 1.00 (in Chinese at least 0.95), cut every 16 tokens
at least 0.96, though the thing stands 25 tokens back, and cut every 2 at most 0.16. What no gradient spans
is not learned; but a habit of holding that shorter ways have taught goes further than the gradient that
taught it."""
TRUNCATED_ZH = _truncated("market_zh")

OPEN_ARM = N_("forget bias 1")
HALF_ARM = N_("forget bias 0")
SHUT_ARM = N_("forget bias −2")


def _forget(corpus: Literal["market", "market_zh"]) -> tuple[Arm, ...]:
    remembering = recalling(corpus, RECALLING["lstm"])
    return (
        arm(OPEN_ARM, remembering),
        arm(HALF_ARM, remembering, forget_bias=0.0),
        arm(SHUT_ARM, remembering, forget_bias=-2.0),
    )


FORGET = _forget("market")
"""All three recall at least 0.95 after ten other things, with five seeds and in both languages, and differ by
less than 0.05: on this text, in which short ways are frequent, it does not decide. Before training the
gradient that arrives from 20 tokens back is 400 times as large with 1 as with 0."""
FORGET_ZH = _forget("market_zh")

PROBED = FURTHER["probed"]
"""An LSTM that learned the Asides, to look for units in."""
PROBED_ZH = FURTHER["probed_zh"]

BAG_ARM = N_("bag of words")
READER_ARM = N_("LSTM, width 32")


def _reviews(corpus: Literal["reviews", "reviews_zh"]) -> tuple[Arm, ...]:
    base = RunSpec(
        corpus=CorpusSpec(name=corpus, size=2500),
        tokenizer=WORDS,
        model=ClassifierSpec(reader="lstm", width=32),
        recipe=RecipeSpec(steps=600, batch=32, learning_rate=1e-2),
    )
    return (arm(BAG_ARM, base, reader="bag"), arm(READER_ARM, base))


REVIEWS = _reviews("reviews")
REVIEWS_ZH = _reviews("reviews_zh")
