"""Back-propagation walked node by node: values forward, slopes back, on a network seen whole."""

from __future__ import annotations

import math

import streamlit as st

from core.errors import LearnerError
from core.figures.theme import number
from core.worked.learning.network import (
    LOSS,
    Network,
    Node,
    Path,
    backward,
    backward_order,
    forward,
    forward_order,
    network_of,
    stepped,
)
from core.worked.learning.network_lines import (
    NUDGE,
    bend_line,
    measured_slope,
    slope_line,
    slope_of,
    truth_line,
    value_line,
)
from pages.learning.state import (
    ACTIVATION,
    ACTIVATION_NAMES,
    GRAPH_RATE,
    GRAPH_STEP,
    INPUTS,
    TRUTH,
    WEIGHTS,
)
from pages.learning.typed import read_numbers, spelled
from pages.parts.frame.language import _, in_a_row, worded
from pages.parts.frame.state import fragment
from pages.parts.widgets.compute_graph import Spot, Step, compute_graph
from pages.parts.widgets.shared.source import Source

_LARGEST = 10.0
_LAYERS = {"x": 0, "a": 1, "h": 2, "z": 3, LOSS: 4}


@fragment
def show_graph() -> None:
    """The numbers behind a popover, the graph to be walked, and a step of all weights."""
    with st.popover(_("Other numbers"), width="content"):
        INPUTS.box(_("Inputs x₁, x₂"))
        WEIGHTS.box(_("Weights w₁₁, w₁₂, w₂₁, w₂₂, v₁₁, v₁₂, v₂₁, v₂₂"))
        ACTIVATION.draw(
            st.segmented_control,
            _("Activation function"),
            words=lambda name: _(ACTIVATION_NAMES[name]),
        )
        TRUTH.draw(
            st.segmented_control,
            _("The token that came"),
            words=lambda one: _("token {n}").format(n=one),
        )
    try:
        network = _network()
    except LearnerError as error:
        st.warning(worded(error))
        return
    _draw(network)
    _show_step(network)


def _network() -> Network:
    x = _checked(read_numbers(INPUTS.value), 2)
    weights = _checked(read_numbers(WEIGHTS.value), 8)
    return network_of(x, weights, ACTIVATION.value, TRUTH.value - 1)


def _checked(values: list[float], count: int) -> list[float]:
    if len(values) != count:
        raise LearnerError(
            "This box wants {count} numbers, and has {found}.", count=count, found=len(values)
        )
    for value in values:
        if not (math.isfinite(value) and abs(value) <= _LARGEST):
            raise LearnerError(
                "{value} is too large for this picture: keep numbers between −{most} and {most}.",
                value=f"{value:g}",
                most=f"{_LARGEST:g}",
            )
    return values


def _draw(network: Network) -> None:
    values = forward(network)
    slopes, paths = backward(network, values)
    nodes = {node.name: node for node in network.nodes}
    steps = [
        *(_forward_step(network, nodes[name], values) for name in forward_order(network)),
        *(
            _back_step(network, nodes[name], paths[name], values, slopes)
            for name in backward_order(network)
        ),
    ]
    compute_graph(
        [_spot(node, values, slopes) for node in network.nodes],
        _links(network),
        steps,
        key="learning_graph",
        step=min(GRAPH_STEP.value, len(steps)),
        caption=_(
            "Each box: the name, the value, and after ∂ the slope of the loss there; w₂₁ leads to unit 2 "
            "from number 1. ← and → step back and forward, ↑ and ↓ go from box to box."
        ),
        source=Source(
            "chosen" if _is_first() else "numbers",
            (_("Two inputs, two units, two tokens; eight weights, no biases."),),
        ),
        table=(
            (_("number"), _("value"), _("slope")),
            [(node.name, values[node.name], slopes[node.name]) for node in network.nodes],
        ),
        on_step=GRAPH_STEP.set,
    )


def _spot(node: Node, values: dict[str, float], slopes: dict[str, float]) -> Spot:
    letter = node.name[0]
    link = None
    if letter in "wv":
        to, source = node.name[1], node.name[2]
        link = (f"x{source}", f"a{to}") if letter == "w" else (f"h{source}", f"z{to}")
    return Spot(
        node.name,
        number(values[node.name]),
        number(slopes[node.name]),
        _said_of(letter),
        _LAYERS.get(letter, 0),
        "₁₂".find(node.name[-1]) if letter != LOSS else 0,
        link,
    )


def _said_of(letter: str) -> str:
    return {
        "x": _("an input"),
        "w": _("a weight of the first layer"),
        "a": _("a sum of the first layer"),
        "h": _("a sum after its activation function"),
        "v": _("a weight of the second layer"),
        "z": _("a logit"),
        LOSS: _("the loss at the token that came"),
    }[letter]


def _links(network: Network) -> list[tuple[str, str]]:
    return [
        (source, node.name)
        for node in network.nodes
        for source in node.inputs
        if source[0] not in "wv"
    ]


def _forward_step(network: Network, node: Node, values: dict[str, float]) -> Step:
    worked = value_line(network, node, values)
    assert worked is not None
    lines = [f"{node.name} = {worked.letters}", f"= {worked.numbers}"]
    said = ""
    if node.name == LOSS:
        share = truth_line(network, values)
        lines = [f"{share.letters} = {share.numbers}", *lines]
        said = _("Token {n} came: so its probability counts.").format(n=network.truth + 1)
    return Step(node.name, "forward", node.inputs, lines, said)


def _back_step(
    network: Network,
    node: Node,
    paths: tuple[Path, ...],
    values: dict[str, float],
    slopes: dict[str, float],
) -> Step:
    worked = slope_line(network, node, paths, slopes)
    lines = [f"{slope_of(node.name)} = {worked.letters}", f"= {worked.numbers}"]
    said = []
    if node.name == LOSS:
        lines = [f"{slope_of(LOSS)} = 1"]
        said.append(_("The loss moves exactly as far as itself."))
    if len(paths) > 1:
        said.append(_("Two paths lead on from here, so two products are added."))
    bend = bend_line(network, node, values)
    if bend is not None:
        lines.insert(0, f"{bend.letters} = {bend.numbers}")
    measured = measured_slope(network, node)
    if measured is not None:
        said.append(
            _("Nudged up and down by {h}, the loss says {slope}.").format(
                h=f"{NUDGE:.4f}", slope=f"{measured:.5f}".replace("-", "−")
            )
        )
    uses = [path.to for path in paths]
    uses += [
        user.inputs[user.inputs.index(node.name) ^ 1]
        for user in network.nodes
        if user.kind == "sum" and node.name in user.inputs
    ]
    return Step(
        node.name,
        "back",
        uses,
        lines,
        in_a_row(said),
    )


def _show_step(network: Network) -> None:
    rate = GRAPH_RATE.slider(_("Learning rate η"))
    slopes, _paths = backward(network, forward(network))
    after = stepped(network, slopes, rate)
    st.markdown(
        _(
            "The loss is **{before:.3f}**. One step, each weight less {rate:g} times its slope, makes it "
            "**{after:.3f}**."
        ).format(before=network.loss(), after=after.loss(), rate=rate)
    )
    with st.container(horizontal=True):
        too_large = max(float(abs(part).max()) for part in (after.w, after.v)) > _LARGEST
        st.button(
            _("Take the step"),
            key="learning_graph_take",
            on_click=_set,
            args=(after,),
            disabled=too_large,
            help=_("The step would make weights too large for this picture.")
            if too_large
            else None,
        )
        st.button(
            _("Numbers as at first"),
            key="learning_graph_again",
            on_click=_forget,
            disabled=_is_first(),
        )


def _set(network: Network) -> None:
    numbers = [*network.w.ravel().tolist(), *network.v.ravel().tolist()]
    WEIGHTS.set(spelled(numbers))


def _forget() -> None:
    for choice in (INPUTS, WEIGHTS, ACTIVATION, TRUTH):
        choice.forget()


def _is_first() -> bool:
    return all(choice.value == choice.first for choice in (INPUTS, WEIGHTS, ACTIVATION, TRUTH))
