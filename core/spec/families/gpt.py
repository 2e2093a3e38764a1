"""GPTs: which options there are, and what there is to say about them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from core.spec.family import FamilySpec, Shipped
from core.spec.knobs import Choice, Knob, Range
from core.spec.limits import LONGEST_CONTEXT
from core.spec.recipe import RecipeSpec
from core.wording import N_, Phrase


class GPTSpec(FamilySpec):
    """A decoder-only Transformer; each of its parts can be left out. ``qk_norm`` gives queries and keys one
    length; with ``previous`` the vector of each token's predecessor, from a table of its own, is added to
    the token's."""

    family: Literal["gpt"] = "gpt"
    layers: int = Field(default=2, ge=1, le=8)
    heads: int = Field(default=4, ge=1, le=16)
    width: int = Field(default=96, ge=4, le=512)
    context: int = Field(default=64, ge=2, le=LONGEST_CONTEXT)
    positions: Literal["learned", "sinusoidal", "rotary", "alibi", "none"] = "learned"
    norm: Literal["pre", "post", "none"] = "pre"
    norm_kind: Literal["layer", "rms"] = "layer"
    qk_norm: bool = False
    activation: Literal["gelu", "gelu_tanh", "relu", "relu_squared"] = "gelu"
    previous: bool = False
    tied: bool = True
    dropout: float = Field(default=0.0, ge=0, lt=1)
    causal: bool = True
    residual: bool = True
    mlp: bool = True

    place: ClassVar[int] = 3
    optimizers: ClassVar[tuple[str, ...]] = ("adamw", "muon")
    snapshot_arrays: ClassVar[tuple[str, ...]] = (
        "attention",
        "passage",
        "lens_tokens",
        "lens_shares",
        "next_tokens",
        "next_shares",
        "links",
        "link_chance",
    )
    knobs: ClassVar[tuple[Knob, ...]] = (
        Range("layers", N_("Layers"), 1, 4),
        Choice("heads", N_("Heads in each layer"), (1, 2, 4, 8)),
        Choice("width", N_("Width d of the model"), (32, 64, 96, 128, 192)),
        Choice(
            "positions",
            N_("Positions"),
            ("learned", "sinusoidal", "rotary"),
            {
                "learned": N_("learned"),
                "sinusoidal": N_("sine and cosine"),
                "rotary": N_("rotary"),
            },
        ),
    )
    later_options: ClassVar[Mapping[str, object]] = MappingProxyType(
        {
            "causal": True,
            "residual": True,
            "mlp": True,
            "norm_kind": "layer",
            "qk_norm": False,
            "previous": False,
        }
    )

    @model_validator(mode="after")
    def _heads_divide_width(self) -> Self:
        if self.width % self.heads:
            raise ValueError(f"width {self.width} cannot be shared equally by {self.heads} heads")
        if self.positions in ("sinusoidal", "rotary") and (self.width // self.heads) % 2:
            raise ValueError("sinusoidal and rotary positions need an even width for each head")
        return self

    def parameters(self, vocabulary: int) -> int:
        """With width d and V tokens: token table V·d, learned positions t·d, each block
        12·d² + 13·d (attention 4d² + 4d, MLP 8d² + 5d, two LayerNorms 4d), last LayerNorm 2d, and
        the output table V·d unless it is tied; parts that are switched off have none. An RMSNorm has d,
        the table of the previous token V·d."""
        d = self.width
        tables = vocabulary * d * (1 + (not self.tied) + self.previous)
        positions = self.context * d if self.positions == "learned" else 0
        sublayers = 2 if self.mlp else 1
        norm = d if self.norm_kind == "rms" else 2 * d
        norms = 0 if self.norm == "none" else sublayers * norm
        block = 4 * d * d + 4 * d + (8 * d * d + 5 * d if self.mlp else 0) + norms
        last_norm = norm if self.norm == "pre" else 0
        return tables + positions + self.layers * block + last_norm

    def in_words(self) -> tuple[Phrase, ...]:
        return (
            Phrase("GPT"),
            Phrase(N_("{n} layers"), {"n": self.layers}),
            Phrase(N_("{n} heads"), {"n": self.heads}),
        )

    def longest_window(self) -> int:
        return self.context

    def depth(self) -> int:
        return self.layers

    @classmethod
    def shipped(cls) -> Shipped:
        return Shipped(
            "gpt",
            cls(layers=2, heads=4, width=80, context=64),
            title=N_("GPT: it looks back"),
            idea=N_("Every token looks at those before it for what it needs."),
            recipe=RecipeSpec(
                optimizer="muon",
                steps=450,
                batch=16,
                learning_rate=0.015,
                schedule="linear",
                warmup=0,
                weight_decay=0,
                clip=1000,
                unknown=0.01,
            ),
            # Of thirty seeds the one in which two heads look for a verb's subject, and the one that looks
            # less is needed more.
            seed=19,
        )


FAMILY = GPTSpec
