"""Answers about the inside of a GPT between its last vector and the text."""

from __future__ import annotations

import math
import re
from collections import defaultdict

import numpy as np
import torch

from core.answers.loaded import Loaded
from core.answers.measuring import after_each, of_tokens
from core.answers.registry import answers
from core.errors import LearnerError
from core.inspection.lens import logit_lens
from core.models.neural import evaluating
from core.protocol import LogProbabilities, Tokens
from core.questions.inside import (
    KindLoss,
    LogitLens,
    LogitLensAnswer,
    LossByKind,
    LossByKindAnswer,
    OutputRows,
    OutputRowsAnswer,
)
from core.questions.measuring import MOST_STORIES
from core.text.corpora import load_corpus, split
from core.text.meaning.token_kinds import TOKEN_KINDS, TokenKind, token_kinds
from core.text.prompt import read_prompt


@answers(OutputRows)
def output_rows(loaded: Loaded, question: OutputRows) -> OutputRowsAnswer:
    gpt = loaded.gpt()
    prompt, cut = loaded.prompt(question.prompt)
    if not len(prompt):
        raise LearnerError("Write a longer text: at least {least} tokens.", least=1)
    with evaluating(gpt):
        vector = gpt.features(torch.from_numpy(prompt[None]))[0, -1].double().numpy()
    table_in = gpt.tokens.weight.detach().double().numpy()
    table_out = table_in if gpt.head is None else gpt.head.weight.detach().double().numpy()
    logits = table_out @ vector
    order = np.argsort(-logits, kind="stable")
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(1, len(order) + 1)
    shown = [int(token) for token in order[: max(1, question.top)]]
    wanted = read_prompt(loaded.tokenizer, question.word).tokens[:1].tolist()
    shown += [token for token in wanted if token not in shown]
    highest = float(logits[order[0]])
    return OutputRowsAnswer(
        prompt=loaded.show(prompt),
        vector=vector,
        tokens=loaded.show(np.array(shown)),
        ranks=tuple(int(rank[token]) for token in shown),
        rows=table_out[shown],
        inputs=table_in[shown],
        logits=logits[shown],
        total=highest + math.log(float(np.exp(logits - highest).sum())),
        vocabulary=len(logits),
        asked=shown.index(wanted[0]) if wanted else None,
        cut=cut,
    )


@answers(LogitLens)
def lens(loaded: Loaded, question: LogitLens) -> LogitLensAnswer:
    gpt = loaded.gpt()
    most = min(max(1, question.most), loaded.spec.model.longest_window())
    tokens, cut = loaded.text(question.text, most=most)
    points, best, probabilities, ranks, chances, itself = [], [], [], [], [], []
    for stage in logit_lens(gpt, tokens):
        first = np.argsort(-stage.logp, axis=1, kind="stable")[:, : max(1, question.top)]
        of_next, rank = of_tokens(stage.logp[:-1], tokens[1:])
        points.append(stage.point)
        best.append(tuple(loaded.show(row) for row in first))
        probabilities.append(np.exp(np.take_along_axis(stage.logp, first, axis=1)))
        ranks.append(rank)
        chances.append(np.exp(of_next))
        itself.append(first[:, 0] == tokens)
    return LogitLensAnswer(
        loaded.show(tokens),
        tuple(points),
        tuple(best),
        np.stack(probabilities),
        np.stack(ranks),
        np.stack(chances),
        np.stack(itself),
        loaded.model.vocabulary_size,
        cut,
    )


@answers(LossByKind)
def loss_by_kind(loaded: Loaded, question: LossByKind) -> LossByKindAnswer:
    if not 1 <= question.passages <= MOST_STORIES:
        raise LearnerError("Ask for between 1 and {most} passages.", most=MOST_STORIES)
    corpus = loaded.spec.corpus
    if corpus.name == "own" or loaded.spec.tokenizer.kind != "words":
        raise LearnerError(
            "Only of the course's own texts, and of models whose tokens are words, is it known which kind a "
            "token is."
        )
    held = split(load_corpus(corpus).text)[1]
    losses: defaultdict[TokenKind, list[LogProbabilities]] = defaultdict(list)
    for passage in re.split(r"\n\s*\n", held.strip())[: question.passages]:
        tokens = loaded.tokenizer.encode(passage)[: question.most]
        if len(tokens) < 2:
            continue
        of_token, _ranks = of_tokens(after_each(loaded, tokens), tokens[1:])
        kinds = token_kinds(_words(loaded, tokens), corpus.name)[1:]
        for kind in set(kinds):
            losses[kind].append(-of_token[np.array([one == kind for one in kinds])])
    joined = {kind: np.concatenate(losses[kind]) for kind in TOKEN_KINDS if kind in losses}
    if not joined:
        raise LearnerError("There is no passage of at least two tokens in the held-out text.")
    return LossByKindAnswer(
        {kind: KindLoss(len(each), float(each.mean())) for kind, each in joined.items()},
        float(np.concatenate(list(joined.values())).mean()),
    )


def _words(loaded: Loaded, tokens: Tokens) -> list[str]:
    return [loaded.tokenizer.decode([int(token)]) for token in tokens]
