"""Sampling, truthfully: the whole distribution on its way from the model to the drawn token."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import streamlit as st

from core.errors import LearnerError
from core.figures import next_token
from core.models.decoding import Sampling
from core.questions import Generate, SamplingStages, SamplingStagesAnswer
from core.spec.run import RunSpec
from core.text.prompt import read_prompt
from pages.gpt.state import PROMPT, TEMPERATURE, TOP_K, TOP_P, WRITING_SEED
from pages.parts.frame.ask import ask
from pages.parts.frame.escaped import code
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _, worded
from pages.parts.frame.quoted import show_quoted
from pages.parts.frame.services import library
from pages.parts.frame.theme import theme
from pages.parts.frame.unknown import explain_unknown, name_unknown_to
from pages.parts.training.sources import of_run
from pages.parts.widgets.plot import plot
from pages.parts.widgets.shared.source import Source

BARS = 10
DRAWS = 100


@dataclass(frozen=True)
class Drawing:
    """What is asked of the model: how to go on with a text."""

    prompt: str
    temperature: float
    top_k: int
    """0: all."""
    top_p: float

    def sampling(self) -> Sampling:
        return Sampling(self.temperature, self.top_k or None, self.top_p)


def read_drawing() -> Drawing:
    """What is asked, whether or not prompt and sliders have been drawn yet."""
    return Drawing(PROMPT.value, TEMPERATURE.value, TOP_K.value, TOP_P.value)


def show_sampling(spec: RunSpec, drawing: Drawing) -> None:
    """Prompt and sliders, the bars before and after, and a hundred draws."""
    run = spec.id
    _draw_controls(run)
    try:
        answer = ask(SamplingStages(run, drawing.prompt, drawing.sampling()))
    except LearnerError as error:
        st.warning(worded(error))
        return
    _show_stages(answer, of_run(spec, own_text=drawing.prompt != PROMPT.first))
    _show_draws(answer)


def show_writing(run: str, drawing: Drawing) -> None:
    """A continuation drawn with the sliders of the page; each token with its chances."""
    seed = WRITING_SEED.value
    try:
        answer = ask(Generate(run, drawing.prompt, 80, drawing.sampling(), seed=seed))
    except LearnerError as error:
        st.warning(worded(error))
        return
    with st.container(border=True, key="gpt_written"):
        show_quoted(_continued(run, drawing.prompt, answer.text))
        explain_unknown([answer.text])
        st.button(_("Draw again"), key="gpt_draw_again", on_click=_next_seed)
        passed = sum(token.rank > 1 for token in answer.tokens)
        st.caption(
            _(
                "{passed} of {count} times a token was drawn that was not the most probable one."
            ).format(passed=passed, count=len(answer.tokens))
        )
        if answer.cut:
            st.caption(
                _("The first {count} tokens of the text were too far back for the model.").format(
                    count=answer.cut
                )
            )
        with st.expander(_("Every token with its chances")):
            st.dataframe(
                {
                    _("token"): [token.shown for token in answer.tokens],
                    _("the model's probability"): [token.raw for token in answer.tokens],
                    _("probability in the draw"): [token.final for token in answer.tokens],
                    _("rank"): [token.rank for token in answer.tokens],
                },
                key="gpt_written_table",
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


def _show_stages(answer: SamplingStagesAnswer, source: Source) -> None:
    stages = answer.stages
    best = np.argsort(-stages.raw, kind="stable")[:BARS]
    tokens = [answer.vocabulary[i] for i in best]
    rows = [
        (
            answer.vocabulary[i],
            float(stages.raw[i]),
            float(stages.tempered[i]),
            bool(stages.kept_p[i]),
            float(stages.final[i]),
        )
        for i in np.argsort(-stages.raw, kind="stable")
    ]
    plot(
        next_token.next_token_bars(
            tokens,
            stages.final[best].tolist(),
            theme(),
            before=stages.raw[best].tolist(),
            labels=labels_of(next_token.LABELS),
        ),
        key="gpt_stages",
        height=340,
        caption=_("Bar: probability in the draw. Tick: what the model said, before the sliders."),
        source=source,
        table=(
            (_("token"), _("model"), _("after temperature"), _("kept"), _("in the draw")),
            rows,
        ),
    )
    st.markdown(
        _("**{kept}** of {size} tokens can still be drawn.").format(
            kept=int((stages.final > 0).sum()), size=len(stages.final)
        )
    )


def _show_draws(answer: SamplingStagesAnswer) -> None:
    rng = np.random.default_rng(WRITING_SEED.value)
    counts = rng.multinomial(DRAWS, answer.stages.final / answer.stages.final.sum())
    drawn = np.argsort(-counts, kind="stable")[:BARS]
    st.markdown(
        _("Drawn {draws} times: {list}").format(
            draws=DRAWS,
            list=_(", ").join(
                f"{code(answer.vocabulary[i])} {counts[i]}×" for i in drawn if counts[i]
            ),
        )
    )


def _continued(run: str, prompt: str, continuation: str) -> str:
    """Both as one text; blanks at the end of the prompt that are no tokens were not read, nor are shown."""
    tokenizer = library().tokenizer(run)
    end = len(prompt) if tokenizer is None else read_prompt(tokenizer, prompt).end
    return f"{prompt[:end]}{continuation}"


def _next_seed() -> None:
    WRITING_SEED.set(WRITING_SEED.value + 1)
