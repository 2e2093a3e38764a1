"""Answers about classifiers of texts."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.answers.loaded import Loaded
from core.answers.registry import answers
from core.errors import LearnerError
from core.models.tasks.classifier import Classifier
from core.questions import LONGEST_PROMPT
from core.questions.classifier import HeldOutLabels, HeldOutLabelsAnswer, Judge, JudgeAnswer
from core.text.corpora import CORPORA, load_corpus, split
from core.text.made.labelled import filled_up, labelled_passages
from core.text.prompt import read_prompt


@answers(Judge)
def judge(loaded: Loaded, question: Judge) -> JudgeAnswer:
    module = _classifier(loaded)
    read = read_prompt(loaded.tokenizer, question.text[:LONGEST_PROMPT])
    if not len(read.tokens):
        raise LearnerError("Write a longer text: at least {least} tokens.", least=1)
    tokens = read.tokens[: module.spec.context]
    logits = module.after_each(torch.from_numpy(tokens)[None])[0].double()
    before = module.beginning().double()[None]
    odds = _log_odds(torch.cat([before, logits]))
    return JudgeAnswer(
        tokens=loaded.show(tokens),
        labels=_labels(loaded),
        beginning=before[0].softmax(dim=-1).numpy(),
        probabilities=logits.softmax(dim=-1).numpy(),
        moves=np.diff(odds, axis=0),
        unknown=read.unknown,
        cut=len(read.tokens) - len(tokens),
    )


@answers(HeldOutLabels)
def held_out_labels(loaded: Loaded, question: HeldOutLabels) -> HeldOutLabelsAnswer:
    module = _classifier(loaded)
    corpus = load_corpus(loaded.spec.corpus)
    cut = len(split(corpus.text)[0])
    examples = labelled_passages(corpus, cut, loaded.tokenizer).held_out
    tokens, lengths, truth = filled_up(examples, module.spec.context)
    logits = module(torch.from_numpy(tokens), torch.from_numpy(lengths)).double()
    return HeldOutLabelsAnswer(
        labels=_labels(loaded),
        kinds=tuple(example.kind for example in examples),
        truth=truth,
        probabilities=logits.softmax(dim=-1).numpy(),
    )


def _classifier(loaded: Loaded) -> Classifier:
    if not isinstance(loaded.module, Classifier):
        raise LearnerError(
            "This question is about a classifier of texts, and this run's model is none."
        )
    return loaded.module


def _labels(loaded: Loaded) -> tuple[str, ...]:
    return CORPORA[loaded.spec.corpus.name].labels


def _log_odds(logits: Tensor) -> NDArray[np.float64]:
    """ln p / (1 - p) of each label, [t k]: its logit less the logarithm of the others' summed powers."""
    odds = torch.empty_like(logits)
    for label in range(logits.shape[-1]):
        others = torch.cat([logits[..., :label], logits[..., label + 1 :]], dim=-1)
        odds[..., label] = logits[..., label] - others.logsumexp(dim=-1)
    found: NDArray[np.float64] = odds.numpy()
    return found
