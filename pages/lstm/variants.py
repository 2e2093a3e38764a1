"""Two experiments on the LSTM that recalls: its gradient cut short, and its forget gates begun elsewhere."""

from __future__ import annotations

from functools import partial

from core.store.look import Look
from core.store.view import RunView
from core.worked.recurrent.recall import SEEN as MEASURED
from lessons.experiments import Arm
from lessons.lstm.experiments import (
    FORGET,
    FORGET_ZH,
    HALF_ARM,
    OPEN_ARM,
    SHUT_ARM,
    TRUNCATED,
    TRUNCATED_ZH,
)
from pages.lstm.recall import FAR, HALF, recall_of, show_by_gap
from pages.parts.frame.language import _, language
from pages.parts.training.experiment import Results, finished, show_experiment

_OPTIONS = {"one": OPEN_ARM, "zero": HALF_ARM, "shut": SHUT_ARM}
_ALIKE = 0.05
"""Shares that differ by less are as good as equal."""


def show_truncated(look: Look) -> None:
    """The same LSTM with its gradient whole and cut."""
    arms = _truncated()
    extra = partial(show_by_gap, "lstm_truncated_by_gap", arms)
    show_experiment("lstm_truncated", arms, look, sentence=_sentence, extra=extra)


def show_bias(look: Look, bet: tuple[str, str]) -> None:
    """The same LSTM with forget gates that begin open, half open and shut."""
    show_experiment("lstm_bias", _forget(), look, sentence=_sentence, bet=bet)


def bias_truth(look: Look) -> str | None:
    """Whether all learn it (alike), or which begin best; None before all have ended."""
    results = finished(_forget(), look)
    if results is None:
        return None
    right = {option: _at_end(results[name]) for option, name in _OPTIONS.items()}
    if max(right.values()) - min(right.values()) < _ALIKE:
        return "alike"
    return max(right, key=lambda option: right[option])


def _truncated() -> tuple[Arm, ...]:
    return TRUNCATED_ZH if language() == "zh" else TRUNCATED


def _forget() -> tuple[Arm, ...]:
    return FORGET_ZH if language() == "zh" else FORGET


def _at_end(run: RunView) -> float:
    return recall_of(run).right[FAR] if run.is_done else 0.0


def _sentence(results: Results) -> str:
    """How often each is right, near and far."""
    listed = _(", ").join(
        _("{name} **{far:.0%}** ({near:.0%} after none)").format(
            name=_(name), far=_at_end(run), near=recall_of(run).right[0]
        )
        for name, run in results.items()
        if run.is_done
    )
    said = _("Right at the last word after {seen} things seen: {listed}.").format(
        seen=MEASURED[FAR], listed=listed
    )
    ends = [_at_end(run) for run in results.values()]
    if min(ends) < HALF <= max(ends):
        return f"{said} " + _("So the setting decides whether the long way is learned at all.")
    return f"{said} " + _("Here the setting does not decide whether the long way is learned.")
