"""Several texts from one prompt, each with its seed and with what stopped it."""

from __future__ import annotations

import streamlit as st

from core.errors import LearnerError
from core.models.stopping import Stop
from core.questions import WriteAnswer
from core.spec.run import RunSpec
from core.worked.writing import different_texts, distinct_share
from pages.gpt.drawing.asked import (
    Wanted,
    chosen_sampling,
    continued,
    is_certain,
    is_own_text,
    written,
)
from pages.gpt.state import (
    PROMPT,
    STOP_AT,
    STOP_MOST,
    STOP_TEXT,
    STOP_TEXTS,
    STOPS,
    WRITING_SEED,
)
from pages.parts.frame.escaped import code
from pages.parts.frame.language import _, worded
from pages.parts.frame.quoted import show_quoted
from pages.parts.frame.state import fragment
from pages.parts.frame.unknown import explain_unknown
from pages.parts.training.sources import of_run
from pages.parts.widgets.shared.source import show_caption


@fragment
def show_writing(spec: RunSpec) -> None:
    """How to stop and how many; the texts; what was drawn against the odds, token by token."""
    with st.container(border=True, key="gpt_written"):
        stop = _draw_controls()
        sampling, first = chosen_sampling(), WRITING_SEED.value
        count = 1 if is_certain(sampling) else STOP_TEXTS.value
        try:
            wanted = [
                Wanted(sampling, seed, STOP_MOST.value, _stop(stop))
                for seed in range(first, first + count)
            ]
            texts = written(spec.id, PROMPT.value, wanted)
        except LearnerError as error:
            st.warning(worded(error))
            return
        if is_certain(sampling):
            st.caption(_("With these settings nothing is left to chance: every seed writes this."))
        for one, text in zip(wanted, texts, strict=True):
            show_quoted(continued(spec.id, PROMPT.value, text.text).rstrip())
            st.caption(
                _("Seed {seed}: {count} tokens, {stopped}.").format(
                    seed=one.seed, count=len(text.tokens), stopped=_stopped(text, wanted[0].stop)
                )
            )
        explain_unknown([text.text for text in texts])
        show_caption(
            _("Written with the sliders of the section on drawing lots."),
            of_run(spec, own_text=is_own_text()),
        )
        st.markdown(_sentence(texts))
        with st.expander(_("Every token of the first text with its chances")):
            _show_chances(texts[0])


def _draw_controls() -> str:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        stop = STOP_AT.draw(st.selectbox, _("Stop"), words=lambda one: _(STOPS[one]), width=300)
        if stop == "text":
            STOP_TEXT.box(_("Which text?"), width=160)
        STOP_MOST.box(_("At most so many tokens"), width=190)
        STOP_TEXTS.box(_("Texts"), width=120)
        st.button(_("Draw again"), key="gpt_write_again", on_click=_next_seed)
    return stop


def _stop(at: str) -> Stop:
    """LearnerError where a text to stop at is asked for and none is given."""
    match at:
        case "story":
            return Stop("story")
        case "sentence":
            return Stop("sentence")
        case "text":
            return Stop("text", STOP_TEXT.value)
        case _all:
            return Stop()


def _stopped(text: WriteAnswer, stop: Stop) -> str:
    match text.stopped:
        case "story":
            return _("stopped by the blank line at the story's end")
        case "sentence":
            return _("stopped by a full stop")
        case "text":
            return _("stopped by {text}").format(text=code(stop.text))
        case "count":
            return _("cut off, since its tokens were used up")


def _sentence(texts: list[WriteAnswer]) -> str:
    tokens = [token for text in texts for token in text.tokens]
    told = _(
        "{passed} of {count} times a token was drawn that was not the most probable one."
    ).format(passed=sum(token.rank > 1 for token in tokens), count=len(tokens))
    if len(texts) < 2:
        return told
    ids = [[token.id for token in text.tokens] for text in texts]
    return f"{told} " + _(
        "**{different}** of {all} texts are different, and so are {share:.0%} of all their triples."
    ).format(different=different_texts(ids), all=len(texts), share=distinct_share(ids))


def _show_chances(text: WriteAnswer) -> None:
    st.dataframe(
        {
            _("token"): [token.shown for token in text.tokens],
            _("the model's probability"): [token.raw for token in text.tokens],
            _("probability in the draw"): [token.final for token in text.tokens],
            _("rank"): [token.rank for token in text.tokens],
        },
        key="gpt_written_table",
    )


def _next_seed() -> None:
    WRITING_SEED.set(WRITING_SEED.value + STOP_TEXTS.value)
