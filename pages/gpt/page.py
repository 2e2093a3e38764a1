"""Lesson GPT: train one, watch it learn, look at its heads, and draw words from it."""

from __future__ import annotations

import math
from functools import partial

import streamlit as st

from core.errors import LearnerError
from core.store.view import RunView
from pages.gpt.going.other import forgetting_truth, show_fine_tuning
from pages.gpt.going.remedies import remedy_truth, show_remedies
from pages.gpt.going.same import going_truth, show_going_on
from pages.gpt.links import best_head, show_links
from pages.gpt.sampling import read_drawing, show_sampling, show_writing
from pages.gpt.state import KNOBS, PANEL
from pages.parts.frame import services
from pages.parts.frame.language import _
from pages.parts.frame.services import shipped
from pages.parts.lesson import below, beside, inline, show_lesson
from pages.parts.training.chosen import chosen_run, show_chosen_run
from pages.parts.training.panel import Panel
from pages.parts.training.pictures import show_chosen_head

SLUG = "gpt"
SHIPPED = shipped("gpt")


def shipped_loss_of_guessing(ships: RunView | None) -> float:
    """ln V of the shipped run's vocabulary."""
    if ships is None:
        raise LearnerError("The runs that ship are missing. Make them with: make starters.")
    return math.log(ships.tokenizer.vocabulary_size)


def show_vocabulary(ships: RunView | None) -> None:
    if ships is None:
        st.warning(_("The runs that ship are missing. Make them with: make starters."))
        return
    st.markdown(
        _("The stories of this lesson are made of **V = {size}** different tokens.").format(
            size=ships.tokenizer.vocabulary_size
        )
    )


def show_learned(run: RunView | None) -> None:
    """One sentence about what the numbers of the chosen run say."""
    if run is None or len(run.full) < 2:
        return
    last = run.full[-1]
    assert last.validation_loss is not None
    uniform = math.log(run.tokenizer.vocabulary_size)
    st.markdown(
        _(
            "From {uniform:.2f} nats (blind guessing) down to **{loss:.2f}** after {steps} steps and "
            "{seconds:.0f} s. The perplexity went from {before:.0f} to **{after:.1f}**: on average the "
            "model is as unsure as if it had to guess one of that many tokens."
        ).format(
            uniform=uniform,
            loss=last.validation_loss,
            steps=last.step,
            seconds=last.seconds,
            before=math.exp(uniform),
            after=math.exp(last.validation_loss),
        )
    )


def show_head(panel: Panel | None, run: str) -> None:
    if panel is not None:
        show_chosen_head(panel, first=best_head(run))


look = services.look()
chosen = chosen_run(SLUG, SHIPPED, KNOBS, PANEL, look)
ships = look.at(SHIPPED)
# What to look into: the chosen run once it is done, until then the one that ships.
open_run = look.finished(chosen.spec) or ships
opened = open_run.spec if open_run is not None else SHIPPED
run = opened.id
drawing = read_drawing()
show_lesson(
    SLUG,
    {
        "vocabulary": inline(partial(show_vocabulary, ships)),
        "training": below(partial(show_chosen_run, chosen, look, bet=(SLUG, "bet_first"))),
        "learned": inline(partial(show_learned, open_run)),
        "chosen_head": beside(partial(show_head, chosen.panel, run)),
        "links": inline(partial(show_links, run)),
        "going_on": below(partial(show_going_on, look)),
        "fine_tuning": below(partial(show_fine_tuning, look)),
        "remedies": below(partial(show_remedies, look)),
        "sampling": beside(partial(show_sampling, opened, drawing)),
        "writing": below(partial(show_writing, run, drawing)),
    },
    truths={
        "bet_ln_v": partial(shipped_loss_of_guessing, ships),
        "bet_going": partial(going_truth, look),
        "bet_forget": partial(forgetting_truth, look),
        "bet_remedy": partial(remedy_truth, look),
    },
)
