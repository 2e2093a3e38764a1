"""The specification of a run: everything that decides its numbers, validated, hashable, with an id.

No torch here: pages build and check specifications in the web process.
"""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from core.errors import LearnerError

FORMAT = 1
"""Raised when the same specification would give other numbers than before; part of every id."""

LONGEST_CONTEXT = 256
MOST_PARAMETERS = 5_000_000
MOST_STEPS = 20_000
MOST_TOKENS_A_STEP = 16_384
LONGEST_RUN_SECONDS = 900


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CorpusSpec(_Frozen):
    """Which text. ``size`` counts stories, entries or names; own text is named by its SHA-256."""

    name: Literal["tales", "tales_zh", "python", "names", "names_zh", "own"] = "tales"
    size: int = Field(default=2000, ge=1, le=20_000)
    seed: int = Field(default=7, ge=0, le=2**31 - 1)
    digest: str | None = Field(default=None, pattern=r"^[0-9a-f]{64}$")

    @model_validator(mode="after")
    def _own_text_has_a_digest(self) -> Self:
        if (self.name == "own") != (self.digest is not None):
            raise ValueError("own text, and only own text, is named by its digest")
        return self


class TokenizerSpec(_Frozen):
    """How text becomes tokens. ``vocabulary`` is the most entries to keep."""

    kind: Literal["characters", "words", "bpe"] = "words"
    vocabulary: int = Field(default=1000, ge=16, le=20_000)


class NGramSpec(_Frozen):
    family: Literal["ngram"] = "ngram"
    order: int = Field(default=3, ge=1, le=8)
    smoothing: Literal["mle", "add_k", "kneser_ney", "stupid_backoff"] = "kneser_ney"
    k: float = Field(default=0.1, gt=0, le=10)
    discount: float = Field(default=0.75, gt=0, lt=1)
    backoff: float = Field(default=0.4, gt=0, le=1)


class RecurrentSpec(_Frozen):
    family: Literal["recurrent"] = "recurrent"
    cell: Literal["rnn", "lstm"] = "lstm"
    layers: int = Field(default=1, ge=1, le=4)
    width: int = Field(default=128, ge=4, le=512)
    context: int = Field(default=64, ge=2, le=LONGEST_CONTEXT)
    dropout: float = Field(default=0.0, ge=0, lt=1)


class GPTSpec(_Frozen):
    family: Literal["gpt"] = "gpt"
    layers: int = Field(default=2, ge=1, le=8)
    heads: int = Field(default=4, ge=1, le=16)
    width: int = Field(default=96, ge=4, le=512)
    context: int = Field(default=64, ge=2, le=LONGEST_CONTEXT)
    positions: Literal["learned", "sinusoidal", "rotary", "alibi", "none"] = "learned"
    norm: Literal["pre", "post", "none"] = "pre"
    activation: Literal["gelu", "gelu_tanh", "relu"] = "gelu"
    tied: bool = True
    dropout: float = Field(default=0.0, ge=0, lt=1)
    causal: bool = True
    residual: bool = True
    mlp: bool = True

    @model_validator(mode="after")
    def _heads_divide_width(self) -> Self:
        if self.width % self.heads:
            raise ValueError(f"width {self.width} cannot be shared equally by {self.heads} heads")
        if self.positions in ("sinusoidal", "rotary") and (self.width // self.heads) % 2:
            raise ValueError("sinusoidal and rotary positions need an even width for each head")
        return self


ModelSpec = Annotated[NGramSpec | RecurrentSpec | GPTSpec, Field(discriminator="family")]


class RecipeSpec(_Frozen):
    """How to train. An n-gram only counts and ignores it.

    ``window`` is how many tokens are read at a time in training, where that is fewer than the
    model's context; learned positions beyond it are never trained.
    """

    steps: int = Field(default=1000, ge=1, le=MOST_STEPS)
    batch: int = Field(default=16, ge=1, le=256)
    learning_rate: float = Field(default=3e-3, gt=0, le=100)
    warmup: int = Field(default=50, ge=0, le=MOST_STEPS)
    weight_decay: float = Field(default=0.01, ge=0, le=1)
    clip: float = Field(default=1.0, gt=0, le=1000)
    snapshots: int = Field(default=24, ge=1, le=200)
    window: int | None = Field(default=None, ge=2, le=LONGEST_CONTEXT)


_LATER_OPTIONS: dict[str, dict[str, Any]] = {
    "model": {"causal": True, "residual": True, "mlp": True},
    "recipe": {"window": None},
}
"""Options with their defaults, by the part of the specification that they were added to."""


class RunSpec(_Frozen):
    """Everything that decides a run's numbers. Two equal specifications are the same run."""

    corpus: CorpusSpec = CorpusSpec()
    tokenizer: TokenizerSpec = TokenizerSpec()
    model: ModelSpec = GPTSpec()
    recipe: RecipeSpec = RecipeSpec()
    seed: int = Field(default=1, ge=0, le=2**31 - 1)

    @model_validator(mode="after")
    def _within_limits(self) -> Self:
        model = self.model
        if not isinstance(model, NGramSpec):
            if self.recipe.window is not None and self.recipe.window > model.context:
                raise ValueError(
                    f"a window of {self.recipe.window} tokens does not fit a context of "
                    f"{model.context}"
                )
            tokens = self.recipe.batch * (self.recipe.window or model.context)
            if tokens > MOST_TOKENS_A_STEP:
                raise ValueError(
                    f"batch × window is {tokens} tokens a step; at most {MOST_TOKENS_A_STEP}"
                )
            count = self.most_parameters()
            if count > MOST_PARAMETERS:
                raise ValueError(f"{count} parameters; at most {MOST_PARAMETERS}")
        return self

    def canonical_json(self) -> str:
        """The one spelling of this specification: sorted keys, no spaces, defaults written out.

        Options that came after the first runs are left out while they have their defaults, so that
        a specification keeps its id when a new option appears.
        """
        values = self.model_dump(mode="json")
        for part, options in _LATER_OPTIONS.items():
            for option, default in options.items():
                if values[part].get(option, default) == default:
                    values[part].pop(option, None)
        return json.dumps(values, sort_keys=True, separators=(",", ":"))

    @property
    def id(self) -> str:
        """Sixteen hexadecimal digits that name the run."""
        text = f"{FORMAT}\n{self.canonical_json()}"
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def most_parameters(self) -> int:
        """Trainable parameters if the vocabulary is filled; 0 for an n-gram, which has counts instead."""
        return parameter_count(self.model, self.tokenizer.vocabulary)


def parameter_count(model: NGramSpec | RecurrentSpec | GPTSpec, vocabulary: int) -> int:
    """Trainable parameters by formula; tests hold it equal to the real modules.

    GPT with width d and V tokens: token table V·d, learned positions t·d, each block
    12·d² + 13·d (attention 4d² + 4d, MLP 8d² + 5d, two LayerNorms 4d), last LayerNorm 2d, and the
    output table V·d unless it is tied; parts that are switched off have none. Recurrent with width
    d: table V·d, each layer g·(2d² + 2d) with g = 4 gates for the LSTM and 1 for the RNN, output
    d·V + V.
    """
    match model:
        case NGramSpec():
            return 0
        case RecurrentSpec(width=d):
            gates = 4 if model.cell == "lstm" else 1
            return (
                vocabulary * d
                + model.layers * gates * (2 * d * d + 2 * d)
                + d * vocabulary
                + vocabulary
            )
        case GPTSpec(width=d):
            tables = vocabulary * d * (1 if model.tied else 2)
            positions = model.context * d if model.positions == "learned" else 0
            sublayers = 2 if model.mlp else 1
            norms = 0 if model.norm == "none" else sublayers * 2 * d
            block = 4 * d * d + 4 * d + (8 * d * d + 5 * d if model.mlp else 0) + norms
            last_norm = 2 * d if model.norm == "pre" else 0
            return tables + positions + model.layers * block + last_norm


def read_spec(value: str | bytes | dict[str, Any]) -> RunSpec:
    """A specification from JSON text or a dictionary.

    Raises LearnerError, with the first problem in one sentence, if it is not a valid one.
    """
    try:
        if isinstance(value, (str, bytes)):
            return RunSpec.model_validate_json(value)
        return RunSpec.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        place = " → ".join(str(part) for part in first["loc"]) or "specification"
        raise LearnerError(
            "The specification cannot be run: {place}: {problem}.",
            place=place,
            problem=str(first["msg"]).removeprefix("Value error, "),
        ) from None
