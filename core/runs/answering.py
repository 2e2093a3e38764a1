"""What the warm worker does: it keeps the last models loaded and answers questions about them."""

from __future__ import annotations

import contextlib
import os
import traceback
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file
from torch import nn

from core.decoding import distribution_stages, generate
from core.errors import LearnerError
from core.inspection import gates, heads
from core.inspection.links import links_found
from core.models.build import build_model, language_model
from core.models.protocol import LanguageModel, Tokens
from core.models.recurrent import RecurrentLanguageModel
from core.models.transformer import GPT
from core.runs.folder import RunFolder
from core.runs.questions import (
    LONGEST_PROMPT,
    MOST_GENERATED,
    Ablate,
    AblateAnswer,
    Asked,
    Gates,
    GatesAnswer,
    GateStep,
    GateStepAnswer,
    Generate,
    GenerateAnswer,
    GeneratedToken,
    HeadMaps,
    HeadMapsAnswer,
    LinkScores,
    LinkScoresAnswer,
    NextTokens,
    NextTokensAnswer,
    SamplingStages,
    SamplingStagesAnswer,
    TraceHead,
    TraceHeadAnswer,
)
from core.runs.store import Library, Store
from core.runs.worker import die_with_parent
from core.text.tokenizers import Tokenizer
from core.training.spec import LONGEST_CONTEXT, GPTSpec, NGramSpec, RecurrentSpec, RunSpec

_LOADED_AT_ONCE = 4


def serve(connection: Connection, roots: Sequence[Path]) -> None:
    """The main function of the warm worker: question in, (fine, answer or LearnerError) out."""
    die_with_parent()
    torch.set_num_threads(1)
    answerer = Answerer(Library([Store(root, read_only=True) for root in roots]))
    with contextlib.suppress(EOFError, OSError):
        while True:
            question = connection.recv()
            try:
                reply = (True, answerer.answer(question))
            except LearnerError as error:
                reply = (False, error)
            except Exception as error:
                traceback.print_exc()
                problem = f"{type(error).__name__}: {error}"
                reply = (False, LearnerError("The server failed: {problem}", problem=problem))
            connection.send(reply)


@dataclass(frozen=True)
class Loaded:
    """A trained model and what belongs to it. ``module`` is None for an n-gram."""

    spec: RunSpec
    tokenizer: Tokenizer
    module: nn.Module | None
    model: LanguageModel

    @cached_property
    def vocabulary(self) -> tuple[str, ...]:
        return tuple(map(self.tokenizer.show, range(self.tokenizer.vocabulary_size)))

    def show(self, tokens: Tokens) -> tuple[str, ...]:
        return tuple(self.tokenizer.show(int(token)) for token in tokens)

    def gpt(self) -> GPT:
        if not isinstance(self.module, GPT):
            raise LearnerError("This question is about attention, and this run's model has none.")
        return self.module

    def lstm(self, layer: int) -> RecurrentLanguageModel:
        spec = self.spec.model
        if not (isinstance(spec, RecurrentSpec) and spec.cell == "lstm"):
            raise LearnerError("This question is about an LSTM, and this run's model is none.")
        if not 0 <= layer < spec.layers:
            raise LearnerError(
                "There is no layer {layer}: the model has {layers}, counted from 0.",
                layer=layer,
                layers=spec.layers,
            )
        assert isinstance(self.module, RecurrentLanguageModel)
        return self.module


class Answerer:
    """Answers every kind of question about the runs of a library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._loaded: OrderedDict[tuple[Path, int], Loaded] = OrderedDict()
        self._answers: dict[type[Asked], Callable[[Any], Any]] = {
            NextTokens: self._next_tokens,
            Generate: self._generate,
            SamplingStages: self._sampling_stages,
            HeadMaps: self._head_maps,
            TraceHead: self._trace_head,
            Ablate: self._ablate,
            LinkScores: self._link_scores,
            Gates: self._gates,
            GateStep: self._gate_step,
        }

    def answer(self, question: Asked) -> Any:
        """The answer; LearnerError if the run is unknown, untrained or of the wrong family."""
        with torch.inference_mode():
            return self._answers[type(question)](question)

    def loaded(self, run_id: str) -> Loaded:
        """The run's model as last saved; of the four last asked for, from memory."""
        folder = self._library.open(run_id)
        try:
            key = (folder.path, os.stat(folder.model_path).st_mtime_ns)
        except FileNotFoundError:
            raise LearnerError("The run {run} has no model yet.", run=run_id) from None
        found = self._loaded.pop(key, None) or load(folder)
        self._loaded[key] = found
        while len(self._loaded) > _LOADED_AT_ONCE:
            self._loaded.popitem(last=False)
        return found

    def _next_tokens(self, question: NextTokens) -> NextTokensAnswer:
        loaded = self.loaded(question.run)
        prompt, cut = _prompt(loaded, question.prompt)
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

    def _generate(self, question: Generate) -> GenerateAnswer:
        loaded = self.loaded(question.run)
        if not 1 <= question.count <= MOST_GENERATED:
            raise LearnerError("Ask for between 1 and {most} tokens.", most=MOST_GENERATED)
        prompt, cut = _prompt(loaded, question.prompt)
        drawn = list(
            generate(loaded.model, prompt, question.count, question.sampling, question.seed)
        )
        return GenerateAnswer(
            text=loaded.tokenizer.decode([g.token for g in drawn]),
            tokens=tuple(
                GeneratedToken(g.token, loaded.tokenizer.show(g.token), g.raw, g.final, g.rank)
                for g in drawn
            ),
            cut=cut,
        )

    def _sampling_stages(self, question: SamplingStages) -> SamplingStagesAnswer:
        loaded = self.loaded(question.run)
        prompt, cut = _prompt(loaded, question.prompt)
        logp = loaded.model.next_log_probabilities([prompt])[0]
        stages = distribution_stages(logp, question.sampling)
        return SamplingStagesAnswer(loaded.vocabulary, stages, cut)

    def _head_maps(self, question: HeadMaps) -> HeadMapsAnswer:
        loaded = self.loaded(question.run)
        gpt = loaded.gpt()
        tokens, cut = _text(loaded, question.text)
        spans = loaded.tokenizer.spans(question.text[:LONGEST_PROMPT])[: len(tokens)]
        return HeadMapsAnswer(loaded.show(tokens), tuple(spans), heads.head_maps(gpt, tokens), cut)

    def _trace_head(self, question: TraceHead) -> TraceHeadAnswer:
        loaded = self.loaded(question.run)
        gpt = loaded.gpt()
        _check_heads(loaded, [(question.layer, question.head)])
        tokens, cut = _text(loaded, question.text)
        shown = loaded.show(tokens)
        trace = heads.head_trace(gpt, tokens, question.layer, question.head, shown)
        return TraceHeadAnswer(shown, trace, cut)

    def _ablate(self, question: Ablate) -> AblateAnswer:
        loaded = self.loaded(question.run)
        gpt = loaded.gpt()
        _check_heads(loaded, question.heads)
        tokens, cut = _text(loaded, question.text, least=2)
        losses = heads.ablate(gpt, tokens, question.heads)
        return AblateAnswer(loaded.show(tokens), losses.before, losses.after, cut)

    def _link_scores(self, question: LinkScores) -> LinkScoresAnswer:
        loaded = self.loaded(question.run)
        if loaded.spec.corpus.name == "own":
            return LinkScoresAnswer(())
        gpt = loaded.gpt()
        return LinkScoresAnswer(links_found(gpt, loaded.tokenizer, loaded.spec.corpus, gpt.context))

    def _gates(self, question: Gates) -> GatesAnswer:
        loaded = self.loaded(question.run)
        lstm = loaded.lstm(question.layer)
        tokens, cut = _text(loaded, question.text)
        return GatesAnswer(loaded.show(tokens), gates.lstm_gates(lstm, tokens, question.layer), cut)

    def _gate_step(self, question: GateStep) -> GateStepAnswer:
        loaded = self.loaded(question.run)
        lstm = loaded.lstm(question.layer)
        tokens, cut = _text(loaded, question.text)
        if not (0 <= question.position < len(tokens) and 0 <= question.unit < lstm.spec.width):
            raise LearnerError(
                "There is no unit {unit} at token {position}: the text has {tokens} tokens and the "
                "layer {width} units, counted from 0.",
                unit=question.unit,
                position=question.position,
                tokens=len(tokens),
                width=lstm.spec.width,
            )
        step = gates.lstm_step(lstm, tokens, question.position, question.unit, question.layer)
        return GateStepAnswer(loaded.show(tokens), step, cut)


def load(folder: RunFolder) -> Loaded:
    """Read a run's tokenizer and model."""
    spec, tokenizer = folder.spec, folder.tokenizer()
    if isinstance(spec.model, NGramSpec):
        return Loaded(spec, tokenizer, None, folder.ngram())
    module = build_model(spec.model, tokenizer.vocabulary_size)
    module.load_state_dict(load_file(folder.model_path))
    module.eval()
    return Loaded(spec, tokenizer, module, language_model(module))


def _check_heads(loaded: Loaded, asked: Iterable[tuple[int, int]]) -> None:
    spec = loaded.spec.model
    assert isinstance(spec, GPTSpec)
    for layer, head in asked:
        if not (0 <= layer < spec.layers and 0 <= head < spec.heads):
            raise LearnerError(
                "There is no head {head} in layer {layer}: the model has {layers} layers of "
                "{heads} heads, counted from 0.",
                layer=layer,
                head=head,
                layers=spec.layers,
                heads=spec.heads,
            )


def _prompt(loaded: Loaded, text: str) -> tuple[Tokens, int]:
    """The prompt's last tokens, as many as a network can use, and how many were left out."""
    tokens = loaded.tokenizer.encode(text[-LONGEST_PROMPT:])
    most = LONGEST_CONTEXT if loaded.module is None else loaded.model.context
    kept = tokens[-most:]
    return kept, len(tokens) - len(kept)


def _text(loaded: Loaded, text: str, least: int = 1) -> tuple[Tokens, int]:
    """The text's first tokens, as many as the model reads at once, and how many were left out."""
    tokens = loaded.tokenizer.encode(text[:LONGEST_PROMPT])
    if len(tokens) < least:
        raise LearnerError("Write a longer text: at least {least} tokens.", least=least)
    whole_past = isinstance(loaded.spec.model, RecurrentSpec)
    kept = tokens[: LONGEST_CONTEXT if whole_past else loaded.model.context]
    return kept, len(tokens) - len(kept)
