"""Lesson GPT: train one, watch it learn, look at its heads, and draw words from it."""

from __future__ import annotations

import math
from functools import partial

import streamlit as st

from core.errors import LearnerError
from core.store.view import RunView
from pages.gpt.cache.growing import show_growing
from pages.gpt.cache.timing import show_costs, show_times
from pages.gpt.drawing.circles import show_circles, truth_greedy
from pages.gpt.drawing.draw import show_draw
from pages.gpt.drawing.purposes import show_purposes, truth_both, truth_settings
from pages.gpt.drawing.repairs import show_repairs
from pages.gpt.drawing.stops import show_writing
from pages.gpt.film.forming import forming_truth, show_forming
from pages.gpt.inside.kinds import show_kinds, truth_kinds
from pages.gpt.inside.lens import show_lens, truth_lens
from pages.gpt.inside.output import show_output, show_turned
from pages.gpt.inside.surprise import show_surprise
from pages.gpt.inside.tying import show_tying, truth_tying
from pages.gpt.links import best_head, show_links
from pages.gpt.state import KNOBS, PANEL
from pages.parts.exercises.box import after_bet
from pages.parts.frame import services
from pages.parts.frame.language import _
from pages.parts.frame.services import shipped
from pages.parts.lesson import below, beside, inline, show_lesson
from pages.parts.training.chosen import chosen_run, show_chosen_run
from pages.parts.training.panel import Panel
from pages.parts.training.pictures import show_chosen_head

SLUG = "gpt"
SHIPPED = shipped("gpt")


def loss_of_guessing(run: RunView | None) -> float:
    """ln V of the run that is looked into."""
    if run is None:
        raise LearnerError("The runs that ship are missing. Make them with: make starters.")
    return math.log(run.tokenizer.vocabulary_size)


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
show_lesson(
    SLUG,
    {
        "output": below(partial(show_output, opened)),
        "turned": inline(partial(show_turned, opened)),
        "tying": below(partial(show_tying, look, (SLUG, "bet_tying"))),
        "training": below(partial(show_chosen_run, chosen, look, bet=(SLUG, "bet_first"))),
        "learned": inline(partial(show_learned, open_run)),
        "chosen_head": beside(partial(show_head, chosen.panel, run)),
        "links": inline(partial(show_links, run)),
        "forming": below(partial(show_forming, chosen.panel)),
        "lens": below(partial(show_lens, opened)),
        "surprise": below(after_bet(SLUG, "bet_kinds", partial(show_surprise, opened))),
        "kinds": below(after_bet(SLUG, "bet_kinds", partial(show_kinds, opened))),
        "sampling": below(partial(show_draw, opened)),
        "circles": below(after_bet(SLUG, "bet_greedy", partial(show_circles, opened))),
        "writing": below(partial(show_writing, opened)),
        "purposes": below(partial(show_purposes, opened)),
        "repairs": below(show_repairs),
        "growing": below(partial(show_growing, opened)),
        "kept_costs": below(show_costs),
        "kept_times": below(show_times),
    },
    truths={
        "bet_ln_v": partial(loss_of_guessing, open_run),
        "bet_tying": partial(truth_tying, look),
        "bet_forming": partial(forming_truth, ships),
        "bet_lens": truth_lens,
        "bet_kinds": truth_kinds,
        "bet_greedy": partial(truth_greedy, opened),
        "bet_settings": partial(truth_settings, opened),
        "bet_both": partial(truth_both, opened),
    },
)
