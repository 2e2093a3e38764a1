"""Two tables in place of one, trained beside the model that ships."""

from __future__ import annotations

from core.spec.families.gpt import GPTSpec
from core.store.look import Look
from lessons.gpt.experiments import TIED_ARM, TYING, UNTIED_ARM
from pages.parts.frame.language import _
from pages.parts.training.experiment import Results, finished, nats, show_experiment

ALIKE = 0.05
"""Nats: a smaller difference is none worth a word."""


def show_tying(look: Look, bet: tuple[str, str]) -> None:
    """Train the model with two tables; its curve beside that of the one that ships."""
    show_experiment("gpt_tying", TYING, look, sentence=_sentence, bet=bet)


def truth_tying(look: Look) -> str | None:
    """Which ends lower, or neither; None before both have ended."""
    results = finished(TYING, look)
    if results is None:
        return None
    ahead = results[UNTIED_ARM].final_loss - results[TIED_ARM].final_loss
    if abs(ahead) < ALIKE:
        return "alike"
    return "tied" if ahead > 0 else "untied"


def _sentence(results: Results) -> str:
    tied, untied = results[TIED_ARM], results[UNTIED_ARM]
    size = tied.tokenizer.vocabulary_size
    one, two = (run.spec.model for run in (tied, untied))
    assert isinstance(one, GPTSpec) and isinstance(two, GPTSpec)
    fewer, more = one.parameters(size), two.parameters(size)
    return _(
        "With one table the model has {fewer:,} parameters and ends at **{tied}** nats. A second table adds "
        "V · d = {size:,} · {width} = {added:,} parameters, {share:.0%} more, and ends at **{untied}**: a "
        "difference of {difference} nats."
    ).format(
        fewer=fewer,
        tied=nats(tied.final_loss),
        size=size,
        width=one.width,
        added=more - fewer,
        share=(more - fewer) / fewer,
        untied=nats(untied.final_loss),
        difference=f"{untied.final_loss - tied.final_loss:+.2f}".replace("-", "−"),
    )
