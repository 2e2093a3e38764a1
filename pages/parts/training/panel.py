"""One run on a page: which it is, how it is named in words, how long it takes, where its scrubber is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from core.spec.run import NGramSpec, RecurrentSpec, RunSpec
from core.store.look import Look
from core.store.view import RunView
from pages.parts.frame.current import current
from pages.parts.frame.language import _
from pages.parts.frame.services import shipped
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
    own_text: str | None
    view: RunView | None
    """The run as this tick sees it; None while nobody has asked for it."""

    @property
    def alive(self) -> bool:
        return self.view is not None and self.view.alive

    def seen(self, look: Look) -> Panel:
        """The same panel with its run as another look sees it."""
        return replace(self, view=look.at(self.spec))


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
    steps = panel.view.full_steps if panel.view is not None else ()
    if not steps:
        return None
    chosen = current(f"{panel.key}_step", steps[-1])
    return chosen if chosen in steps and not panel.alive else steps[-1]


def expected_seconds(spec: RunSpec, look: Look) -> float:
    """About how long a run takes: the shipped run's own time, scaled by steps, tokens, parameters and
    layers."""
    base = shipped(spec.model.family)
    run = look.at(base)
    if run is None or run.last is None or isinstance(spec.model, NGramSpec):
        return 1.0
    return run.seconds * _work(spec) / _work(base)


def _work(spec: RunSpec) -> float:
    """In multiplications, roughly: for each token, and for each layer once a step, however few tokens."""
    recipe, model = spec.recipe, spec.model
    tokens = recipe.batch * (recipe.window or getattr(model, "context", 1))
    layers = getattr(model, "layers", 1)
    return recipe.steps * (tokens * (spec.most_parameters() + 50_000) + layers * _LAYER_STEP)
