"""The models of the arena, all on one text and with the same tokens, and what was measured of them."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import LearnerError
from core.figures.loss import Curve
from core.questions.measuring import CountedParts
from core.spec.run import RunSpec
from core.store.further import shipped_runs
from core.store.look import Look
from core.store.view import RunView
from core.wording import N_
from pages.parts.frame.ask import ask
from pages.parts.frame.language import _

NAMES = {
    "ngram": N_("N-gram"),
    "rnn": N_("RNN"),
    "lstm": N_("LSTM"),
    "gpt": N_("GPT"),
}
"""By the names of ``shipped_runs``, in the order of the course."""
MISSING = N_("The runs that ship are missing. Make them with: make starters.")


@dataclass(frozen=True, eq=False)
class Rival:
    """One of the models: ``x`` [n], ``losses`` [n] on held-out text, by tokens read and by seconds."""

    key: str
    run: RunView
    tokens: tuple[float, ...]
    seconds: tuple[float, ...]
    losses: tuple[float, ...]

    @property
    def name(self) -> str:
        return _(NAMES[self.key])

    def along(self, axis: str) -> tuple[float, ...]:
        return self.tokens if axis == "tokens" else self.seconds

    def loss_at(self, axis: str, budget: float) -> float | None:
        """The last loss measured within the budget; None where nothing was."""
        within = [
            loss for at, loss in zip(self.along(axis), self.losses, strict=True) if at <= budget
        ]
        return within[-1] if within else None

    def first_below(self, axis: str, loss: float) -> float | None:
        """Where the loss was first at or below this one."""
        places = zip(self.along(axis), self.losses, strict=True)
        return next((at for at, one in places if one <= loss), None)


def specs() -> dict[str, RunSpec]:
    """By name; all on the same text, with the same tokens."""
    runs = shipped_runs()
    return {name: runs[name] for name in NAMES}


def rivals(look: Look) -> tuple[Rival, ...]:
    """Raises LearnerError where one of them is missing."""
    found = []
    for name, spec in specs().items():
        run = look.finished(spec)
        if run is None or run.last is None:
            raise LearnerError(MISSING)
        found.append(_counted(name, run) if not spec.model.descends else _trained(name, run))
    return tuple(found)


def curve(rival: Rival, axis: str, end: float) -> Curve:
    """Its losses; a counting model has nothing more to read at the end of the text and stays where it is."""
    x, losses = rival.along(axis), rival.losses
    if x[-1] < end and not rival.run.spec.model.descends:
        x, losses = (*x, end), (*losses, losses[-1])
    return Curve(rival.name, x, (None,) * len(x), losses)


def _trained(name: str, run: RunView) -> Rival:
    full = [one for one in run.full if one.validation_loss is not None and one.step]
    return Rival(
        name,
        run,
        tuple(float(one.tokens) for one in full),
        tuple(max(one.seconds, 0.01) for one in full),
        tuple(float(one.validation_loss or 0.0) for one in full),
    )


def _counted(name: str, run: RunView) -> Rival:
    """An N-gram has counted parts of its text, each in its share of the time."""
    parts = ask(CountedParts(run.id))
    whole = max(run.seconds, 0.01)
    shares = [count / parts.tokens[-1] for count in parts.tokens]
    return Rival(
        name,
        run,
        tuple(float(count) for count in parts.tokens),
        tuple(max(whole * share, 0.001) for share in shares),
        parts.losses,
    )
