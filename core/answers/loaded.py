"""A trained model in memory, with what belongs to it, and how a learner's words become its tokens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from numpy.typing import NDArray
from torch import nn

from core.errors import LearnerError
from core.models.recurrent import RecurrentLanguageModel
from core.models.transformer import GPT
from core.protocol import LanguageModel, Tokens
from core.questions import LONGEST_PROMPT
from core.spec.run import RunSpec
from core.store.folder import RunFolder
from core.text.prompt import read_prompt
from core.text.tokenizers import Tokenizer
from core.training.families import FAMILIES


@dataclass(frozen=True)
class Loaded:
    """A trained model and what belongs to it. ``module`` is None for what is counted, not built;
    ``language_model`` for what does not say the next token; ``folder`` for what is in no run's."""

    spec: RunSpec
    tokenizer: Tokenizer
    module: nn.Module | None
    language_model: LanguageModel | None
    folder: RunFolder | None = None

    @property
    def model(self) -> LanguageModel:
        """The model as a language model; LearnerError if it is none."""
        if self.language_model is None:
            raise LearnerError(
                "This question is about the next token, and this run's model does not predict it."
            )
        return self.language_model

    @cached_property
    def vocabulary(self) -> tuple[str, ...]:
        return tuple(map(self.tokenizer.show, range(self.tokenizer.vocabulary_size)))

    def show(self, tokens: Tokens) -> tuple[str, ...]:
        return tuple(self.tokenizer.show(int(token)) for token in tokens)

    def arrays(self, step: int | None) -> dict[str, NDArray[Any]]:
        """What the run's family looked at, by name, at a full step, or at the last one; empty where there is
        nothing."""
        if self.folder is None:
            return {}
        if step is None:
            full = [snapshot.step for snapshot in self.folder.snapshots() if snapshot.full]
            step = full[-1] if full else 0
        return self.folder.arrays(step)

    def gpt(self, heads: Iterable[tuple[int, int]] = ()) -> GPT:
        """The model as a GPT; LearnerError if it is none or lacks one of these (layer, head) pairs."""
        if not isinstance(self.module, GPT):
            raise LearnerError("This question is about attention, and this run's model has none.")
        spec = self.module.spec
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

    def recurrent(self, layer: int = 0) -> RecurrentLanguageModel:
        """The model as a recurrent network; LearnerError if it is none or lacks this layer."""
        if not isinstance(self.module, RecurrentLanguageModel):
            raise LearnerError(
                "This question is about a recurrent network, and this run's model is none."
            )
        return self._with_layer(self.module, layer)

    def _with_layer(self, module: RecurrentLanguageModel, layer: int) -> RecurrentLanguageModel:
        layers = module.spec.layers
        if not 0 <= layer < layers:
            raise LearnerError(
                "There is no layer {layer}: the model has {layers}, counted from 0.",
                layer=layer,
                layers=layers,
            )
        return module

    def prompt(self, text: str) -> tuple[Tokens, int]:
        """The prompt's last tokens, as many as the model can use, and how many were left out."""
        tokens = read_prompt(self.tokenizer, text[-LONGEST_PROMPT:]).tokens
        kept = tokens[-self.spec.model.longest_window() :]
        return kept, len(tokens) - len(kept)

    def text(self, text: str, least: int = 1, most: int | None = None) -> tuple[Tokens, int]:
        """The text's first tokens, at most ``most`` (by default as many as the model reads at once),
        and how many were left out. LearnerError if it has fewer than ``least``."""
        tokens = read_prompt(self.tokenizer, text[:LONGEST_PROMPT]).tokens
        if len(tokens) < least:
            raise LearnerError("Write a longer text: at least {least} tokens.", least=least)
        kept = tokens[: most or self.spec.model.longest_window()]
        return kept, len(tokens) - len(kept)


def load(folder: RunFolder) -> Loaded:
    """Read a run's tokenizer and model."""
    spec, tokenizer = folder.spec, folder.tokenizer()
    family = FAMILIES[spec.model.family]
    trained = family.load(spec, tokenizer.vocabulary_size, folder.model_path)
    return Loaded(spec, tokenizer, trained.module, trained.language_model, folder)
