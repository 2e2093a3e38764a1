"""Answers about the heads of a GPT."""

from __future__ import annotations

from core.answers.loaded import Loaded
from core.answers.registry import answers
from core.errors import LearnerError
from core.inspection import heads
from core.inspection.gold_links import links_found
from core.questions import (
    Ablate,
    AblateAnswer,
    HeadMaps,
    HeadMapsAnswer,
    LinkScores,
    LinkScoresAnswer,
    TraceHead,
    TraceHeadAnswer,
)


@answers(HeadMaps)
def head_maps(loaded: Loaded, question: HeadMaps) -> HeadMapsAnswer:
    gpt = loaded.gpt()
    read = loaded.prompt if question.end else loaded.text
    tokens, cut = read(question.text)
    if not len(tokens):
        raise LearnerError("Write a longer text: at least {least} tokens.", least=1)
    return HeadMapsAnswer(loaded.show(tokens), heads.head_maps(gpt, tokens), cut)


@answers(TraceHead)
def trace_head(loaded: Loaded, question: TraceHead) -> TraceHeadAnswer:
    gpt = loaded.gpt([(question.layer, question.head)])
    tokens, cut = loaded.text(question.text)
    shown = loaded.show(tokens)
    trace = heads.head_trace(gpt, tokens, question.layer, question.head, shown)
    return TraceHeadAnswer(shown, trace, cut)


@answers(Ablate)
def ablate(loaded: Loaded, question: Ablate) -> AblateAnswer:
    gpt = loaded.gpt(question.heads)
    tokens, cut = loaded.text(question.text, least=2)
    losses = heads.ablate(gpt, tokens, question.heads)
    return AblateAnswer(loaded.show(tokens), losses.before, losses.after, cut)


@answers(LinkScores)
def link_scores(loaded: Loaded, question: LinkScores) -> LinkScoresAnswer:
    if loaded.spec.corpus.name == "own":
        return LinkScoresAnswer(())
    gpt = loaded.gpt()
    return LinkScoresAnswer(links_found(gpt, loaded.tokenizer, loaded.spec.corpus, gpt.context))
