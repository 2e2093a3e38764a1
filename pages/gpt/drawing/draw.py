"""One draw, truthfully: the whole distribution on its way from the logits to the drawn token."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import streamlit as st

from core.errors import LearnerError
from core.questions import SamplingStages
from core.spec.run import RunSpec
from pages.gpt.drawing.asked import chosen_sampling, is_own_text
from pages.gpt.state import (
    LOOKED,
    MIN_P,
    PENALTY,
    PROMPT,
    TEMPERATURE,
    TOP_K,
    TOP_P,
    WRITING_SEED,
)
from pages.parts.frame.ask import ask
from pages.parts.frame.escaped import code
from pages.parts.frame.language import _, worded
from pages.parts.frame.state import fragment
from pages.parts.frame.unknown import name_unknown_to
from pages.parts.training.sources import of_run
from pages.parts.widgets.sampling_stages import Drawing, sampling_stages

NUMBERS = 600
"""Random numbers that a seed has for the browser: so many draws, until others are asked for."""


@fragment
def show_draw(spec: RunSpec) -> None:
    """Prompt and sliders, the stages with the line, and what can be drawn now."""
    _draw_controls(spec.id)
    prompt, sampling, seed = PROMPT.value, chosen_sampling(), WRITING_SEED.value
    try:
        answer = ask(SamplingStages(spec.id, prompt))
    except LearnerError as error:
        st.warning(worded(error))
        return
    numbers = np.random.default_rng(seed).random(NUMBERS)
    drawing = Drawing(answer.vocabulary, answer.logits, answer.prompt, sampling, numbers)
    sampling_stages(
        drawing,
        key="gpt_stages",
        at=LOOKED.value,
        caption=_(
            "On top the whole vocabulary after each stage, the best token left, on a logarithmic "
            "axis. Click a stage, then a token: its number is reckoned. On the line each token has a "
            "stretch as long as its probability, in the vocabulary's order; a random number decides."
        ),
        source=of_run(spec, own_text=is_own_text()),
        on_look=LOOKED.set,
    )
    _say(drawing)
    if answer.cut:
        st.caption(
            _("The first {count} tokens of the text were too far back for the model.").format(
                count=answer.cut
            )
        )


def _draw_controls(run: str) -> None:
    name_unknown_to(run, PROMPT.box(_("The text so far")))
    left, middle, right = st.columns(3)
    with left:
        TEMPERATURE.slider(_("Temperature"))
    with middle:
        TOP_K.slider(_("Top-k (0: all)"))
    with right:
        TOP_P.slider(_("Top-p"))
    with (
        st.container(horizontal=True, vertical_alignment="center"),
        st.popover(_("More"), key="gpt_more_sampling"),
    ):
        MIN_P.slider(
            _("Min-p (0: off)"),
            help=_(
                "Keeps what is at least this share as probable as the best token (Nguyen et al. 2024)."
            ),
        )
        PENALTY.slider(
            _("Penalty for what was written (nats)"),
            help=_("Taken from the logit of each token that stands in the text so far."),
        )
        st.button(_("Other random numbers"), key="gpt_draw_again", on_click=_next_seed)


def _say(drawing: Drawing) -> None:
    """How many tokens are left, and what the cut ones would have had together."""
    stages = drawing.stages
    best = int(drawing.order[0])
    left = int((stages.final > 0).sum())
    told = _(
        "**{kept}** of {size} tokens can still be drawn. The best one, {token}, is drawn {share:.0%} "
        "of the time."
    ).format(
        kept=left,
        size=len(stages.final),
        token=code(drawing.tokens[best]),
        share=stages.final[best],
    )
    lost = float(stages.tempered[~stages.kept].sum())
    if lost > 0:
        told += " " + _("What was cut had {lost:.1%} together.").format(lost=lost)
    st.markdown(told)


def _next_seed() -> None:
    WRITING_SEED.set(WRITING_SEED.value + 1)
    LOOKED.set(replace(LOOKED.value, drawn=0))
