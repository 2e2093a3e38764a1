r"""What a Transformer costs: every tensor by its formula, the work per token, the memory. No torch.

A formula is LaTeX, once in letters and once with the numbers put in; both are made from the same
factors as the count, so they cannot say anything else.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from core.spec.families.gpt import GPTSpec

Component = Literal["embedding", "attention", "mlp", "norm", "output"]
COMPONENTS: tuple[Component, ...] = ("embedding", "attention", "mlp", "norm", "output")

WIDENING = 4
"""f = 4 d: the MLP is four times as wide as the residual stream (Vaswani et al. 2017, section 3.3)."""

BYTES = 4
"""Of a number in float32."""

KEPT_IN_TRAINING = 4
"""Numbers kept for each parameter: itself, its gradient, and Adam's two means (Kingma and Ba 2015)."""


@dataclass(frozen=True)
class Plan:
    """The sizes of a Transformer, beyond what may be trained here: for counting only.

    ``learned_positions`` is False for waves and rotations, which have no parameters. ``last_norm``
    stands before the output table where the norms come before the parts.
    """

    layers: int
    heads: int
    width: int
    context: int
    vocabulary: int
    tied: bool = True
    learned_positions: bool = True
    norms: bool = True
    last_norm: bool = True
    mlp: bool = True

    @property
    def hidden(self) -> int:
        """f, the width of the MLP."""
        return WIDENING * self.width


@dataclass(frozen=True)
class TensorCount:
    """A parameter tensor: ``name`` as the module calls it, with * for the number of the layer.

    ``letters`` and ``shape`` are its shape in letters and in numbers; there are ``times`` of it.
    """

    name: str
    component: Component
    letters: tuple[str, ...]
    shape: tuple[int, ...]
    times: int = 1

    @property
    def each(self) -> int:
        """Parameters in one of them."""
        return math.prod(self.shape)

    @property
    def count(self) -> int:
        """Parameters in all of them."""
        return self.times * self.each

    @property
    def formula(self) -> str:
        r"""In letters: ``3d \cdot d``."""
        return r" \cdot ".join(self.letters)

    @property
    def numbers(self) -> str:
        r"""With the numbers put in: ``288 \cdot 96``."""
        return r" \cdot ".join(str(size) for size in self.shape)


@dataclass(frozen=True)
class Work:
    """Multiplications and additions for one token, counted apart, in products of matrices alone.

    The norms, the softmax, the MLP's curve, biases, sums and look-ups are left out: they grow with d,
    not d². ``attention`` are the scores and the weighted sums, over a whole context: with a causal
    mask half of that need not be computed.
    """

    projections: int
    attention: int
    mlp: int
    output: int

    @property
    def total(self) -> int:
        return self.projections + self.attention + self.mlp + self.output


GPT2_SMALL = Plan(layers=12, heads=12, width=768, context=1024, vocabulary=50257)
"""Radford et al. 2019, table 2; with biases and tied tables, as released: 124,439,808."""

TRANSFORMER_BASE = Plan(
    layers=6,
    heads=8,
    width=512,
    context=512,
    vocabulary=37000,
    learned_positions=False,
    last_norm=False,
)
"""The encoder of Vaswani et al. 2017 (table 3, base; section 5.1), with biases in the attention."""


def plan_of(spec: GPTSpec, vocabulary: int) -> Plan:
    """The sizes of a model that can be trained here."""
    return Plan(
        layers=spec.layers,
        heads=spec.heads,
        width=spec.width,
        context=spec.context,
        vocabulary=vocabulary,
        tied=spec.tied,
        learned_positions=spec.positions == "learned",
        norms=spec.norm != "none",
        last_norm=spec.norm == "pre",
        mlp=spec.mlp,
    )


def tensors(plan: Plan) -> tuple[TensorCount, ...]:
    """Every parameter tensor of the model, in the order in which a token meets them."""
    d, v, t = plan.width, plan.vocabulary, plan.context
    found = [TensorCount("tokens.weight", "embedding", ("V", "d"), (v, d))]
    if plan.learned_positions:
        found.append(TensorCount("positions.weight", "embedding", ("t", "d"), (t, d)))
    found += block_tensors(plan)
    if plan.last_norm:
        found.append(TensorCount("norm.weight", "norm", ("d",), (d,)))
        found.append(TensorCount("norm.bias", "norm", ("d",), (d,)))
    if not plan.tied:
        found.append(TensorCount("head.weight", "output", ("V", "d"), (v, d)))
    return tuple(found)


def block_tensors(plan: Plan) -> tuple[TensorCount, ...]:
    """The tensors of a block, each as often as there are layers."""
    d, f, n = plan.width, plan.hidden, plan.layers

    def norm(name: str) -> tuple[TensorCount, ...]:
        if not plan.norms:
            return ()
        return (
            TensorCount(f"blocks.*.{name}.weight", "norm", ("d",), (d,), n),
            TensorCount(f"blocks.*.{name}.bias", "norm", ("d",), (d,), n),
        )

    attention = (
        TensorCount("blocks.*.attention.qkv.weight", "attention", ("3d", "d"), (3 * d, d), n),
        TensorCount("blocks.*.attention.qkv.bias", "attention", ("3d",), (3 * d,), n),
        TensorCount("blocks.*.attention.project.weight", "attention", ("d", "d"), (d, d), n),
        TensorCount("blocks.*.attention.project.bias", "attention", ("d",), (d,), n),
    )
    mlp = (
        TensorCount("blocks.*.mlp.widen.weight", "mlp", ("4d", "d"), (f, d), n),
        TensorCount("blocks.*.mlp.widen.bias", "mlp", ("4d",), (f,), n),
        TensorCount("blocks.*.mlp.narrow.weight", "mlp", ("d", "4d"), (d, f), n),
        TensorCount("blocks.*.mlp.narrow.bias", "mlp", ("d",), (d,), n),
    )
    rest = (*norm("mlp_norm"), *mlp) if plan.mlp else ()
    return (*norm("attention_norm"), *attention, *rest)


def parameters(counts: Sequence[TensorCount], component: Component | None = None) -> int:
    """The sum of the counts, of all tensors or of those of one component."""
    return sum(tensor.count for tensor in counts if component in (None, tensor.component))


def block_parameters(width: int) -> int:
    """One whole block: 12 d² + 13 d, of which attention 4 d² + 4 d, MLP 8 d² + 5 d, norms 4 d."""
    return 12 * width * width + 13 * width


def work(plan: Plan, tokens: int | None = None) -> Work:
    """Floating-point operations of a forward pass for each of so many tokens read at once, by default
    a whole context. A product [a b] × [b c] is 2·a·b·c: each term is multiplied and added."""
    d, n, t = plan.width, plan.layers, plan.context if tokens is None else tokens
    return Work(
        projections=n * 2 * (3 * d * d + d * d),
        attention=n * 2 * (t * d + t * d),
        mlp=n * 2 * 2 * d * plan.hidden if plan.mlp else 0,
        output=2 * d * plan.vocabulary,
    )


def attention_overtakes_mlp(width: int) -> int:
    """The length t from which the scores and weighted sums, 4·t·d, cost more than the MLP, 16·d²."""
    return 4 * width


def megabytes(parameters: int, training: bool = False) -> float:
    """Memory for so many parameters in float32, in millions of bytes; activations come on top."""
    return parameters * BYTES * (KEPT_IN_TRAINING if training else 1) / 1e6
