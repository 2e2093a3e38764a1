"""The loss over two weights, and how gradient descent, momentum and Adam walk it at a chosen rate."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st

from core.figures.learning.landscape import Ground, Way, landscape
from core.worked.learning.landscapes import SHARE, Landscape, TwoLayers, TwoLogits
from core.worked.learning.optimizers import Method, walk
from pages.learning.state import (
    LANDSCAPE,
    LANDSCAPES,
    METHOD_NAMES,
    SOLID,
    WALK_RATES,
    WALKERS,
)
from pages.learning.table import quoted, tales_counts
from pages.parts.exercises.box import after_bet
from pages.parts.frame.language import _, in_a_row
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.widgets.plot import plot
from pages.parts.widgets.shared.source import Source

SLUG, BET = "learning", "bet_rate"
STEPS = 60
NEAR = 0.01
"""Nats above the lowest loss that count as having arrived."""
SETTLED = 5
"""Steps that a walk must stay near at least: a jump may land there by chance."""
LOST_LOSS = 100.0
"""A walk that ends above so many nats has been thrown away, however many steps it took."""
BET_RATE = 4.0
_CELLS = 81


def truth_rate() -> str:
    """What becomes of the walk of the bet."""
    land = TwoLayers.make()
    path = walk("sgd", land.gradient, land.start, BET_RATE, STEPS)
    if len(path) <= STEPS:
        return "away"
    return "sooner" if float(land.loss(path[-1])) < land.lowest + NEAR else "later"


def show_landscape() -> None:
    after_bet(SLUG, BET, _landscape)()


@fragment
def _landscape() -> None:
    """Gradient descent at a rate of one's own choice, seen from above or as a solid."""
    land = TwoLayers.make()
    rate = _rate_of("layers", "sgd", _("Learning rate η"))
    way = walked(land, "sgd", rate)
    draw_ways(land, [way], key="learning_hills", solid=SOLID.toggle(_("In three dimensions")))
    st.markdown(_said(land, way))


@fragment
def show_walkers() -> None:
    """Which loss, who walks, each walker's learning rate; the picture, and where each has arrived."""
    name = LANDSCAPE.draw(
        st.segmented_control, _("Loss over"), words=lambda one: _(LANDSCAPES[one])
    )
    walkers = WALKERS.draw(st.pills, _("Who walks"), words=lambda one: _(METHOD_NAMES[one]))
    rates = _draw_rates(name, walkers)
    land = land_of(name)
    ways = [walked(land, method, rate) for method, rate in zip(walkers, rates, strict=True)]
    draw_ways(land, ways, key="learning_walks", solid=False)
    for way in ways:
        st.markdown(in_a_row([_said(land, way), *_done(land, way)]))


def land_of(name: str) -> Landscape:
    """The landscape of this name, ready to be walked."""
    return TwoLayers.make() if name == "layers" else TwoLogits.of(tales_counts())


def draw_ways(land: Landscape, ways: Sequence[Way], *, key: str, solid: bool) -> None:
    """The loss as a picture with these ways in it, and where its numbers come from."""
    across, up, loss = land.grid(_CELLS, _zoom(land, ways))
    top = float(np.quantile(loss, 0.86))
    first, second = _axes(land)
    labels = {
        "x": first,
        "y": second,
        "loss": _("loss (nats)"),
        "start": _("start"),
    }
    plot(
        landscape(Ground(across, up, loss, top), ways, theme(), labels, solid=solid),
        key=key,
        height=460,
        caption=_(
            "The loss for each pair of weights, low ground in the colour of the paper; a marker for each "
            "step, {steps} at most. The highest ground is cut off."
        ).format(steps=STEPS),
        source=Source("measured", (_about(land),)),
        table=(
            (_("who"), _("step"), first, second, _("loss (nats)")),
            [
                (way.name, step, float(x), float(y), float(cost))
                for way in ways
                for step, ((x, y), cost) in enumerate(zip(way.places, way.losses, strict=True))
            ],
        ),
    )


def _zoom(land: Landscape, ways: Sequence[Way]) -> float:
    """How many times as much ground is drawn: three times where the first steps lead out of the picture."""
    (left, right), (low, high) = land.ranges
    firsts = np.concatenate([way.places[:4] for way in ways] or [np.array([land.start])])
    inside = (firsts >= (left, low)).all() and (firsts <= (right, high)).all()
    return 1.0 if inside else 3.0


def _draw_rates(name: str, walkers: Sequence[Method]) -> list[float]:
    if not walkers:
        st.caption(_("Nobody walks: choose somebody above."))
        return []
    rates = []
    for column, method in zip(st.columns(len(walkers)), walkers, strict=True):
        with column:
            label = _("Learning rate of {method}").format(method=_(METHOD_NAMES[method]))
            rates.append(_rate_of(f"{name}_walkers" if name == "layers" else name, method, label))
    return rates


def _rate_of(name: str, method: Method, label: str) -> float:
    return WALK_RATES[name, method].draw(st.select_slider, label, words=lambda one: f"{one:g}")


def walked(
    land: Landscape,
    method: Method,
    rate: float,
    *,
    name: str = "",
    warmup: int = 0,
    clip: float | None = None,
) -> Way:
    """Where somebody comes in STEPS steps; without a ``name`` the way is called by its method and rate."""
    path = walk(method, land.gradient, land.start, rate, STEPS, warmup=warmup, clip=clip)
    name = name or f"{_(METHOD_NAMES[method])}, η = {rate:g}"
    return Way(name, path, np.asarray(land.loss(path)))


def _said(land: Landscape, way: Way) -> str:
    """How far the way has come, or when its weights were thrown away."""
    if len(way.places) <= STEPS:
        return _(
            "**{who}**: the weights fly away. After {step} steps they are beyond a million, and the loss is "
            "lost: it diverges."
        ).format(who=way.name, step=len(way.places) - 1)
    if float(way.losses[-1]) > LOST_LOSS:
        return _("**{who}**: the loss has grown past all bounds: it diverges.").format(who=way.name)
    above = way.losses - land.lowest
    near = np.flatnonzero(above >= NEAR)
    arrived = int(near[-1]) + 1 if len(near) else 0
    if arrived <= STEPS - SETTLED:
        return _(
            "**{who}**: from step {step} on it stays within 0.01 nats of the lowest loss."
        ).format(who=way.name, step=arrived)
    return _(
        "**{who}**: after {steps} steps {above} nats above the lowest loss, and not settled yet."
    ).format(who=way.name, steps=STEPS, above=f"{float(above[-1]):.3f}")


def _done(land: Landscape, way: Way) -> list[str]:
    """How much of each logit's way is done, where one has large slopes and the other small ones."""
    if not isinstance(land, TwoLogits) or len(way.places) <= STEPS:
        return []
    goal, start = np.log(land.shares), np.array(land.start)
    common, rare = ((way.places[-1] - start) / (goal - start)).tolist()
    return [
        _(
            "Of its way to the best logit, the common character has done {common:.0%} and the rare one "
            "**{rare:.0%}**."
        ).format(common=common, rare=rare)
    ]


def _axes(land: Landscape) -> tuple[str, str]:
    if isinstance(land, TwoLogits):
        first, second = (
            _("logit of {after} after {before}").format(before=quoted(before), after=quoted(after))
            for before, after in land.pairs
        )
        return first, second
    return _("first weight w"), _("second weight v")


def _about(land: Landscape) -> str:
    if isinstance(land, TwoLogits):
        shares = [f"{share:.1%}" for share in land.rows]
        return _(
            "Two logits of the table above, all others as counting would have them. The two characters "
            "before stand at {first} and {second} of all places."
        ).format(first=shares[0], second=shares[1])
    return _(
        "Two tokens, of which the first comes {share:.0%} of the time; its logit is w · v. Start at w = 3, "
        "v = −2."
    ).format(share=SHARE)
