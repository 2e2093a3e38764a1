"""Answers about next tokens and continuations."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.answers.loaded import Loaded
from core.answers.registry import answers
from core.errors import LearnerError
from core.models import generation
from core.models.decoding import Generated, distribution_stages, draw, generate
from core.models.network import TextNetwork
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
)


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
    drawn = _drawn(loaded, prompt, question)
    return GenerateAnswer(
        text=loaded.tokenizer.decode([g.token for g in drawn]),
        tokens=tuple(
            GeneratedToken(g.token, loaded.tokenizer.show(g.token), g.raw, g.final, g.rank)
            for g in drawn
        ),
        cut=cut,
    )


def _drawn(loaded: Loaded, prompt: Tokens, question: Generate) -> list[Generated]:
    """A network keeps what it has reckoned (keys and values, or its state) from token to token."""
    if not isinstance(loaded.module, TextNetwork):
        return list(
            generate(loaded.model, prompt, question.count, question.sampling, question.seed)
        )
    rng = np.random.default_rng(question.seed)
    drawn: list[Generated] = []

    def choose(logits: NDArray[np.float64]) -> int:
        written = [*prompt, *(one.token for one in drawn)]
        drawn.append(draw(logits, question.sampling, rng, written))
        return drawn[-1].token

    for _token in generation.generate(loaded.module, prompt, question.count, choose):
        pass
    return drawn


@answers(SamplingStages)
def sampling_stages(loaded: Loaded, question: SamplingStages) -> SamplingStagesAnswer:
    prompt, cut = loaded.prompt(question.prompt)
    logp = loaded.model.next_log_probabilities([prompt])[0]
    stages = distribution_stages(logp, question.sampling, prompt)
    return SamplingStagesAnswer(loaded.vocabulary, stages, cut)
