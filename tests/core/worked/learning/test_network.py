"""Back-propagation on the graph: torch's autograd, nudged weights, and sums where paths join."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st

from core.worked.learning.activations import (
    ACTIVATIONS,
    ActivationName,
    activation,
    activation_slope,
)
from core.worked.learning.network import (
    LOSS,
    Network,
    backward,
    backward_order,
    forward,
    forward_order,
    named,
    network_of,
    stepped,
)
from core.worked.learning.network_lines import (
    measured_slope,
    slope_line,
    truth_line,
    value_line,
)
from core.worked.learning.softmax import numerical_slope

WEIGHTS = [0.5, -0.4, 0.3, 0.8, 0.6, -0.7, -0.2, 0.9]
TORCH = {
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "relu": torch.relu,
    "gelu": torch.nn.functional.gelu,
    "none": lambda z: z,
}


@st.composite
def networks(draw: st.DrawFn) -> Network:
    inputs, units, tokens = (draw(st.integers(1, 4)) for _ in range(3))
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    return Network(
        rng.normal(size=inputs),
        rng.normal(size=(units, inputs)),
        rng.normal(size=(tokens, units)),
        draw(st.sampled_from(ACTIVATIONS)),
        draw(st.integers(0, tokens - 1)),
    )


@given(networks())
def test_every_slope_is_autograds(network: Network) -> None:
    x, w, v = (torch.tensor(part, requires_grad=True) for part in (network.x, network.w, network.v))
    a = w @ x
    h = TORCH[network.activation](a)
    z = v @ h
    for part in (a, h, z):
        part.retain_grad()
    loss = torch.nn.functional.cross_entropy(z[None], torch.tensor([network.truth]))
    loss.backward()
    values = forward(network)
    found, _ = backward(network, values)
    assert values[LOSS] == pytest.approx(float(loss.detach()), abs=1e-9)
    for letter, part in {"x": x, "a": a, "h": h, "z": z}.items():
        assert part.grad is not None
        for place, slope in enumerate(part.grad.tolist()):
            assert found[named(letter, place)] == pytest.approx(slope, abs=1e-6)
    for letter, part in {"w": w, "v": v}.items():
        assert part.grad is not None
        for (row, column), slope in np.ndenumerate(part.grad.numpy()):
            assert found[named(letter, row, column)] == pytest.approx(slope, abs=1e-6)


@given(networks())
def test_nudging_each_weight_gives_the_same_slope(network: Network) -> None:
    """To 1e-5 of the slope, wherever the function has no corner within the nudge."""
    if network.activation == "relu":
        assume(np.abs(network.w @ network.x).min() > 1e-2)
    found, _ = backward(network, forward(network))
    for name in network.given():
        measured = numerical_slope(
            lambda by, name=name: network.moved(name, float(by[0])).loss(), [0.0], 0, 1e-4
        )
        assert measured == pytest.approx(found[name], rel=1e-5, abs=1e-7)


def test_where_paths_join_their_products_are_added() -> None:
    network = network_of([1.0, -0.5], WEIGHTS, "tanh", 0)
    found, paths = backward(network, forward(network))
    ways = paths["h₁"]
    assert [way.to for way in ways] == ["z₁", "z₂"]
    assert found["h₁"] == pytest.approx(found["z₁"] * 0.6 + found["z₂"] * -0.2)
    assert found["z₁"] == pytest.approx(-found["z₂"])


def test_the_order_forward_and_back() -> None:
    network = network_of([1.0, -0.5], WEIGHTS, "tanh", 0)
    assert forward_order(network) == ["a₁", "a₂", "h₁", "h₂", "z₁", "z₂", "L"]
    back = backward_order(network)
    assert back[:3] == ["L", "z₁", "z₂"]
    assert sorted(back) == sorted(node.name for node in network.nodes)
    _, paths = backward(network, forward(network))
    for place, name in enumerate(back):
        assert all(back.index(way.to) < place for way in paths[name])


def test_a_step_lowers_the_loss_and_leaves_the_inputs() -> None:
    network = network_of([1.0, -0.5], WEIGHTS, "tanh", 0)
    found, _ = backward(network, forward(network))
    after = stepped(network, found, 0.1)
    assert after.loss() < network.loss()
    assert after.x.tolist() == network.x.tolist()
    assert after.w[0, 0] == pytest.approx(0.5 - 0.1 * found["w₁₁"])


def test_lines_say_letters_and_numbers() -> None:
    network = network_of([1.0, -0.5], WEIGHTS, "tanh", 0)
    values = forward(network)
    found, paths = backward(network, values)
    nodes = {node.name: node for node in network.nodes}
    line = value_line(network, nodes["a₁"], values)
    assert line is not None
    assert line.letters == "w₁₁ · x₁ + w₁₂ · x₂"
    assert line.numbers == "0.5 · 1 + (−0.4) · (−0.5) = 0.7"
    assert value_line(network, nodes["w₁₁"], values) is None
    back = slope_line(network, nodes["a₁"], paths["a₁"], found)
    assert back.letters == "∂L/∂h₁ · tanh′(a₁)"
    assert slope_line(network, nodes["z₁"], paths["z₁"], found).letters == "p₁ − y₁"
    assert slope_line(network, nodes["w₁₂"], paths["w₁₂"], found).letters == "∂L/∂a₁ · x₂"
    assert measured_slope(network, nodes["w₁₂"]) == pytest.approx(found["w₁₂"], rel=1e-6)
    assert measured_slope(network, nodes["h₁"]) is None


def test_what_has_no_digits_on_paper_is_written_another_way() -> None:
    """A probability of e^−8000 is said to be nearly 0, and its loss comes from the logits."""
    steep = [10.0] * 6 + [-10.0] * 2
    network = network_of([10.0, 10.0], steep, "relu", 1)
    values = forward(network)
    assert truth_line(network, values).numbers == "e^(−4000) / (e^4000 + e^(−4000)) ≈ 0"
    line = value_line(network, network.nodes[-1], values)
    assert line is not None
    assert line.letters == "−ln p₂ = ln(1 + e^(z₁ − z₂))"
    assert line.numbers == "ln(1 + e^8000) ≈ 8000"
    found, paths = backward(network, values)
    node = next(one for one in network.nodes if one.name == "z₂")
    assert slope_line(network, node, paths["z₂"], found).numbers == "0 − 1 ≈ −1"


def test_without_a_function_nothing_is_reckoned_at_h() -> None:
    network = network_of([1.0, -0.5], WEIGHTS, "none", 0)
    values = forward(network)
    nodes = {node.name: node for node in network.nodes}
    line = value_line(network, nodes["h₁"], values)
    assert line is not None and (line.letters, line.numbers) == ("a₁", "0.7")
    found, paths = backward(network, values)
    assert slope_line(network, nodes["a₁"], paths["a₁"], found).letters == "∂L/∂h₁ · 1"


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_activations_and_their_slopes_are_torchs(name: ActivationName) -> None:
    sums = torch.linspace(-4, 4, 41, dtype=torch.float64, requires_grad=True)
    values = TORCH[name](sums)
    values.sum().backward()
    at = sums.detach().numpy()
    np.testing.assert_allclose(activation(name, at), values.detach().numpy(), atol=1e-12)
    assert sums.grad is not None
    np.testing.assert_allclose(activation_slope(name, at), sums.grad.numpy(), atol=1e-12)
