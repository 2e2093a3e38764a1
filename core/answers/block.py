"""Answers about the blocks of a GPT: the residual stream and the neurons of the MLP."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from core.answers.loaded import Loaded
from core.answers.registry import answers
from core.errors import LearnerError
from core.inspection.neurons import neuron
from core.inspection.stream import residual_stream
from core.protocol import Tokens
from core.questions.block import (
    Excited,
    NeuronActivity,
    NeuronActivityAnswer,
    ResidualStream,
    ResidualStreamAnswer,
)
from core.spec.families.gpt import GPTSpec
from core.spec.text import CorpusSpec
from core.text.corpora import load_corpus, split

MOST_READ = 4096
"""Held-out tokens that a neuron is shown; they take a twentieth of a second."""

WORDS_BEFORE = 7


@answers(ResidualStream)
def followed_token(loaded: Loaded, question: ResidualStream) -> ResidualStreamAnswer:
    gpt = loaded.gpt()
    tokens, cut = loaded.text(question.text)
    if not 0 <= question.position < len(tokens):
        raise LearnerError(
            "There is no token {position}: the text has {tokens}, counted from 0.",
            position=question.position,
            tokens=len(tokens),
        )
    stream = residual_stream(gpt, tokens, question.position)
    return ResidualStreamAnswer(
        tokens=loaded.show(tokens),
        embedded=stream.embedded,
        added=stream.added,
        after=stream.after,
        heads=stream.heads,
        hidden=stream.hidden,
        cut=cut,
    )


@answers(NeuronActivity)
def neuron_activity(loaded: Loaded, question: NeuronActivity) -> NeuronActivityAnswer:
    gpt = loaded.gpt()
    spec = loaded.spec.model
    assert isinstance(spec, GPTSpec)
    if loaded.spec.corpus.name == "own":
        raise LearnerError("Neurons are shown on the course's own texts, not on yours.")
    if not spec.mlp or not (
        0 <= question.layer < spec.layers and 0 <= question.neuron < 4 * spec.width
    ):
        raise LearnerError(
            "There is no neuron {neuron} in layer {layer}: the model has {layers} layers of {neurons} "
            "neurons, counted from 0.",
            neuron=question.neuron,
            layer=question.layer,
            layers=spec.layers,
            neurons=4 * spec.width if spec.mlp else 0,
        )
    tokens = loaded.tokenizer.encode(_held_out(loaded.spec.corpus))[:MOST_READ]
    found = neuron(gpt, tokens, question.layer, question.neuron)
    best = np.argsort(-found.after, kind="stable")[: max(1, question.top)]
    order = np.argsort(-found.promoted, kind="stable")
    shown = loaded.vocabulary

    def named(ids: Tokens) -> tuple[tuple[str, float], ...]:
        return tuple((shown[i], float(found.promoted[i])) for i in ids)

    return NeuronActivityAnswer(
        fit=found.before.astype(np.float32),
        activation=found.after.astype(np.float32),
        excited=tuple(
            Excited(
                before=loaded.show(tokens[_first(int(place), gpt.context) : place]),
                token=shown[int(tokens[place])],
                activation=float(found.after[place]),
            )
            for place in best
        ),
        promoted=named(order[: question.top]),
        hindered=named(order[::-1][: question.top]),
    )


def _first(place: int, context: int) -> int:
    """Where the shown beginning starts: a few tokens back, but not before what the model has read."""
    return max(place - WORDS_BEFORE, place // context * context)


@lru_cache(maxsize=4)
def _held_out(corpus: CorpusSpec) -> str:
    """The text that a run on this corpus never trained on."""
    return split(load_corpus(corpus).text)[1]
