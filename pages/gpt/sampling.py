"""Sampling, truthfully: the whole distribution on its way from the model to the drawn token."""

from __future__ import annotations

import numpy as np
import streamlit as st

from core.errors import LearnerError
from core.figures import next_token
from core.models.decoding import Sampling
from core.questions import Generate, SamplingStages, SamplingStagesAnswer
from pages.parts.frame.ask import ask
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _, worded
from pages.parts.frame.theme import theme
from pages.parts.widgets.plot import plot

BARS = 10
DRAWS = 100
FIRST_PROMPT = "Mia"


def show_sampling(run: str) -> None:
    """Prompt and sliders, the bars before and after, and a hundred draws."""
    prompt = st.text_input(
        _("The text so far"), FIRST_PROMPT, key="gpt_prompt", bind="query-params", max_chars=2000
    )
    sampling = _sliders()
    try:
        answer = ask(SamplingStages(run, prompt, sampling))
    except LearnerError as error:
        st.warning(worded(error))
        return
    _show_stages(answer)
    _show_draws(answer)


def show_writing(run: str) -> None:
    """A continuation drawn with the sliders above; each token with its chances."""
    seed = st.session_state.setdefault("gpt_writing_seed", 1)
    prompt = str(st.session_state.get("gpt_prompt", FIRST_PROMPT))
    try:
        answer = ask(Generate(run, prompt, 80, _chosen(), seed=seed))
    except LearnerError as error:
        st.warning(worded(error))
        return
    with st.container(border=True, key="gpt_written"):
        st.code(f"{prompt}{answer.text}", language=None, wrap_lines=True)
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


def _sliders() -> Sampling:
    left, middle, right = st.columns(3)
    with left:
        st.slider(_("Temperature"), 0.0, 2.0, 0.8, 0.1, key="gpt_temperature", bind="query-params")
    with middle:
        st.slider(_("Top-k (0: all)"), 0, 50, 0, key="gpt_top_k", bind="query-params")
    with right:
        st.slider(_("Top-p"), 0.05, 1.0, 1.0, 0.05, key="gpt_top_p", bind="query-params")
    return _chosen()


def _chosen() -> Sampling:
    state = st.session_state
    return Sampling(
        temperature=float(state.get("gpt_temperature", 0.8)),
        top_k=int(state.get("gpt_top_k", 0)) or None,
        top_p=float(state.get("gpt_top_p", 1.0)),
    )


def _show_stages(answer: SamplingStagesAnswer) -> None:
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
    rng = np.random.default_rng(int(st.session_state.get("gpt_writing_seed", 1)))
    counts = rng.multinomial(DRAWS, answer.stages.final / answer.stages.final.sum())
    drawn = np.argsort(-counts, kind="stable")[:BARS]
    st.markdown(
        _("Drawn {draws} times: {list}").format(
            draws=DRAWS,
            list=", ".join(f"`{answer.vocabulary[i]}` {counts[i]}×" for i in drawn if counts[i]),
        )
    )


def _next_seed() -> None:
    st.session_state["gpt_writing_seed"] = int(st.session_state.get("gpt_writing_seed", 1)) + 1
