"""The arithmetic of each node of the small network, forward and back, as people write it in one line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from core.worked.arithmetic import ArithmeticLine, arithmetic_line, bracketed, dot
from core.worked.arithmetic import number as written_number
from core.worked.learning.activations import (
    SYMBOLS,
    ActivationName,
    activation,
    activation_slope,
)
from core.worked.learning.network import LOSS, Network, Node, Path, named
from core.worked.learning.softmax import numerical_slope, softmax

NUDGE = 1e-4
"""How far a number is moved to measure its slope."""
_PLACES = 3
_WRITTEN: Mapping[ActivationName, str] = {
    "tanh": "tanh({0})",
    "sigmoid": "σ({0})",
    "relu": "max(0, {0})",
    "gelu": "{0} · Φ({0})",
}
_UNWRITABLE = 1e-9
"""A smaller probability has no digits on paper."""


@dataclass(frozen=True)
class Worked:
    """A computation in letters, and the same with its numbers and what they come to."""

    letters: str
    numbers: str


def value_line(network: Network, node: Node, values: Mapping[str, float]) -> Worked | None:
    """How the node's value is reckoned; None for what was given."""
    value = values[node.name]
    parts = [values[name] for name in node.inputs]
    match node.kind:
        case "given":
            return None
        case "sum":
            weights, numbers = node.inputs[::2], node.inputs[1::2]
            letters = " + ".join(f"{w} · {x}" for w, x in zip(weights, numbers, strict=True))
            line = dot(np.array(parts[::2]), np.array(parts[1::2]), value, _PLACES)[0]
            return Worked(letters, plain(line))
        case "activation":
            if network.activation == "none":
                return Worked(node.inputs[0], _true_minus(written_number(value, _PLACES)))
            name = network.activation
            line = arithmetic_line(
                parts,
                lambda shown: _WRITTEN[name].format(shown[0]),
                lambda numbers: float(activation(name, numbers[0])),
                value,
                _PLACES,
            )
            return Worked(_WRITTEN[name].format(node.inputs[0]), plain(line))
        case "loss":
            return _loss_line(network, parts, value)


def slope_line(
    network: Network, node: Node, paths: Sequence[Path], slopes: Mapping[str, float]
) -> Worked:
    """How the node's slope is reckoned: of each path the slope of whom it leads to, times a factor."""
    value = slopes[node.name]
    if node.name == LOSS:
        return Worked("∂L/∂L", "1")
    if paths[0].to == LOSS:
        return _probability_minus_truth(network, node, value)
    letters = " + ".join(
        f"{slope_of(path.to)} · {_factor_of(network, path, node)}" for path in paths
    )
    line = dot(
        np.array([path.slope for path in paths]),
        np.array([path.factor for path in paths]),
        value,
        _PLACES,
    )[0]
    return Worked(letters, plain(line))


def truth_line(network: Network, values: Mapping[str, float]) -> Worked:
    """The probability of the token that came, from the logits."""
    names = [named("z", place) for place in range(len(network.v))]
    logits = [values[name] for name in names]
    at = network.truth
    line = arithmetic_line(
        logits,
        lambda shown: (
            f"e^{bracketed(shown[at])} / ({' + '.join(f'e^{bracketed(one)}' for one in shown)})"
        ),
        lambda numbers: float(softmax(numbers)[at]),
        float(softmax(logits)[at]),
        _PLACES,
    )
    powers = " + ".join(f"e^{name}" for name in names)
    return Worked(f"{named('p', at)} = e^{names[at]} / ({powers})", _never_reached(line))


def bend_line(network: Network, node: Node, values: Mapping[str, float]) -> Worked | None:
    """The slope of the activation function at a sum of the first layer, where a short formula gives it from
    the function's value; None for other nodes and functions."""
    if not node.name.startswith("a") or network.activation not in ("tanh", "sigmoid"):
        return None
    value = node.name.replace("a", "h")
    tanh = network.activation == "tanh"
    line = arithmetic_line(
        [values[value]],
        lambda shown: f"1 − {bracketed(shown[0])}²" if tanh else f"{shown[0]} · (1 − {shown[0]})",
        lambda numbers: 1 - numbers[0] ** 2 if tanh else numbers[0] * (1 - numbers[0]),
        float(activation_slope(network.activation, values[node.name])),
        _PLACES,
    )
    letters = f"1 − {value}²" if tanh else f"{value} · (1 − {value})"
    return Worked(f"{SYMBOLS[network.activation]}′({node.name}) = {letters}", plain(line))


def measured_slope(network: Network, node: Node) -> float | None:
    """(L(w + h) − L(w − h)) / 2h with h = NUDGE; None for what is not given, and so cannot be nudged."""
    if node.kind != "given":
        return None
    return numerical_slope(
        lambda by: network.moved(node.name, float(by[0])).loss(), [0.0], 0, NUDGE
    )


def slope_of(name: str) -> str:
    """How the slope of the loss at a node is written."""
    return f"∂L/∂{name}"


def plain(line: ArithmeticLine) -> str:
    """The line without LaTeX, and with true minus signs."""
    return _true_minus(line.latex.replace(r"\cdot", "·").replace(r"\approx", "≈"))


def _true_minus(text: str) -> str:
    return text.replace("-", "−")


def _never_reached(line: ArithmeticLine) -> str:
    """The line of a probability, or of it minus truth: neither 0 nor 1 is ever reached, only approached."""
    text = plain(line)
    *before, last = text.split(" = ")
    return f"{' = '.join(before)} ≈ {last}" if before and last in ("0", "1", "−1") else text


def _loss_line(network: Network, logits: Sequence[float], value: float) -> Worked:
    """The loss from the probability; where that has no digits on paper, from the logits."""
    index = named("", network.truth)
    probability = float(softmax(logits)[network.truth])
    if probability >= _UNWRITABLE:
        line = arithmetic_line(
            [probability],
            lambda shown: f"−ln {shown[0]}",
            lambda numbers: -float(np.log(numbers[0])) if numbers[0] > 0 else np.inf,
            value,
            _PLACES,
        )
        return Worked(f"−ln p{index}", plain(line))
    others = [place for place in range(len(logits)) if place != network.truth]
    line = arithmetic_line(
        [logits[place] - logits[network.truth] for place in others],
        lambda shown: f"ln(1 + {' + '.join(f'e^{bracketed(one)}' for one in shown)})",
        lambda numbers: float(np.logaddexp.reduce([0.0, *numbers])),
        value,
        _PLACES,
    )
    powers = " + ".join(f"e^({named('z', place)} − z{index})" for place in others)
    return Worked(f"−ln p{index} = ln(1 + {powers})", plain(line).replace(" = ", " ≈ "))


def _probability_minus_truth(network: Network, node: Node, value: float) -> Worked:
    index = node.name[1:]
    came = 1.0 if node.name == named("z", network.truth) else 0.0
    line = arithmetic_line(
        [value + came, came],
        lambda shown: f"{shown[0]} − {shown[1]}",
        lambda numbers: numbers[0] - numbers[1],
        value,
        _PLACES,
    )
    return Worked(f"p{index} − y{index}", _never_reached(line))


def _factor_of(network: Network, path: Path, node: Node) -> str:
    """The name of what a path multiplies by: the other factor of a product, or the activation's slope."""
    user = next(one for one in network.nodes if one.name == path.to)
    if user.kind == "activation":
        name = network.activation
        return "1" if name == "none" else f"{SYMBOLS[name]}′({node.name})"
    return user.inputs[user.inputs.index(node.name) ^ 1]
