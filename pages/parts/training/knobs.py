"""The knobs of a training panel: which text, which tokens, which model, which recipe.

With no knob turned, the specification is that of the run that ships, so a lesson opens on a trained model.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from core.errors import LearnerError
from core.spec.knobs import Choice as OneOf
from core.spec.knobs import Knob
from core.spec.run import RunSpec, read_spec
from core.store.own_texts import OwnText
from pages.parts.frame.language import _
from pages.parts.frame.state import Choice, Number
from pages.parts.training.own_text import own_text, own_text_box
from pages.parts.training.panel import Another
from pages.parts.training.state import CORPUS_NAMES, TOKENIZER_NAMES, KnobsState


@dataclass(frozen=True)
class Knobs:
    """What the knobs of a panel say: a specification to be, and the learner's own text if it is to be one on
    that and there is one."""

    value: dict[str, Any]
    own: OwnText | None

    def spec(self) -> RunSpec:
        """Raises LearnerError, in one sentence, if the knobs cannot go together."""
        value = self.value
        if value["corpus"]["name"] == "own":
            if self.own is None:
                raise LearnerError(
                    "Open “More knobs” and paste or upload a text of your own to train on."
                )
            own = {"size": 1, "seed": 0, "digest": self.own.digest}
            value = value | {"corpus": value["corpus"] | own}
        return read_spec(value)


def read_knobs(base: RunSpec, chosen: KnobsState) -> Knobs:
    """What the knobs say, whether or not they have been drawn yet."""
    value = base.model_dump(mode="json")
    corpus = value["corpus"]["name"] = chosen.corpus.value
    if corpus not in (base.corpus.name, "own"):
        value["corpus"] |= {"size": 2000, "task": "copy"}
    value["tokenizer"]["kind"] = chosen.tokenizer.value
    value["tokenizer"]["vocabulary"] = chosen.vocabulary.value
    value["model"] |= {option: knob.value for option, knob in chosen.model.items()}
    value["recipe"]["steps"] = chosen.steps.value
    value["recipe"]["learning_rate"] = chosen.rate.value
    value["seed"] = chosen.seed.value
    return Knobs(value, own_text() if corpus == "own" else None)


def draw_knobs(slug: str, base: RunSpec, chosen: KnobsState) -> None:
    """Draw the knobs."""
    with st.popover("⚙ " + _("More knobs")):
        corpus = chosen.corpus.draw(
            st.selectbox, _("Text"), words=lambda name: _(CORPUS_NAMES[name])
        )
        if corpus == "own":
            own_text_box(slug)
        chosen.tokenizer.draw(
            st.selectbox, _("Kind of tokens"), words=lambda kind: _(TOKENIZER_NAMES[kind])
        )
        chosen.vocabulary.draw(
            st.selectbox, _("Vocabulary, at most"), words=lambda most: f"{most:,}"
        )
        for knob in base.model.knobs:
            _draw_knob(knob, chosen.model[knob.option])
        chosen.steps.slider(_("Steps"))
        chosen.rate.draw(st.select_slider, _("Learning rate (1 is far too much: see what happens)"))
        chosen.seed.box(_("Seed: same seed, same numbers"))


def another(chosen: KnobsState) -> Another:
    """The same knobs with the next seed, so that there is something new to train."""
    seed = chosen.seed.value + 1 if chosen.seed.value < chosen.seed.most else chosen.seed.least
    return Another(seed, partial(chosen.seed.set, seed))


def _draw_knob(knob: Knob, declared: Choice[Any] | Number[int]) -> None:
    """One of the knobs that the model's family declares."""
    if isinstance(declared, Number):
        declared.slider(_(knob.label))
        return
    words = knob.words if isinstance(knob, OneOf) else {}
    declared.draw(
        st.selectbox,
        _(knob.label),
        words=lambda option: _(words[option]) if option in words else str(option),
    )
