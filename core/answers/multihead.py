"""Answers about all heads of a layer, and about a model without some of its heads."""

from __future__ import annotations

import torch

from core.answers.loaded import Loaded
from core.answers.registry import answers
from core.errors import LearnerError
from core.inspection import ablation
from core.inspection.heads import head_maps, head_trace
from core.inspection.tap import tap
from core.models.attention import MultiHeadAttention
from core.models.neural import evaluating
from core.questions.multihead import (
    STORIES,
    EveryHeadOff,
    EveryHeadOffAnswer,
    KindLosses,
    StoryMaps,
    StoryMapsAnswer,
    TraceLayer,
    TraceLayerAnswer,
    Without,
    WithoutAnswer,
)
from core.worked.multihead import joined_trace


@answers(TraceLayer)
def trace_layer(loaded: Loaded, question: TraceLayer) -> TraceLayerAnswer:
    gpt = loaded.gpt([(question.layer, 0)])
    tokens, cut = loaded.text(question.text)
    shown = loaded.show(tokens)
    heads = [head_trace(gpt, tokens, question.layer, head, shown) for head in range(gpt.spec.heads)]
    place = f"blocks.{question.layer}.attention"
    attention = gpt.get_submodule(place)
    assert isinstance(attention, MultiHeadAttention)
    with evaluating(gpt), tap(gpt, f"{place}.input") as seen:
        gpt.features(torch.as_tensor(tokens, dtype=torch.int64)[None])
    x = seen[f"{place}.input"][0].double().numpy()
    project = attention.project
    w_o, b_o = (p.detach().double().numpy() for p in (project.weight.T, project.bias))
    return TraceLayerAnswer(shown, joined_trace(x, heads, w_o, b_o), cut)


@answers(Without)
def without_heads(loaded: Loaded, question: Without) -> WithoutAnswer:
    gpt = loaded.gpt(question.heads)
    stories = _stories(loaded, question.seed)
    return WithoutAnswer(
        _plain(ablation.loss_without(gpt, stories)),
        _plain(ablation.loss_without(gpt, stories, question.heads)),
    )


@answers(EveryHeadOff)
def every_head_off(loaded: Loaded, question: EveryHeadOff) -> EveryHeadOffAnswer:
    gpt = loaded.gpt()
    stories = _stories(loaded, question.seed)
    after = tuple(
        tuple(
            _plain(ablation.loss_without(gpt, stories, [(layer, head)]))
            for head in range(gpt.spec.heads)
        )
        for layer in range(gpt.spec.layers)
    )
    share = ablation.share_on_subject(gpt, stories)
    return EveryHeadOffAnswer(_plain(ablation.loss_without(gpt, stories)), after, share)


@answers(StoryMaps)
def story_maps(loaded: Loaded, question: StoryMaps) -> StoryMapsAnswer:
    gpt = loaded.gpt()
    stories = _stories(loaded, question.seed)
    linked = sorted({story for story, _, _ in stories.links})
    if not linked:
        raise LearnerError("This question needs a run on made-up stories, whose links are known.")
    story = linked[question.place % len(linked)]
    ids = stories.tokens[story, : stories.lengths[story]]
    links = tuple((verb - 1, key) for place, verb, key in stories.links if place == story)
    return StoryMapsAnswer(loaded.show(ids), tuple(map(int, ids)), head_maps(gpt, ids), links)


def _stories(loaded: Loaded, seed: int) -> ablation.Stories:
    """Stories like those of the run's corpus; LearnerError where no such can be told."""
    corpus = loaded.spec.corpus
    if corpus.name not in ("tales", "tales_zh"):
        raise LearnerError("This question needs a run on made-up stories, whose links are known.")
    if corpus.seed == seed:
        raise LearnerError("The run was trained on these very stories: choose another seed.")
    return ablation.fresh_stories(loaded.tokenizer, corpus, loaded.gpt().context, STORIES, seed)


def _plain(loss: ablation.Loss) -> KindLosses:
    return KindLosses(
        {str(kind): value for kind, value in loss.losses.items()}, loss.right, loss.verbs
    )
