"""Answers about what a model recalls of a market day."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from core.answers.loaded import Loaded
from core.answers.registry import answers
from core.errors import LearnerError
from core.models.recurrent import RecurrentLanguageModel
from core.protocol import Tokens
from core.questions.recall import SEED, RecallByGap, RecallGuesses, RecallGuessesAnswer
from core.text.made.market import STALLS, Stall, one_day
from core.worked.recurrent.recall import Expects, Recall, guesses, needed_at, recall

_MOST_SEEN = 40


@answers(RecallByGap)
def recall_by_gap(loaded: Loaded, question: RecallByGap) -> Recall:
    return recall(expects(loaded), loaded.tokenizer, _stall(loaded), SEED)


@answers(RecallGuesses)
def recall_guesses(loaded: Loaded, question: RecallGuesses) -> RecallGuessesAnswer:
    stall = _stall(loaded)
    if not 0 <= question.seen <= _MOST_SEEN:
        raise LearnerError("Between 0 and {most} things can be seen on the way.", most=_MOST_SEEN)
    # The days before SEED are not among those that RecallByGap asks about.
    text, thing = one_day(stall, question.seen, SEED - 1 - question.day)
    found = guesses(expects(loaded), loaded.tokenizer, stall, text)
    ordered = sorted(found, key=lambda one: -found[one])
    needed = needed_at(loaded.tokenizer, stall, text)
    return RecallGuessesAnswer(
        text,
        thing.strip(),
        tuple(ordered),
        tuple(found[one] for one in ordered),
        len(loaded.tokenizer.encode(text)) - needed,
    )


def expects(loaded: Loaded) -> Expects:
    """What the model expects after each of some contexts, as probabilities."""
    module = loaded.module
    if not isinstance(module, RecurrentLanguageModel):
        model = loaded.model
        return lambda contexts: np.exp(model.next_log_probabilities(contexts))

    def carried(contexts: Sequence[Tokens]) -> NDArray[np.float64]:
        """Contexts of one length, however long."""
        states = module.features(torch.from_numpy(np.stack(contexts)))
        logits = module.unembed(states[:, -1]).double()
        probabilities: NDArray[np.float64] = logits.softmax(dim=-1).numpy()
        return probabilities

    return carried


def _stall(loaded: Loaded) -> Stall:
    found = STALLS.get(loaded.spec.corpus.name)
    if found is None:
        raise LearnerError(
            "This is asked of models of the Market days only: nothing else says what was needed."
        )
    return found
