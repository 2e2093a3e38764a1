"""Answers about keys and values that are kept."""

from __future__ import annotations

import torch

from core.answers.loaded import Loaded
from core.answers.registry import answers, answers_without_run
from core.errors import LearnerError
from core.inspection.kept import write_both_ways, writing_times
from core.models.transformer import GPT
from core.questions.kept import (
    MOST_TIMED,
    MOST_WRITTEN,
    KeptRows,
    KeptRowsAnswer,
    WritingTimes,
    WritingTimesAnswer,
)

_MOST_PARAMETERS = 2_000_000


@answers(KeptRows)
def kept_rows(loaded: Loaded, question: KeptRows) -> KeptRowsAnswer:
    gpt = loaded.gpt()
    if gpt.looks_ahead:
        raise LearnerError(
            "This model looks ahead: each new token changes what all others see, so nothing can be kept."
        )
    if not 1 <= question.count <= min(MOST_WRITTEN, gpt.context - 1):
        raise LearnerError(
            "Ask for between 1 and {most} tokens.", most=min(MOST_WRITTEN, gpt.context - 1)
        )
    prompt, cut = loaded.prompt(question.prompt)
    most = min(question.most, gpt.context - question.count)
    kept = prompt[max(0, len(prompt) - most) :]
    if not len(kept):
        raise LearnerError("Write a longer text: at least {least} tokens.", least=1)
    written = write_both_ways(gpt, kept, question.count)
    return KeptRowsAnswer(
        loaded.show(kept),
        tuple(map(loaded.tokenizer.show, written.tokens)),
        tuple(map(loaded.tokenizer.show, written.anew)),
        written.keys,
        written.values,
        written.size,
        cut + len(prompt) - len(kept),
    )


@answers_without_run(WritingTimes)
def times_of_writing(question: WritingTimes) -> WritingTimesAnswer:
    model = question.model
    if model.parameters(question.vocabulary) > _MOST_PARAMETERS:
        raise LearnerError("This model is too large to be measured here.")
    if not (1 <= question.prompt <= model.context and 1 <= question.count <= MOST_TIMED):
        raise LearnerError("Ask for between 1 and {most} tokens.", most=MOST_TIMED)
    with torch.random.fork_rng():
        torch.manual_seed(1)
        gpt = GPT(model, question.vocabulary)
    times = writing_times(gpt, question.prompt, question.count)
    return WritingTimesAnswer(times.prompt, times.kept, times.anew)
