"""What is asked of the model when it writes, and where the texts are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import streamlit as st

from core.models.decoding import Sampling
from core.models.stopping import Stop
from core.questions import Write, WriteAnswer
from core.text.prompt import read_prompt
from pages.gpt.state import MIN_P, PENALTY, PROMPT, TEMPERATURE, TOP_K, TOP_P
from pages.parts.frame.ask import ask
from pages.parts.frame.language import _
from pages.parts.frame.services import library


@dataclass(frozen=True)
class Wanted:
    """One text: how it is drawn, with which seed, how long, and where it stops."""

    sampling: Sampling
    seed: int
    most: int
    stop: Stop = field(default_factory=Stop)


def chosen_sampling() -> Sampling:
    """What the sliders of the draw say, whether or not they have been drawn yet."""
    return Sampling(TEMPERATURE.value, TOP_K.value or None, TOP_P.value, MIN_P.value, PENALTY.value)


def is_certain(sampling: Sampling) -> bool:
    """Whether every seed draws the same token: then one text tells them all."""
    return sampling.temperature == 0 or sampling.top_k == 1


def written(run: str, prompt: str, wanted: Sequence[Wanted]) -> list[WriteAnswer]:
    """The texts in their order; a bar fills while they are written.

    Raises LearnerError where the model cannot be asked.
    """
    found = []
    with st.empty():
        for place, one in enumerate(wanted):
            st.progress((place + 1) / len(wanted), _("Writing …"))
            seed = 0 if is_certain(one.sampling) else one.seed
            found.append(ask(Write(run, prompt, one.most, one.sampling, seed, one.stop)))
        st.write("")
    return found


def is_own_text() -> bool:
    """Whether the learner typed the prompt of the draw."""
    return PROMPT.value != PROMPT.first


def continued(run: str, prompt: str, continuation: str) -> str:
    """Both as one text; blanks at the end of the prompt that are no tokens were not read, nor are shown."""
    tokenizer = library().tokenizer(run)
    end = len(prompt) if tokenizer is None else read_prompt(tokenizer, prompt).end
    return f"{prompt[:end]}{continuation}"
