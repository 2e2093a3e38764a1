"""LayerNorm before or after: trained at two depths, and the gradients before the first step."""

from __future__ import annotations

import math

import streamlit as st

from core.errors import LearnerError
from core.figures.lines import Line, lines, lines_table
from core.questions import GradientNorms
from core.spec.families.gpt import GPTSpec
from core.store.look import Look
from lessons.block.experiments import NORMS
from pages.parts.exercises.box import bet_placed
from pages.parts.frame.ask import ask
from pages.parts.frame.language import _, worded
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.training.experiment import (
    Results,
    finished,
    nats,
    show_experiment,
)
from pages.parts.widgets.plot import plot
from pages.parts.widgets.shared.source import Source

DEPTHS = (1, 2, 4, 8)
STUCK = 2.0
"""Nats: a deep model that ends so much above the shallow one of its kind has not begun to learn."""
_PRE_2, _POST_2, _PRE_8, _POST_8 = (arm.name for arm in NORMS)


def show_norms_experiment(
    look: Look, key: str = "block_norms", bet: tuple[str, str] | None = ("block", "norms_bet")
) -> None:
    """Pre-norm and post-norm at two and at eight layers, without warm-up."""
    show_experiment(key, NORMS, look, sentence=_sentence, bet=bet)


def norms_truth(look: Look) -> str | None:
    """Which eight-layer model ends more than STUCK above the two-layer one of its kind: "pre", "post",
    "both" or "neither"; None before all have ended."""
    results = finished(NORMS, look)
    if results is None:
        return None
    pre = results[_PRE_8].final_loss - results[_PRE_2].final_loss > STUCK
    post = results[_POST_8].final_loss - results[_POST_2].final_loss > STUCK
    return "both" if pre and post else "pre" if pre else "post" if post else "neither"


@fragment
def show_gradients_at_start(
    key: str = "block_gradients", bet: tuple[str, str] | None = None
) -> None:
    """The last layer's gradient in untrained models of growing depth (Xiong et al. 2020). It would give
    the answer of ``bet`` (lesson, exercise) away, so it waits for it."""
    if bet is not None and not bet_placed(*bet):
        st.info(_("This picture waits for your bet."))
        return
    x, y = _("layers"), _("gradient norm in the last layer")
    measured = {}
    try:
        for norm in ("pre", "post"):
            measured[norm] = [_last_norm(norm, depth) for depth in DEPTHS]
    except LearnerError as error:
        st.warning(worded(error))
        return
    curves = [
        Line(_("pre-norm"), DEPTHS, measured["pre"]),
        Line(_("post-norm"), DEPTHS, measured["post"]),
    ]
    plot(
        lines(curves, theme(), x, y, ticks=DEPTHS),
        key=key,
        height=330,
        caption=_(
            "Untrained models, Xavier's weights, mean of four draws: how long the gradient of the last "
            "layer's second MLP matrix is."
        ),
        source=Source(
            "measured",
            (_("Nothing was trained: the weights are drawn, four times for each depth."),),
        ),
        table=lambda: lines_table(curves, x, y, _("norm")),
    )
    st.markdown(
        _(
            "From 1 to {deepest} layers the gradient goes to **{pre:.0%}** of its length with pre-norm "
            "(1/√{deepest} = {root:.0%}) and to **{post:.0%}** with post-norm: there the last layer is "
            "not held back as the stack grows, and its first steps may be too large. Warm-up keeps them "
            "small."
        ).format(
            deepest=DEPTHS[-1],
            pre=measured["pre"][-1] / measured["pre"][0],
            post=measured["post"][-1] / measured["post"][0],
            root=1 / math.sqrt(DEPTHS[-1]),
        )
    )


def _last_norm(norm: str, depth: int) -> float:
    model = NORMS[0].spec.model
    assert isinstance(model, GPTSpec)
    model = GPTSpec.model_validate(model.model_dump() | {"norm": norm, "layers": depth})
    return float(ask(GradientNorms(model)).norms[-1])


def _sentence(results: Results) -> str:
    losses = [nats(results[arm.name].final_loss) for arm in NORMS]
    return _(
        "Without warm-up, two layers end at **{pre_2}** nats with pre-norm and **{post_2}** with post-norm; "
        "eight layers at **{pre_8}** and **{post_8}**."
    ).format(pre_2=losses[0], post_2=losses[1], pre_8=losses[2], post_8=losses[3])
