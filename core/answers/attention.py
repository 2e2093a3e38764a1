"""Answers about the heads of a GPT."""

from __future__ import annotations

from core.answers.loaded import Loaded
from core.answers.registry import answers
from core.inspection import heads
from core.inspection.gold_links import links_found
from core.questions import (
    LONGEST_PROMPT,
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
    tokens, cut = loaded.text(question.text)
    spans = loaded.tokenizer.spans(question.text[:LONGEST_PROMPT])[: len(tokens)]
    return HeadMapsAnswer(loaded.show(tokens), tuple(spans), heads.head_maps(gpt, tokens), cut)


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
