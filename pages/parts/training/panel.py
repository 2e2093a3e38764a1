"""One run on a page: which it is, how it is named in words, how long it takes, where its scrubber is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from core.spec.run import NGramSpec, RecurrentSpec, RunSpec
from core.store.folder import RunFolder
from pages.parts.frame.language import _
from pages.parts.frame.services import library, shipped
from pages.parts.training.knobs import CORPUS_NAMES

_LAYER_STEP = 1e7
"""What a layer costs a step besides its products; small deep models spend a third of their time so."""


@dataclass(frozen=True)
class Panel:
    """One training panel on a page. ``another`` asks the page for a specification not trained yet."""

    key: str
    spec: RunSpec
    seconds: float
    """About how long the training takes here."""
    another: Callable[[], None]
    own_text: str | None = None

    @property
    def folder(self) -> RunFolder | None:
        return library().find(self.spec.id)

    @property
    def alive(self) -> bool:
        folder = self.folder
        return folder is not None and folder.state.state.alive


def run_words(spec: RunSpec) -> str:
    """A run in words: "GPT · 2 layers · 4 heads · 0.2 M · Tiny tales · seed 7"."""
    model = spec.model
    corpus = _(CORPUS_NAMES[spec.corpus.name])
    if isinstance(model, NGramSpec):
        words = [_("N-gram"), _("order {n}").format(n=model.order)]
    elif isinstance(model, RecurrentSpec):
        words = [model.cell.upper(), _("width {d}").format(d=model.width)]
    else:
        words = [
            "GPT",
            _("{n} layers").format(n=model.layers),
            _("{n} heads").format(n=model.heads),
        ]
    if not isinstance(model, NGramSpec):
        words.append(f"{spec.most_parameters() / 1e6:.1f} M")
    return " · ".join([*words, corpus, _("seed {n}").format(n=spec.seed)])


def chosen_step(panel: Panel) -> int | None:
    """The step the scrubber stands on: the last full one while nobody has moved it."""
    folder = panel.folder
    steps = folder.full_steps if folder else ()
    if not steps:
        return None
    chosen = st.session_state.get(f"{panel.key}_step")
    return chosen if chosen in steps and not panel.alive else steps[-1]


def expected_seconds(spec: RunSpec) -> float:
    """About how long a run takes: the shipped run's own time, scaled by steps, tokens, parameters and
    layers."""
    base = shipped(spec.model.family)
    folder = library().find(base.id)
    snapshots = folder.snapshots() if folder else ()
    if not snapshots or isinstance(spec.model, NGramSpec):
        return 1.0
    return snapshots[-1].seconds * _work(spec) / _work(base)


def _work(spec: RunSpec) -> float:
    """In multiplications, roughly: for each token, and for each layer once a step, however few tokens."""
    recipe, model = spec.recipe, spec.model
    tokens = recipe.batch * (recipe.window or getattr(model, "context", 1))
    layers = getattr(model, "layers", 1)
    return recipe.steps * (tokens * (spec.most_parameters() + 50_000) + layers * _LAYER_STEP)
