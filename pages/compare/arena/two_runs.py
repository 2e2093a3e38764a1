"""Any two runs side by side: in what their specifications differ, their losses, and what each writes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from core.errors import LearnerError
from core.figures import loss
from core.models.decoding import Sampling
from core.questions import Generate
from core.spec.run import RunSpec
from core.store.further import shipped_runs
from core.store.look import Look
from core.store.store import is_run_id
from core.store.view import RunView
from core.wording import N_
from pages.compare.state import LEFT, PROMPT, RIGHT
from pages.parts.frame.ask import ask
from pages.parts.frame.escaped import code
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _, worded
from pages.parts.frame.quoted import show_quoted
from pages.parts.frame.services import library
from pages.parts.frame.state import Choice, fragment
from pages.parts.frame.theme import theme
from pages.parts.training.comparable import show_per_character
from pages.parts.training.panel import run_words
from pages.parts.training.sources import of_runs
from pages.parts.widgets.plot import plot

FIRST = ("lstm", "gpt")
"""At first two that ship."""
WRITTEN = 40
_NAMED = {
    "corpus": N_("text"),
    "tokenizer": N_("tokens"),
    "model": N_("model"),
    "recipe": N_("training"),
    "seed": N_("seed"),
    "start": N_("begins with the weights of"),
}
_OPTIONS = {
    "family": N_("family"),
    "name": N_("which text"),
    "size": N_("size"),
    "kind": N_("kind"),
    "vocabulary": N_("vocabulary, at most"),
    "layers": N_("layers"),
    "heads": N_("heads in each layer"),
    "width": N_("width"),
    "context": N_("context, in tokens"),
    "positions": N_("positions"),
    "cell": N_("cell"),
    "order": N_("order"),
    "smoothing": N_("smoothing"),
    "optimizer": N_("optimizer"),
    "steps": N_("steps"),
    "batch": N_("texts in a step"),
    "learning_rate": N_("learning rate"),
    "schedule": N_("schedule of the learning rate"),
    "warmup": N_("steps of warming up"),
    "weight_decay": N_("weight decay"),
    "clip": N_("longest gradient"),
    "snapshots": N_("looks taken on the way"),
    "tied": N_("one table for both ends"),
    "dropout": N_("dropout"),
}


def differences(one: RunSpec, other: RunSpec) -> list[tuple[str, str, str]]:
    """Every option in which two specifications differ, by its place (``recipe.steps``), as each has it; a
    dash where one has no such option, or none that is set."""
    left, right = _flat(one.model_dump(mode="json")), _flat(other.model_dump(mode="json"))
    found = []
    for place in [*left, *(place for place in right if place not in left)]:
        a, b = _value(left.get(place)), _value(right.get(place))
        if a != b:
            found.append((place, a, b))
    return found


@fragment
def show_two_runs(look: Look) -> None:
    """Two boxes, then all that tells the runs apart."""
    try:
        runs = _offered(look)
    except LearnerError as error:
        st.warning(worded(error))
        return
    chosen = []
    for column, choice, first, label in zip(
        st.columns(2, gap="medium"),
        (LEFT, RIGHT),
        FIRST,
        (_("One run"), _("The other")),
        strict=True,
    ):
        with column:
            chosen.append(_choose(choice, runs, shipped_runs()[first].id, label))
    one, other = (look.find(run) for run in chosen)
    if one is None or other is None:
        st.warning(_("One of these runs is not here any more. Choose another."))
        return
    _show_differences(one, other)
    _show_losses(one, other)
    _show_written(one, other)


def _choose(choice: Choice[str], runs: Mapping[str, RunSpec], first: str, label: str) -> str:
    asked = choice.value
    if asked and asked not in runs:
        st.caption(
            _("The link names a run that is not here: it was deleted, or is on another server.")
        )
    return choice.among(tuple(runs), first=first).draw(
        st.selectbox, label, words=lambda run: run_words(runs[run])
    )


def _offered(look: Look) -> dict[str, RunSpec]:
    """Finished runs of language models by id, those that ship first; of learners' own texts none, but one
    that a link names."""
    found = {spec.id: spec for spec in shipped_runs().values() if spec.model.language_model}
    found = {run: spec for run, spec in found.items() if library().has(run)}
    if len(found) < 2:
        raise LearnerError("The runs that ship are missing. Make them with: make starters.")
    for spec in _finished():
        found.setdefault(spec.id, spec)
    for asked in (LEFT.value, RIGHT.value):
        run = look.find(asked) if is_run_id(asked) else None
        if run is not None and run.is_done and run.spec.model.language_model:
            found.setdefault(run.spec.id, run.spec)
    return found


@st.cache_data(ttl=20, max_entries=1, show_spinner=False)
def _finished() -> list[RunSpec]:
    return [
        spec
        for spec in library().finished()
        if spec.model.language_model and spec.corpus.name != "own"
    ]


def _show_differences(one: RunView, other: RunView) -> None:
    found = differences(one.spec, other.spec)
    if not found:
        st.markdown(_("Both are the same run: there is nothing to compare."))
        return
    lines = [f"| | {_('one run')} | {_('the other')} |", "|:--|:--|:--|"]
    lines += [f"| {_place(place)} | {code(a)} | {code(b)} |" for place, a, b in found]
    st.markdown("\n".join(lines))
    same = len(_flat(one.spec.model_dump(mode="json"))) - len(found)
    st.caption(
        _("They differ in {count} options, and share {same}.").format(
            count=len(found), same=max(0, same)
        )
    )


def _show_losses(one: RunView, other: RunView) -> None:
    alike = (one.spec.corpus, one.spec.tokenizer) == (other.spec.corpus, other.spec.tokenizer)
    if not alike:
        st.info(
            _(
                "They read other texts, or cut them into other tokens: losses per token do not compare. What "
                "a character costs does, as far as the texts are alike."
            )
        )
        show_per_character({_("one run"): one, _("the other"): other})
        return
    curves = [_curve(_("one run"), one), _curve(_("the other"), other)]
    plot(
        loss.loss_curves(curves, theme(), labels=labels_of(loss.LABELS)),
        key="compare_two_losses",
        height=300,
        caption=_("Loss in nats per token, by steps: lower is better. An N-gram has no steps."),
        source=of_runs([one.spec, other.spec]),
        table=lambda: loss.loss_table(curves, labels=labels_of(loss.LABELS)),
    )


def _curve(name: str, run: RunView) -> loss.Curve:
    full = run.full
    return loss.Curve(
        name,
        tuple(s.step for s in full),
        (None,) * len(full),
        tuple(s.validation_loss for s in full),
    )


def _show_written(one: RunView, other: RunView) -> None:
    """What each writes after the same prompt, by the same seed."""
    prompt = PROMPT.value
    for column, run, name in zip(
        st.columns(2, gap="medium"),
        (one, other),
        (_("one run"), _("the other")),
        strict=True,
    ):
        with column:
            st.markdown(f"**{name}**")
            try:
                written = ask(Generate(run.id, prompt, WRITTEN, Sampling(0.7, None, 0.9), seed=1))
            except LearnerError as error:
                st.warning(worded(error))
                continue
            show_quoted(f"{prompt}{written.text}")


def _flat(values: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, dict):
            found |= _flat(value, f"{before}{name}.")
        else:
            found[f"{before}{name}"] = value
    return found


def _place(place: str) -> str:
    """``recipe.steps`` in words: "training: steps"."""
    part, _dot, option = place.partition(".")
    named = _(_NAMED.get(part, part))
    if not option:
        return named
    return f"{named}: {_(_OPTIONS[option]) if option in _OPTIONS else f'`{option}`'}"


def _value(value: object) -> str:
    return "–" if value is None else str(value)
