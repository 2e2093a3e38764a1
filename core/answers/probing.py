"""Answers about units that keep track of something: probes fitted on training passages, scored on others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from torch import nn

from core.answers.loaded import Loaded
from core.answers.registry import answers
from core.errors import LearnerError
from core.inspection.cells import states
from core.inspection.distance import untrained
from core.models.recurrent import RecurrentLanguageModel
from core.protocol import Tokens
from core.questions import LONGEST_PROMPT
from core.questions.probing import FindUnit, FindUnitAnswer, ProbeScores, StateName
from core.text.corpora import load_corpus, split
from core.text.prompt import read_prompt
from core.worked.probing.probe import (
    Examples,
    Probe,
    Score,
    TokenProbe,
    UnitProbe,
    score,
    unit_scores,
)
from core.worked.probing.tracked import (
    IS_A_NUMBER,
    LONGEST_PASSAGE,
    Passage,
    Tracked,
    check,
    passages,
    truth_of,
)

FITTED, SCORED = 300, 150
"""Passages, at most: the first of the training text and of the held-out text."""


@dataclass(frozen=True, eq=False)
class _Fit:
    """What does not hang on the text that is drawn: the probe, its scores and the best unit; how many
    passages and tokens it was fitted and scored on; the held-out passage with most of what is looked for."""

    probe: Probe
    scores: ProbeScores
    unit: int
    fitted: tuple[int, int]
    scored: tuple[int, int]
    most: Passage


_fits: WeakKeyDictionary[nn.Module, dict[tuple[Tracked, StateName, int], _Fit]] = (
    WeakKeyDictionary()
)
"""Of the models that are in memory: a learner's texts are many, and the fit is the same for all."""


@answers(FindUnit)
def find_unit(loaded: Loaded, question: FindUnit) -> FindUnitAnswer:
    network = loaded.recurrent(question.layer)
    if question.state == "cell" and network.spec.cell != "lstm":
        raise LearnerError("Only an LSTM has a cell: choose the hidden state.")
    if loaded.spec.corpus.name == "own":
        raise LearnerError("This is asked of models of the course's own texts only.")
    known = _fits.setdefault(network, {})
    asked = (question.what, question.state, question.layer)
    if asked not in known:
        known[asked] = _fit(loaded, network, question)
    fit = known[asked]
    tokens, truth, cut = _to_draw(loaded, question, fit.most)
    state = states(network, [tokens], question.state, question.layer)[0]
    return FindUnitAnswer(
        scores=fit.scores,
        unit=fit.unit,
        fitted=fit.fitted,
        scored=fit.scored,
        tokens=loaded.show(tokens),
        truth=truth,
        reads=fit.probe.answers(state),
        values=state[:, fit.unit],
        cut=cut,
    )


def _fit(loaded: Loaded, network: RecurrentLanguageModel, question: FindUnit) -> _Fit:
    is_number = question.what in IS_A_NUMBER
    fitting, scoring = _parts(loaded, question)
    fit, fit_tokens = _examples(network, fitting, question.state, question.layer)
    held, held_tokens = _examples(network, scoring, question.state, question.layer)
    unit = int(unit_scores(fit, is_number=is_number).argmax())
    probe = Probe(fit, is_number=is_number)
    before = untrained(network, loaded.spec.seed)
    fit_before, _ = _examples(before, fitting, question.state, question.layer)
    held_before, _ = _examples(before, scoring, question.state, question.layer)
    of_token = TokenProbe(fit_tokens, fit.y, loaded.tokenizer.vocabulary_size, is_number=is_number)

    def scored(answers: NDArray[np.float64]) -> Score:
        return score(answers, held.y, held.passage, is_number=is_number)

    scores = ProbeScores(
        all_units=scored(probe.answers(held.x)),
        one_unit=scored(UnitProbe(fit, unit, is_number=is_number).answers(held.x)),
        token=scored(of_token.answers(held_tokens)),
        untrained=scored(Probe(fit_before, is_number=is_number).answers(held_before.x)),
        chance=0.0 if is_number else 1 / len(probe.classes),
    )
    return _Fit(
        probe,
        scores,
        unit,
        fitted=(len(fitting), len(fit.y)),
        scored=(len(scoring), len(held.y)),
        most=max(scoring, key=lambda passage: passage.variety),
    )


def _parts(loaded: Loaded, question: FindUnit) -> tuple[list[Passage], list[Passage]]:
    """Passages to fit on and others to score on. LearnerError if there is nothing to look for."""
    corpus = load_corpus(loaded.spec.corpus)
    cut = len(split(corpus.text)[0])
    found = [
        passages(corpus, part, loaded.tokenizer, question.what, most)
        for part, most in (((0, cut), FITTED), ((cut, len(corpus.text)), SCORED))
    ]
    for part in found:
        check(part, question.what)
    return found[0], found[1]


def _examples(
    network: RecurrentLanguageModel, read: Sequence[Passage], state: StateName, layer: int
) -> tuple[Examples, NDArray[np.int64]]:
    """The states of which something is known, and the token that each has just read."""
    x = np.concatenate(states(network, [one.tokens for one in read], state, layer))
    y = np.concatenate([one.truth for one in read])
    passage = np.repeat(np.arange(len(read)), [len(one.tokens) for one in read])
    known = ~np.isnan(y)
    tokens = np.concatenate([one.tokens for one in read])
    return Examples(x[known], y[known], passage[known]), tokens[known]


def _to_draw(
    loaded: Loaded, question: FindUnit, most: Passage
) -> tuple[Tokens, NDArray[np.float64], int]:
    """Tokens, what is true of them, and how many were left out; without a text those of ``most``."""
    if not question.text.strip():
        return most.tokens, most.truth, 0
    tokenizer, text = loaded.tokenizer, question.text[:LONGEST_PROMPT]
    read = read_prompt(tokenizer, text)
    if not len(read.tokens):
        raise LearnerError("Write a longer text: at least {least} tokens.", least=1)
    kept = read.tokens[:LONGEST_PASSAGE]
    pieces = [tokenizer.decode([int(token)]) for token in kept]
    return kept, truth_of(pieces, question.what), len(read.tokens) - len(kept)
