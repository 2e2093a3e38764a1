"""Answers about how good a model is."""

from __future__ import annotations

import math
import re

import numpy as np
import torch

from core.answers.loaded import Loaded
from core.answers.registry import answers
from core.errors import LearnerError
from core.inspection.agreement import agreement_cases, chosen_right
from core.models.network import TextNetwork
from core.models.ngram import NGramModel
from core.protocol import LogProbabilities, Tokens
from core.questions.measuring import (
    MOST_STORIES,
    Agreement,
    AgreementAnswer,
    CountedParts,
    CountedPartsAnswer,
    HeldOut,
    HeldOutAnswer,
    TextLosses,
    TextLossesAnswer,
)
from core.spec.families.ngram import NGramSpec
from core.text.corpora import load_corpus, split
from core.text.material import prepare
from core.training.evaluation import ngram_loss

_CONTEXTS_AT_ONCE = 256
_MOST_AGREEING = 400
"""Stories that are asked about at most."""
_FEWEST_COUNTED = 500
"""Tokens of the shortest part that an N-gram counts."""


@answers(TextLosses)
def text_losses(loaded: Loaded, question: TextLosses) -> TextLossesAnswer:
    tokens, cut = loaded.text(question.text, least=2)
    logp = after_each(loaded, tokens)
    of_token, ranks = of_tokens(logp, tokens[1:])
    best = np.argsort(-logp, axis=1, kind="stable")[:, : max(1, question.top)]
    expected = tuple(
        tuple((loaded.tokenizer.show(int(token)), float(math.exp(row[token]))) for token in first)
        for row, first in zip(logp, best, strict=True)
    )
    guessing = math.log(loaded.model.vocabulary_size)
    return TextLossesAnswer(loaded.show(tokens), of_token, ranks, expected, guessing, cut)


@answers(HeldOut)
def held_out(loaded: Loaded, question: HeldOut) -> HeldOutAnswer:
    if not 1 <= question.passages <= MOST_STORIES:
        raise LearnerError("Ask for between 1 and {most} passages.", most=MOST_STORIES)
    if loaded.spec.corpus.name == "own":
        raise LearnerError("This is asked of models of the course's own texts only.")
    held = split(load_corpus(loaded.spec.corpus).text)[1]
    passages, logps, ranks, confidence, matches = [], [], [], [], []
    for place, passage in enumerate(re.split(r"\n\s*\n", held.strip())[: question.passages]):
        tokens = loaded.tokenizer.encode(passage)[: loaded.spec.model.longest_window()]
        if len(tokens) < 2:
            continue
        logp = after_each(loaded, tokens)
        of_token, rank = of_tokens(logp, tokens[1:])
        passages.append(np.full(len(rank), place))
        logps.append(of_token)
        ranks.append(rank)
        confidence.append(np.exp(logp.max(axis=1)))
        p = np.exp(logp)
        p[np.arange(len(rank)), tokens[1:]] -= 1
        matches.append((p == 0).sum(axis=1))
    if not passages:
        raise LearnerError("There is no passage of at least two tokens in the held-out text.")
    return HeldOutAnswer(
        np.concatenate(passages),
        np.concatenate(logps),
        np.concatenate(ranks),
        np.concatenate(confidence),
        np.concatenate(matches),
        loaded.model.vocabulary_size,
    )


def after_each(loaded: Loaded, tokens: Tokens) -> LogProbabilities:
    """Log-probabilities [t-1 v] of what comes after each beginning of the text, which fits the model.

    A network that does not look ahead says them all in one pass.
    """
    model, module = loaded.model, loaded.module
    if isinstance(module, TextNetwork) and not module.looks_ahead:
        with torch.inference_mode():
            logits = module(torch.from_numpy(tokens[None, :-1]))[0].double()
        logp: LogProbabilities = logits.log_softmax(dim=-1).numpy()
        return logp
    past = [tokens[: end + 1] for end in range(len(tokens) - 1)]
    rows = [
        model.next_log_probabilities(past[start : start + _CONTEXTS_AT_ONCE])
        for start in range(0, len(past), _CONTEXTS_AT_ONCE)
    ]
    return np.concatenate(rows)


def of_tokens(logp: LogProbabilities, came: Tokens) -> tuple[LogProbabilities, Tokens]:
    """Of the tokens that came, their log-probabilities [t-1] and their ranks [t-1] among all; of equally
    likely tokens the one with the lower id stands first."""
    of_token = np.take_along_axis(logp, came[:, None], axis=1)
    before = np.arange(logp.shape[1]) < came[:, None]
    ranks = ((logp > of_token) | ((logp == of_token) & before)).sum(axis=1) + 1
    return of_token[:, 0], ranks


@answers(Agreement)
def agreement(loaded: Loaded, question: Agreement) -> AgreementAnswer:
    if not 1 <= question.stories <= _MOST_AGREEING:
        raise LearnerError("Ask for between 1 and {most} passages.", most=_MOST_AGREEING)
    if loaded.spec.corpus.name == "own":
        raise LearnerError("This is asked of models of the course's own texts only.")
    cases = agreement_cases(loaded.tokenizer, loaded.spec.corpus, question.stories, question.seed)
    right = chosen_right(loaded.model, cases)
    distances = np.array([case.distance for case in cases], dtype=np.int64)
    found = sorted(set(distances.tolist()))
    return AgreementAnswer(
        tuple(found),
        tuple(int(right[distances == distance].sum()) for distance in found),
        tuple(int((distances == distance).sum()) for distance in found),
    )


@answers(CountedParts)
def counted_parts(loaded: Loaded, question: CountedParts) -> CountedPartsAnswer:
    spec = loaded.spec.model
    if not isinstance(spec, NGramSpec) or loaded.spec.corpus.name == "own":
        raise LearnerError("This is asked of models of the course's own texts only.")
    material = prepare(loaded.spec)
    whole, size = len(material.training), material.tokenizer.vocabulary_size
    tokens = [whole]
    while tokens[-1] // 2 >= _FEWEST_COUNTED:
        tokens.append(tokens[-1] // 2)
    tokens.reverse()
    losses = [
        ngram_loss(NGramModel.fit(material.training[:count], size, spec), material.validation)
        for count in tokens
    ]
    return CountedPartsAnswer(tuple(tokens), tuple(losses))
