"""The knobs of a training panel: which text, which model, which recipe. They are the page's link.

Every knob is bound to the URL under the lesson's name. With no knob turned, the specification is that
of the run that ships, so a lesson opens on a trained model.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from core.errors import LearnerError
from core.spec.knobs import Choice, Knob
from core.spec.run import RunSpec, read_spec
from core.text.own import MOST_BYTES, check_own_text, digest, read_upload
from core.wording import N_
from pages.parts.frame.current import current
from pages.parts.frame.language import _, worded
from pages.parts.frame.state import linked_choice

CORPUS_NAMES = {
    "tales": N_("Tiny tales"),
    "tales_zh": N_("Tiny tales in Chinese"),
    "python": N_("Python's language reference"),
    "names": N_("English names"),
    "names_zh": N_("Chinese names"),
    "own": N_("your own text"),
}
_RATES = (0.0003, 0.001, 0.003, 0.006, 0.01, 0.03, 0.1, 1.0)


@dataclass(frozen=True)
class Knobs:
    """What the knobs of a panel say: a specification to be, and the learner's own text if there is one."""

    value: dict[str, Any]
    own_text: str | None

    def spec(self) -> RunSpec:
        """Raises LearnerError, in one sentence, if the knobs cannot go together."""
        value = self.value
        if value["corpus"]["name"] == "own":
            if self.own_text is None:
                raise LearnerError(
                    "Open “More knobs” and paste or upload a text of your own to train on."
                )
            own = {"size": 1, "seed": 0, "digest": digest(self.own_text)}
            value = value | {"corpus": value["corpus"] | own}
        return read_spec(value)


def read_knobs(slug: str, base: RunSpec) -> Knobs:
    """What the knobs say, whether or not they have been drawn yet."""
    value = base.model_dump(mode="json")

    def turn(part: dict[str, Any], option: str, name: str | None = None) -> None:
        part[option] = current(f"{slug}_{name or option}", part[option])

    turn(value["corpus"], "name", "corpus")
    if value["corpus"]["name"] not in (base.corpus.name, "own"):
        value["corpus"]["size"] = 2000
    for knob in base.model.knobs:
        turn(value["model"], knob.option)
    turn(value["recipe"], "steps")
    turn(value["recipe"], "learning_rate", "rate")
    turn(value, "seed")
    own = value["corpus"]["name"] == "own"
    return Knobs(value, read_own_text(slug) if own else None)


def draw_knobs(slug: str, base: RunSpec) -> Knobs:
    """Draw the knobs and return what they say."""
    value = base.model_dump(mode="json")
    own_text = None
    with st.popover("⚙ " + _("More knobs")):
        value["corpus"]["name"] = _select(
            slug, "corpus", _("Text"), tuple(CORPUS_NAMES), base.corpus.name, CORPUS_NAMES
        )
        if value["corpus"]["name"] == "own":
            own_text = own_text_box(slug)
        elif value["corpus"]["name"] != base.corpus.name:
            value["corpus"]["size"] = 2000
        model = value["model"]
        for knob in base.model.knobs:
            model[knob.option] = _model_knob(slug, knob, model[knob.option])
        value["recipe"]["steps"] = st.slider(
            _("Steps"),
            50,
            3000,
            base.recipe.steps,
            50,
            key=f"{slug}_steps",
            bind="query-params",
        )
        value["recipe"]["learning_rate"] = st.select_slider(
            _("Learning rate (1 is far too much: see what happens)"),
            options=sorted({*_RATES, base.recipe.learning_rate}),
            value=base.recipe.learning_rate,
            key=f"{slug}_rate",
            bind="query-params",
        )
        value["seed"] = st.number_input(
            _("Seed: same seed, same numbers"),
            0,
            99_999,
            base.seed,
            1,
            key=f"{slug}_seed",
            bind="query-params",
        )
    return Knobs(value, own_text)


def another_seed(slug: str, base: RunSpec) -> None:
    """Turn the seed to the next one, so that there is something new to train."""
    key = f"{slug}_seed"
    st.session_state[key] = int(st.session_state.get(key, base.seed)) + 1


def own_text_box(slug: str) -> str | None:
    """A box to paste into and a place to drop a file; None, with a sentence, while there is no good text."""
    pasted = st.text_area(
        _("Paste a text (at least 200 characters)"), key=f"{slug}_own_text", height=140
    )
    upload = st.file_uploader(
        _("or upload a text file, at most {size} MB").format(size=MOST_BYTES // 1_000_000),
        key=f"{slug}_own_file",
        type=["txt", "md", "csv"],
    )
    try:
        return _checked(pasted, upload)
    except LearnerError as error:
        st.warning(worded(error))
        return None


def read_own_text(slug: str) -> str | None:
    """The good text in the box, whether or not it has been drawn yet; None while there is none."""
    try:
        return _checked(
            st.session_state.get(f"{slug}_own_text"), st.session_state.get(f"{slug}_own_file")
        )
    except LearnerError:
        return None


def _checked(pasted: str | None, upload: UploadedFile | None) -> str | None:
    if upload is not None:
        return check_own_text(read_upload(upload.getvalue()))
    return check_own_text(pasted) if pasted else None


def _model_knob(slug: str, knob: Knob, value: Any) -> Any:
    """One of the knobs that the model's family declares, beginning at ``value``."""
    if isinstance(knob, Choice):
        return _select(slug, knob.option, _(knob.label), knob.options, value, knob.words)
    return st.slider(
        _(knob.label),
        knob.least,
        knob.most,
        value,
        key=f"{slug}_{knob.option}",
        bind="query-params",
    )


def _select(
    slug: str,
    name: str,
    label: str,
    options: tuple[Any, ...],
    default: Any,
    names: Mapping[str, str] | None = None,
) -> Any:
    """A choice in the learner's language whose value, in the session and in the link, is not translated."""
    known = options if default in options else (*options, default)
    texts = names or {}
    return linked_choice(
        st.selectbox,
        label,
        known,
        key=f"{slug}_{name}",
        first=default,
        words=lambda option: _(texts[option]) if option in texts else str(option),
    )
