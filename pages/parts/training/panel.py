"""One run on a page: which it is, how it is named in words, how long it takes, where its scrubber is."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from core.spec.run import RunSpec
from core.spec.text import TokenizerSpec
from core.store.further import ships
from core.store.look import Look
from core.store.snapshot import Snapshot
from core.store.view import RunView
from pages.parts.frame.language import _, phrase
from pages.parts.frame.services import pace
from pages.parts.training.state import CORPUS_NAMES, TASK_NAMES, TOKENIZER_NAMES, PanelState

_CLEARLY = 0.1
"""Nats per token by which the last loss is above the lowest where the lowest is pointed out."""

_SHORTEST_WAIT = 3
"""Seconds of waiting that are worth a word."""


@dataclass(frozen=True)
class Another:
    """The same run with another seed, and nothing else: ``choose`` turns the page to it."""

    seed: int
    choose: Callable[[], None]


@dataclass(frozen=True)
class Panel:
    """One training panel on a page. ``another`` is what can be trained once this run is there; None where
    another seed would change nothing."""

    key: str
    state: PanelState
    spec: RunSpec
    seconds: float
    """About how long the training takes here."""
    another: Another | None = None
    view: RunView | None = field(kw_only=True)
    """The run as this tick sees it; None while nobody has asked for it."""
    beside: RunSpec | None = field(default=None, kw_only=True)
    """A run of another family whose loss is drawn too, where it reads the same tokens."""
    held: bool = field(default=False, kw_only=True)
    """Whether what was trained is not shown yet, because a bet on it is still to be placed."""
    pictures: Callable[[Panel, Look], None] | None = field(default=None, kw_only=True)
    """What is drawn under its controls, by a lesson whose models write no text; None: losses, and heads or
    what the model writes."""

    @property
    def is_alive(self) -> bool:
        return self.view is not None and self.view.is_alive

    def seen(self, look: Look) -> Panel:
        """The same panel with its run as another look sees it."""
        return replace(self, view=look.at(self.spec))


def was_pointed_at(panel: Panel) -> bool:
    """Whether somebody has asked for this very run, or has chosen a step or a head of it: a link shows what
    its sender saw."""
    own = panel.view is not None and not is_shipped(panel)
    step = panel.state.step
    return own or step.value != step.first or panel.state.head.value is not None


def run_words(spec: RunSpec) -> str:
    """A run in words: "GPT · 2 layers · 4 heads · 0.2 M · Tiny tales · seed 7"."""
    words = [phrase(words) for words in spec.model.in_words()]
    if spec.model.descends:
        millions = spec.most_parameters() / 1e6
        words.append(f"{millions:.1f} M" if millions >= 0.1 else f"{millions:.2f} M")
    words.append(_(CORPUS_NAMES[spec.corpus.name]))
    if spec.corpus.name == "tasks":
        words.append(_(TASK_NAMES[spec.corpus.task]))
    elif spec.tokenizer != TokenizerSpec():
        kind = _(TOKENIZER_NAMES[spec.tokenizer.kind])
        words.append(
            _("{kind}, at most {count:,}").format(kind=kind, count=spec.tokenizer.vocabulary)
        )
    if spec.start is not None:
        words.append(_("goes on from another run"))
    words.append(_("seed {n}").format(n=spec.seed))
    return " · ".join(words)


def train_words(panel: Panel) -> str:
    """What the button says that starts this run: how long it takes, or that it is counted at once."""
    if not panel.spec.model.descends:
        return _("Count it and keep it")
    return announced(_("Train"), panel.seconds)


def is_shipped(panel: Panel) -> bool:
    """Whether this is the run that ships with the course."""
    return ships(panel.spec)


def chosen_step(panel: Panel) -> int | None:
    """The step the scrubber stands on: the last full one while nobody has moved it, also of a run that
    goes on."""
    steps = panel.view.full_steps if panel.view is not None else ()
    return panel.state.step.among(steps, first=steps[-1]).value if steps else None


def lowest(run: RunView | None) -> Snapshot | None:
    """Where the validation loss was lowest, of a run that went on too long: it ends clearly higher."""
    if run is None or run.is_alive or not run.full:
        return None
    best = min(run.full, key=_loss)
    return best if _loss(run.full[-1]) - _loss(best) >= _CLEARLY else None


def _loss(snapshot: Snapshot) -> float:
    loss = snapshot.validation_loss
    return math.inf if loss is None else loss


def expected_seconds(spec: RunSpec, look: Look) -> float:
    """About how long a run takes on this machine once a worker is free for it."""
    return pace().seconds(spec, look)


def announced(label: str, seconds: float) -> str:
    """A button's label with the time that it asks for, and the wait before that if there is one."""
    n, wait = max(1, round(seconds)), round(pace().wait())
    if wait < _SHORTEST_WAIT:
        return _("{label} (about {n} s)").format(label=label, n=n)
    return _("{label} (about {n} s, after a wait of about {wait} s)").format(
        label=label, n=n, wait=wait
    )
