"""Activation functions with their slopes, and what many layers make of a gradient."""

from __future__ import annotations

import numpy as np
import streamlit as st

from core.figures.figure import scatter
from core.figures.lines import Line, lines, lines_table
from core.figures.theme import number, palette
from core.worked.learning.activations import activation, activation_slope
from core.worked.learning.depth import SIGNALS, WIDTH, lengths_by_layer
from pages.learning.state import (
    ACTIVATION_NAMES,
    AT,
    CURVE,
    DEEP_ACTIVATION,
    DEEP_SIZE,
)
from pages.parts.exercises.box import after_bet
from pages.parts.frame.language import _
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.widgets.plot import plot
from pages.parts.widgets.shared.source import Source

SLUG = "learning"
LAYERS = 30
SEED = 0


@fragment
def show_activations() -> None:
    """A function to choose, its curve and its slope's, and a sum to put in."""
    left, right = st.columns([7, 5])
    with left:
        name = CURVE.draw(
            st.segmented_control,
            _("Activation function"),
            words=lambda one: _(ACTIVATION_NAMES[one]),
        )
    with right:
        at = AT.slider(_("A sum"))
    places = np.linspace(-4, 4, 161)
    x, y = _("sum"), _("value")
    drawn = [
        Line(_("value"), places.tolist(), activation(name, places).tolist()),
        Line(_("slope"), places.tolist(), activation_slope(name, places).tolist()),
    ]
    figure = lines(drawn, theme(), x, y, markers=False)
    value, slope = float(activation(name, at)), float(activation_slope(name, at))
    figure.add_trace(
        scatter(
            x=[at, at],
            y=[value, slope],
            mode="markers",
            marker={"size": 12, "symbol": "diamond", "color": palette(theme()).ink},
            hoverinfo="skip",
            showlegend=False,
        )
    )
    figure.update_xaxes(range=[-4.1, 4.1], zeroline=True)
    figure.update_yaxes(
        range=[-1.3, 2.2] if name in ("tanh", "sigmoid") else [-1.3, 4.1], zeroline=True
    )
    plot(
        figure,
        key="learning_activations",
        height=340,
        caption=_("What the function makes of a sum, and how steep it is there."),
        source=Source("formula", (_("tanh, σ, ReLU, GELU or nothing at all."),)),
        table=lambda: lines_table(drawn, x, y, _("line")),
    )
    st.markdown(
        _("At {at} its value is **{value}** and its slope **{slope}**.").format(
            at=number(at), value=number(value), slope=number(slope)
        )
    )


def truth_depth() -> str:
    """What is left of the gradient under σ, with weights that keep lengths."""
    left = float(lengths_by_layer("sigmoid", 1.0, LAYERS, SEED)[-1])
    return "nothing" if left < 1e-6 else "some" if left < 0.5 else "all"


def show_depth() -> None:
    after_bet(SLUG, "bet_depth", _depth)()


@fragment
def _depth() -> None:
    """An activation and the size of the weights; the length of the gradient, layer by layer back."""
    left, right = st.columns([7, 5])
    with left:
        name = DEEP_ACTIVATION.draw(
            st.segmented_control,
            _("Activation function of every layer"),
            words=lambda one: _(ACTIVATION_NAMES[one]),
        )
    with right:
        size = DEEP_SIZE.slider(_("Size of W: how many times as long it makes a vector"))
    x, y = _("layers back"), _("length of the gradient")
    lengths = lengths_by_layer(name, size, LAYERS, SEED).tolist()
    drawn = [Line(_(ACTIVATION_NAMES[name]), list(range(LAYERS + 1)), lengths)]
    figure = lines(drawn, theme(), x, y, markers=False)
    figure.update_yaxes(type="log", range=[-30, 15], dtick=5, exponentformat="power")
    plot(
        figure,
        key="learning_depth",
        height=340,
        caption=_(
            "{layers} layers of {width} units with random weights: the length of the gradient, layer by "
            "layer back. Each line across is a hundred thousand times the one below."
        ).format(layers=LAYERS, width=WIDTH),
        source=Source(
            "drawn",
            (
                _(
                    "An untrained network: its weights and {count} inputs are drawn, seed {seed}."
                ).format(count=SIGNALS, seed=SEED),
            ),
        ),
        table=lambda: lines_table(drawn, x, y, _("activation")),
    )
    far = float(lengths[-1])
    each = far ** (1 / LAYERS) if far > 0 else 0.0
    if far < 0.01:
        said = _(
            "It **vanishes**: each layer back makes it {each} times as long, and {layers} do so in turn."
        )
    elif far > 100:
        said = _(
            "It **explodes**: each layer back makes it {each} times as long, and {layers} do so in turn."
        )
    else:
        said = _(
            "It arrives: each layer back makes it {each} times as long, and {layers} do so in turn."
        )
    st.markdown(said.format(each=number(each), layers=LAYERS))
