"""Back-propagation on a graph that can be seen whole: two layers, every node with its value and its slope.

Two numbers of a word go in, two sums with an activation function follow, then two logits, and the loss at the
token that came. Nodes are named as on paper: x₁ w₁₂ a₁ h₁ v₂₁ z₂ L; in w₁₂ and v₁₂ the first index is that of
the unit the weight leads to, the second that of the one it comes from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.worked.learning.activations import ActivationName, activation, activation_slope
from core.worked.learning.softmax import loss_of, slopes

Kind = Literal["given", "sum", "activation", "loss"]
_DIGITS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
LOSS = "L"


@dataclass(frozen=True)
class Node:
    """A number of the graph. A sum has its factors two by two: weight, number, weight, number …"""

    name: str
    kind: Kind
    inputs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Path:
    """One way on from a node: to whom it leads, that one's slope, and how steeply it rises with this node."""

    to: str
    slope: float
    factor: float

    @property
    def product(self) -> float:
        """What comes back along this path (chain rule)."""
        return self.slope * self.factor


@dataclass(frozen=True, eq=False)
class Network:
    """``x`` [n], ``w`` [u n] and ``v`` [v u], the activation, and which of the v tokens came."""

    x: NDArray[np.float64]
    w: NDArray[np.float64]
    v: NDArray[np.float64]
    activation: ActivationName
    truth: int

    @property
    def nodes(self) -> tuple[Node, ...]:
        """All nodes, each after those that it is reckoned from."""
        inputs, units, tokens = len(self.x), len(self.w), len(self.v)
        given = [
            *(named("x", i) for i in range(inputs)),
            *(named("w", j, i) for j in range(units) for i in range(inputs)),
            *(named("v", k, j) for k in range(tokens) for j in range(units)),
        ]
        return (
            *(Node(name, "given") for name in given),
            *(Node(named("a", j), "sum", _pairs("w", "x", j, inputs)) for j in range(units)),
            *(Node(named("h", j), "activation", (named("a", j),)) for j in range(units)),
            *(Node(named("z", k), "sum", _pairs("v", "h", k, units)) for k in range(tokens)),
            Node(LOSS, "loss", tuple(named("z", k) for k in range(tokens))),
        )

    def given(self) -> dict[str, float]:
        """What is not reckoned: inputs and weights."""
        found = {named("x", i): float(value) for i, value in enumerate(self.x)}
        for letter, matrix in (("w", self.w), ("v", self.v)):
            for (j, i), value in np.ndenumerate(matrix):
                found[named(letter, j, i)] = float(value)
        return found

    def loss(self) -> float:
        """The loss as a formula of matrices: −ln softmax(V φ(W x)) at the token that came."""
        return loss_of(self.v @ activation(self.activation, self.w @ self.x), self.truth)

    def moved(self, name: str, by: float) -> Network:
        """The same network with one of its given numbers changed."""
        x, w, v = self.x.copy(), self.w.copy(), self.v.copy()
        for place, _ in np.ndenumerate(x):
            x[place] += by * (named("x", place[0]) == name)
        for letter, matrix in (("w", w), ("v", v)):
            for place, _ in np.ndenumerate(matrix):
                matrix[place] += by * (named(letter, *place) == name)
        return Network(x, w, v, self.activation, self.truth)


def named(letter: str, *places: int) -> str:
    """The name of a node: the letter, and its places counted from 1 as indices below."""
    return letter + "".join(str(place + 1) for place in places).translate(_DIGITS)


def forward(network: Network) -> dict[str, float]:
    """The value of every node, in the order in which they come about."""
    values = network.given()
    for node in network.nodes:
        parts = [values[name] for name in node.inputs]
        match node.kind:
            case "sum":
                pairs = zip(parts[::2], parts[1::2], strict=True)
                values[node.name] = sum(weight * number for weight, number in pairs)
            case "activation":
                values[node.name] = float(activation(network.activation, parts[0]))
            case "loss":
                values[node.name] = loss_of(parts, network.truth)
            case "given":
                pass
    return values


def backward(
    network: Network, values: Mapping[str, float]
) -> tuple[dict[str, float], dict[str, tuple[Path, ...]]]:
    """The slope of the loss at every node, from the loss back, and the paths whose products add up to it.

    Chain rule on a graph (Linnainmaa 1970; Rumelhart, Hinton and Williams 1986): a node's slope is the sum,
    over all nodes that it is used in, of their slope times how steeply they rise with it.
    """
    found = {LOSS: 1.0}
    paths: dict[str, tuple[Path, ...]] = {LOSS: ()}
    for node in reversed(network.nodes):
        if node.name == LOSS:
            continue
        ways = tuple(
            Path(user.name, found[user.name], _factor(network, user, node.name, values))
            for user in network.nodes
            if node.name in user.inputs
        )
        paths[node.name] = ways
        found[node.name] = sum(way.product for way in ways)
    return found, paths


def stepped(network: Network, gradient: Mapping[str, float], rate: float) -> Network:
    """The network after one step: each weight moved against its slope; the inputs stay."""
    w, v = network.w.copy(), network.v.copy()
    for letter, matrix in (("w", w), ("v", v)):
        for place, _ in np.ndenumerate(matrix):
            matrix[place] -= rate * gradient[named(letter, *place)]
    return Network(network.x, w, v, network.activation, network.truth)


def forward_order(network: Network) -> list[str]:
    """The nodes that are reckoned, in their order."""
    return [node.name for node in network.nodes if node.kind != "given"]


def backward_order(network: Network) -> list[str]:
    """All nodes from the loss back; a layer's weights before the numbers that lead farther back."""
    by_letter: dict[str, list[str]] = {}
    for node in network.nodes:
        by_letter.setdefault(node.name[0], []).append(node.name)
    return [name for letter in (LOSS, *"zvhawx") for name in by_letter[letter]]


def _factor(network: Network, user: Node, name: str, values: Mapping[str, float]) -> float:
    """How steeply the node ``user`` rises with its input ``name``, all others held."""
    match user.kind:
        case "sum":
            place = user.inputs.index(name)
            return values[user.inputs[place ^ 1]]
        case "activation":
            return float(activation_slope(network.activation, values[name]))
        case "loss":
            logits = [values[one] for one in user.inputs]
            return float(slopes(logits, network.truth)[user.inputs.index(name)])
        case "given":
            raise ValueError(f"{user.name} is reckoned from nothing")


def _pairs(weight: str, number: str, unit: int, count: int) -> tuple[str, ...]:
    return tuple(name for i in range(count) for name in (named(weight, unit, i), named(number, i)))


def network_of(
    x: Sequence[float],
    weights: Sequence[float],
    name: ActivationName,
    truth: int,
) -> Network:
    """Two inputs, two units, two tokens from w₁₁ w₁₂ w₂₁ w₂₂ v₁₁ v₁₂ v₂₁ v₂₂."""
    w, v = np.array(weights, dtype=np.float64).reshape(2, 2, 2)
    return Network(np.array(x, dtype=np.float64), w, v, name, truth)
