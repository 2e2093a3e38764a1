"""One neuron of the shipped GPT: which tokens excite it, and which next tokens its value speaks for."""

from __future__ import annotations

import math

import numpy as np
import streamlit as st

from core.errors import LearnerError
from core.figures.theme import number
from core.questions import NeuronActivity, NeuronActivityAnswer
from core.spec.families.gpt import GPTSpec
from pages.block.pictures import activation_curve, signed_bars
from pages.block.state import NEURON, NEURON_LAYER
from pages.block.stream import chosen_position, followed
from pages.parts.exercises.box import bet_placed
from pages.parts.frame.ask import ask
from pages.parts.frame.escaped import escaped
from pages.parts.frame.language import _, worded
from pages.parts.frame.services import library, shipped
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.training.sources import of_run
from pages.parts.widgets.plot import plot
from pages.parts.widgets.shared.source import Source

SLUG, BET = "block", "bet_neuron"


@fragment
def show_neuron() -> None:
    """Layer and neuron on top; excited tokens left, promoted tokens right, the curve below."""
    spec = shipped("gpt")
    if not library().has(spec.id):
        st.info(
            _(
                "The trained GPT that ships with this course is missing. Make it with: make starters."
            )
        )
        return
    assert isinstance(spec.model, GPTSpec)
    layer, neuron = _controls()
    try:
        answer = ask(NeuronActivity(spec.id, layer, neuron))
    except LearnerError as error:
        st.warning(worded(error))
        return
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown("**" + _("Its key: what excites it") + "**")
        st.markdown(_excited_table(answer))
        st.caption(
            _(
                "The {count} highest activations in {read:,} tokens of stories that the model never saw. "
                "Bold: the token at which it was read."
            ).format(count=len(answer.excited), read=len(answer.fit))
        )
    with right:
        st.markdown("**" + _("Its value: what it speaks for") + "**")
        if bet_placed(SLUG, BET):
            _show_promoted(answer, _source(layer, neuron))
        else:
            st.info(_("Place your bet above first, then look."), icon="✍️")
    read = _("The bars: {count} tokens of stories that it never saw.").format(
        count=f"{len(answer.fit):,}"
    )
    _show_curve(answer, spec.model.activation, _source(layer, neuron, read))
    if bet_placed(SLUG, BET):
        st.markdown(_sentence(answer, layer, neuron))


def neuron_truth() -> str:
    """What the first neuron's favourite next tokens mostly are: verbs in the past, or else persons."""
    answer = ask(NeuronActivity(shipped("gpt").id, NEURON_LAYER.first, NEURON.first))
    verbs = [token for token, _by in answer.promoted if token.endswith(("ed", "␣was"))]
    return "verbs" if 2 * len(verbs) > len(answer.promoted) else "same"


def _controls() -> tuple[int, int]:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        layer = NEURON_LAYER.draw(st.segmented_control, _("Layer"), required=True)
        neuron = NEURON.box(_("Neuron, 0 to {last}").format(last=NEURON.most), width=150)
        st.button(
            _("The one that the followed token excites most"),
            key="block_most_excited",
            on_click=_choose_most_excited,
        )
    return layer, neuron


def _choose_most_excited() -> None:
    """The neuron with the highest activation at the token of the first section."""
    try:
        hidden = followed(chosen_position()).hidden
    except LearnerError:
        return
    NEURON.set(int(hidden[NEURON_LAYER.value].argmax()))


def _excited_table(answer: NeuronActivityAnswer) -> str:
    rows = ["| " + _("in the text") + " | " + _("activation") + " |", "|:--|--:|"]
    for excited in answer.excited:
        before = " ".join(map(_readable, excited.before[-4:]))
        rows.append(f"| {before} **{_readable(excited.token)}** | {number(excited.activation)} |")
    return "\n".join(rows)


def _readable(token: str) -> str:
    """A token in a sentence: without the sign that a space belongs to it."""
    return escaped(token.removeprefix("␣") or token)


def _source(layer: int, neuron: int, *more: str) -> Source:
    which = _("Neuron {neuron}, counted from 0.").format(neuron=neuron)
    return of_run(shipped("gpt"), which, *more, layer=layer)


def _show_promoted(answer: NeuronActivityAnswer, source: Source) -> None:
    shown = [*answer.promoted[:6], *reversed(answer.hindered[:3])]
    tokens = [token for token, _by in shown]
    values = [by for _token, by in shown]
    name = _("raises the logit by")
    plot(
        signed_bars(tokens, values, theme(), name),
        key="block_promoted",
        height=330,
        caption=_(
            "Next tokens that its value raises most and lowers most, for an activation of 1, before "
            "the last norm's division."
        ),
        source=source,
        table=((_("next token"), name), list(zip(tokens, values, strict=True))),
    )


def _show_curve(answer: NeuronActivityAnswer, activation: str, source: Source) -> None:
    low, high = float(answer.fit.min()), float(answer.fit.max())
    x = np.linspace(min(low, -1.0), max(high, 1.0), 121)
    gelu = np.array([0.5 * v * (1 + math.erf(v / math.sqrt(2))) for v in x])
    curves = {"GELU": (x, gelu), "ReLU": (x, np.maximum(x, 0))}
    if activation == "relu":
        curves = dict(reversed(curves.items()))
    used = next(iter(curves))
    titles = (_("how well the token fits: x · key + bias"), _("activation φ"), _("held-out tokens"))
    plot(
        activation_curve(answer.fit, curves, theme(), titles),
        key="block_curve",
        height=290,
        caption=_(
            "Lines: what φ makes of a fit; this model uses {used}. Bars: how often which fit occurs."
        ).format(used=used),
        source=source,
        table=((titles[0], "GELU", "ReLU"), list(zip(x, gelu, np.maximum(x, 0), strict=True))),
    )


def _sentence(answer: NeuronActivityAnswer, layer: int, neuron: int) -> str:
    names = [excited.token for excited in answer.excited]
    common = max(names, key=names.count)
    return _(
        "Neuron {neuron} of layer {layer} is above 0 at **{share:.0%}** of the held-out tokens. Of its "
        "{count} strongest, {times} stand at **{common}**. Its value raises **{raised}** most "
        "and lowers **{lowered}** most."
    ).format(
        neuron=neuron,
        layer=layer,
        share=float((answer.activation > 0).mean()),
        count=len(names),
        times=names.count(common),
        common=_readable(common),
        raised=_readable(answer.promoted[0][0]),
        lowered=_readable(answer.hindered[0][0]),
    )
