"""Answers about next tokens and continuations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from core.answers.loaded import Loaded
from core.answers.registry import answers
from core.errors import LearnerError
from core.models import generation
from core.models.decoding import Generated, Sampling, distribution_stages, draw, generate
from core.models.network import START, TextNetwork
from core.models.stopping import StopAt
from core.protocol import Tokens
from core.questions import (
    MOST_GENERATED,
    Generate,
    GenerateAnswer,
    GeneratedToken,
    NextTokens,
    NextTokensAnswer,
    SamplingStages,
    SamplingStagesAnswer,
    Write,
    WriteAnswer,
)
from core.spec.text import CorpusSpec, TokenizerSpec
from core.text.corpora import load_corpus, split
from core.worked.writing import KnownPairs


@answers(NextTokens)
def next_tokens(loaded: Loaded, question: NextTokens) -> NextTokensAnswer:
    prompt, cut = loaded.prompt(question.prompt)
    p = np.exp(loaded.model.next_log_probabilities([prompt])[0])
    best = np.argsort(-p, kind="stable")[: max(1, question.top)]
    return NextTokensAnswer(
        prompt=loaded.show(prompt),
        ids=tuple(map(int, best)),
        tokens=loaded.show(best),
        probabilities=tuple(map(float, p[best])),
        distribution=p if question.whole else None,
        cut=cut,
    )


@answers(Generate)
def continuation(loaded: Loaded, question: Generate) -> GenerateAnswer:
    if not 1 <= question.count <= MOST_GENERATED:
        raise LearnerError("Ask for between 1 and {most} tokens.", most=MOST_GENERATED)
    prompt, cut = loaded.prompt(question.prompt)
    drawn = list(_drawing(loaded, prompt, question.count, question.sampling, question.seed))
    text = loaded.tokenizer.decode([g.token for g in drawn])
    return GenerateAnswer(text, _shown(loaded, drawn), cut)


@answers(Write)
def written(loaded: Loaded, question: Write) -> WriteAnswer:
    if not 1 <= question.most <= MOST_GENERATED:
        raise LearnerError("Ask for between 1 and {most} tokens.", most=MOST_GENERATED)
    prompt, cut = loaded.prompt(question.prompt)
    drawn: list[Generated] = []
    text = ""
    stopped: StopAt = "count"
    for one in _drawing(loaded, prompt, question.most, question.sampling, question.seed):
        drawn.append(one)
        text = loaded.tokenizer.decode([g.token for g in drawn])
        if question.stop.reached(text):
            stopped = question.stop.at
            break
    return WriteAnswer(text, _shown(loaded, drawn), stopped, _strange(loaded, prompt, drawn), cut)


def _strange(loaded: Loaded, prompt: Tokens, drawn: list[Generated]) -> tuple[bool, ...] | None:
    try:
        known = _known_pairs(loaded.spec.corpus, loaded.spec.tokenizer, loaded)
    except LearnerError:  # a text of the learner's own, which is not kept here
        return None
    tokens = np.concatenate([prompt[-1:], np.array([g.token for g in drawn], np.int64)])
    return tuple(known.never_met(tokens)[len(prompt[-1:]) :].tolist())


_pairs: dict[tuple[CorpusSpec, TokenizerSpec], KnownPairs] = {}
"""Of the text asked about last: a quarter of a second to make."""


def _known_pairs(corpus: CorpusSpec, tokenizer: TokenizerSpec, loaded: Loaded) -> KnownPairs:
    if (corpus, tokenizer) not in _pairs:
        training, _held_out = split(load_corpus(corpus).text)
        size = loaded.tokenizer.vocabulary_size
        _pairs.clear()
        _pairs[corpus, tokenizer] = KnownPairs.of(loaded.tokenizer.encode(training), size)
    return _pairs[corpus, tokenizer]


def _shown(loaded: Loaded, drawn: Sequence[Generated]) -> tuple[GeneratedToken, ...]:
    return tuple(
        GeneratedToken(g.token, loaded.tokenizer.show(g.token), g.raw, g.final, g.rank)
        for g in drawn
    )


def _drawing(
    loaded: Loaded, prompt: Tokens, count: int, sampling: Sampling, seed: int
) -> Iterator[Generated]:
    """A network keeps what it has reckoned (keys and values, or its state) from token to token."""
    if not isinstance(loaded.module, TextNetwork):
        yield from generate(loaded.model, prompt, count, sampling, seed)
        return
    rng = np.random.default_rng(seed)
    so_far = [int(token) for token in prompt]
    drawn: list[Generated] = []

    def choose(logits: NDArray[np.float64]) -> int:
        drawn.append(draw(logits, sampling, rng, so_far))
        so_far.append(drawn[-1].token)
        return drawn[-1].token

    for _token in generation.generate(loaded.module, prompt, count, choose):
        yield drawn[-1]


@answers(SamplingStages)
def sampling_stages(loaded: Loaded, question: SamplingStages) -> SamplingStagesAnswer:
    prompt, cut = loaded.prompt(question.prompt)
    if isinstance(loaded.module, TextNetwork):
        logits = loaded.module.reader().read([int(token) for token in prompt] or [START])
    else:
        logits = loaded.model.next_log_probabilities([prompt])[0]
    stages = distribution_stages(logits, question.sampling, prompt)
    return SamplingStagesAnswer(
        loaded.vocabulary, stages, cut, logits, tuple(map(int, prompt.tolist()))
    )
