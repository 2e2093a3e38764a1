"""A trained model in memory, with what belongs to it, and how a learner's words become its tokens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from safetensors.torch import load_file
from torch import nn

from core.errors import LearnerError
from core.models.build import build_model, language_model
from core.models.recurrent import RecurrentLanguageModel
from core.models.transformer import GPT
from core.protocol import LanguageModel, Tokens
from core.questions import LONGEST_PROMPT
from core.spec.run import (
    LONGEST_CONTEXT,
    GPTSpec,
    NGramSpec,
    RecurrentSpec,
    RunSpec,
)
from core.store.folder import RunFolder
from core.text.tokenizers import Tokenizer


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

    def gpt(self, heads: Iterable[tuple[int, int]] = ()) -> GPT:
        """The model as a GPT; LearnerError if it is none or lacks one of these (layer, head) pairs."""
        if not isinstance(self.module, GPT):
            raise LearnerError("This question is about attention, and this run's model has none.")
        spec = self.spec.model
        assert isinstance(spec, GPTSpec)
        for layer, head in heads:
            if not (0 <= layer < spec.layers and 0 <= head < spec.heads):
                raise LearnerError(
                    "There is no head {head} in layer {layer}: the model has {layers} layers of "
                    "{heads} heads, counted from 0.",
                    layer=layer,
                    head=head,
                    layers=spec.layers,
                    heads=spec.heads,
                )
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

    def prompt(self, text: str) -> tuple[Tokens, int]:
        """The prompt's last tokens, as many as a network can use, and how many were left out."""
        tokens = self.tokenizer.encode(text[-LONGEST_PROMPT:])
        most = LONGEST_CONTEXT if self.module is None else self.model.context
        kept = tokens[-most:]
        return kept, len(tokens) - len(kept)

    def text(self, text: str, least: int = 1) -> tuple[Tokens, int]:
        """The text's first tokens, as many as the model reads at once, and how many were left out.
        LearnerError if it has fewer than ``least``."""
        tokens = self.tokenizer.encode(text[:LONGEST_PROMPT])
        if len(tokens) < least:
            raise LearnerError("Write a longer text: at least {least} tokens.", least=least)
        whole_past = isinstance(self.spec.model, RecurrentSpec)
        kept = tokens[: LONGEST_CONTEXT if whole_past else self.model.context]
        return kept, len(tokens) - len(kept)


def load(folder: RunFolder) -> Loaded:
    """Read a run's tokenizer and model."""
    spec, tokenizer = folder.spec, folder.tokenizer()
    if isinstance(spec.model, NGramSpec):
        return Loaded(spec, tokenizer, None, folder.ngram())
    module = build_model(spec.model, tokenizer.vocabulary_size)
    module.load_state_dict(load_file(folder.model_path))
    module.eval()
    return Loaded(spec, tokenizer, module, language_model(module))
