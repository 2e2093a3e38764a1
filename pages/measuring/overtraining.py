"""A GPT trained on too little text for too long: where it was best, and what it has learned by heart."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from core.store.look import Look
from core.store.view import RunView
from core.text.corpora import load_corpus, split
from core.text.probe import PROMPT_TOKENS
from core.worked.counting.copying import longest_stretch
from lessons.measuring.counted import OVER_LONG
from pages.measuring.state import PANEL
from pages.parts.exercises.box import bet_placed
from pages.parts.frame.escaped import literal
from pages.parts.frame.language import _
from pages.parts.frame.quoted import show_quoted
from pages.parts.training.controls import training_panel
from pages.parts.training.panel import Panel, chosen_step, expected_seconds, lowest, was_pointed_at

SLUG, BET = "measuring", "bet_over"


def truth_over(look: Look) -> str | None:
    """What became of the validation loss, once the run is done."""
    run = look.at(OVER_LONG)
    if run is None or not run.is_done:
        return None
    return "rises" if lowest(run) is not None else "falls"


def show_overtraining(look: Look) -> None:
    """The panel, and under it what the model has written at the chosen step, with the copied part marked."""
    run = look.at(OVER_LONG)
    panel = Panel(SLUG, PANEL, OVER_LONG, expected_seconds(OVER_LONG, look), view=run)
    held = not bet_placed(SLUG, BET) and not was_pointed_at(panel)
    training_panel(replace(panel, held=held), look)
    if run is not None and run.is_done and not held:
        _say(panel, run)


def _say(panel: Panel, run: RunView) -> None:
    best, last = lowest(run), run.full[-1]
    if best is not None and best.validation_loss is not None and last.validation_loss is not None:
        st.markdown(
            _(
                "Lowest at step **{step}**: {best:.2f} nats on new text. At step {last_step} the "
                "training loss is "
                "down to {train:.2f}, and the validation loss up to **{last:.2f}**."
            ).format(
                step=best.step,
                best=best.validation_loss,
                last_step=last.step,
                train=last.train_loss,
                last=last.validation_loss,
            )
        )
    shown = run.at(chosen_step(panel))
    if shown is None or not shown.sample:
        return
    given = run.tokenizer.decode(run.tokenizer.encode(shown.sample)[:PROMPT_TOKENS])
    written = shown.sample.removeprefix(given)
    start, end = longest_stretch(written, split(load_corpus(run.spec.corpus).text)[0])
    with st.container(border=True, key="measuring_copied"):
        show_quoted(f"{given}{written[:start]}⟦{written[start:end]}⟧{written[end:]}")
        st.caption(
            _(
                "“{given}” was given; the rest was written at step {step}. Between ⟦ and ⟧: the longest "
                "part of what was written that stands in the training text as it is, {copied} of {count} "
                "characters."
            ).format(
                given=literal(given.strip()),
                copied=end - start,
                count=len(written),
                step=shown.step,
            )
        )
