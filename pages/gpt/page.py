"""Lesson GPT: train one, watch it learn, look at its heads, and draw words from it."""

from __future__ import annotations

import math
from functools import partial

import streamlit as st

from core.errors import LearnerError
from core.store.folder import RunFolder
from core.store.state import RunState
from pages.gpt.links import best_head, show_links
from pages.gpt.sampling import show_sampling, show_writing
from pages.parts.frame.language import _, worded
from pages.parts.frame.services import library, shipped
from pages.parts.lesson import below, beside, inline, show_lesson
from pages.parts.training.controls import training_panel
from pages.parts.training.knobs import another_seed, knobs
from pages.parts.training.panel import Panel, expected_seconds
from pages.parts.training.pictures import show_chosen_head

SLUG = "gpt"
SHIPPED = shipped("gpt")


def shipped_loss_of_guessing() -> float:
    """ln V of the shipped run's vocabulary."""
    folder = library().find(SHIPPED.id)
    if folder is None:
        raise LearnerError("The runs that ship are missing. Make them with: make starters.")
    return math.log(folder.tokenizer().vocabulary_size)


def show_vocabulary() -> None:
    folder = library().find(SHIPPED.id)
    if folder is None:
        st.warning(_("The runs that ship are missing. Make them with: make starters."))
        return
    size = folder.tokenizer().vocabulary_size
    st.markdown(
        _("The stories of this lesson are made of **V = {size}** different tokens.").format(
            size=size
        )
    )


def show_training() -> None:
    """The knobs, then the panel of the run that they describe."""
    try:
        spec, own_text = knobs(SLUG, SHIPPED)
    except LearnerError as error:
        st.warning(worded(error))
        return
    st.session_state[_PANEL] = Panel(
        SLUG,
        spec,
        expected_seconds(spec),
        another=partial(another_seed, SLUG, SHIPPED),
        own_text=own_text,
    )
    training_panel(st.session_state[_PANEL])


def show_learned() -> None:
    """One sentence about what the numbers of the chosen run say."""
    folder = _folder()
    full = [s for s in folder.snapshots() if s.validation_loss is not None] if folder else []
    if len(full) < 2 or full[-1].validation_loss is None:
        return
    uniform = math.log(folder.tokenizer().vocabulary_size)
    last = full[-1]
    st.markdown(
        _(
            "From {uniform:.2f} nats (blind guessing) down to **{loss:.2f}** after {steps} steps and "
            "{seconds:.0f} s. A token that cost one bet in {before:.0f} now costs about one in "
            "**{after:.1f}**."
        ).format(
            uniform=uniform,
            loss=last.validation_loss,
            steps=last.step,
            seconds=last.seconds,
            before=math.exp(uniform),
            after=math.exp(last.validation_loss),
        )
    )


def show_head() -> None:
    panel = _panel()
    if panel is not None:
        show_chosen_head(panel, first=best_head(_run()))


def _panel() -> Panel | None:
    """The panel of the run that is shown now, None if the knobs do not go together."""
    return st.session_state.get(_PANEL)


def _folder() -> RunFolder | None:
    """The run to look into: the chosen one once it is done, until then the one that ships."""
    panel = _panel()
    folder = panel.folder if panel is not None else None
    if folder is not None and folder.state.state == RunState.DONE:
        return folder
    return library().find(SHIPPED.id)


def _run() -> str:
    folder = _folder()
    return folder.id if folder is not None else SHIPPED.id


_PANEL = "gpt_panel_shown"

st.session_state.pop(_PANEL, None)
show_lesson(
    SLUG,
    {
        "vocabulary": inline(show_vocabulary),
        "training": below(show_training),
        "learned": inline(show_learned),
        "chosen_head": beside(show_head),
        "links": inline(lambda: show_links(_run())),
        "sampling": beside(lambda: show_sampling(_run())),
        "writing": below(lambda: show_writing(_run())),
    },
    truths={"bet_ln_v": shipped_loss_of_guessing},
)
