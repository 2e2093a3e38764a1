"""What a training panel adds to a lesson's table: its knobs, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.spec.knobs import Knob, Range
from core.spec.run import RunSpec
from core.spec.text import TaskName
from core.wording import N_
from pages.parts.frame.state import Choice, Declared, Number, Private, State

CORPUS_NAMES = {
    "tales": N_("Tiny tales"),
    "tales_zh": N_("Tiny tales in Chinese"),
    "errands": N_("Errands"),
    "errands_zh": N_("Errands in Chinese"),
    "market": N_("Market days"),
    "market_zh": N_("Market days in Chinese"),
    "asides": N_("Asides"),
    "asides_zh": N_("Asides in Chinese"),
    "reviews": N_("Reviews"),
    "reviews_zh": N_("Reviews in Chinese"),
    "picture_book": N_("Picture book"),
    "python": N_("Python's language reference"),
    "names": N_("English names"),
    "names_zh": N_("Chinese names"),
    "tasks": N_("Problems with exact answers"),
    "own": N_("your own text"),
}
OFFERED = tuple(name for name in CORPUS_NAMES if name != "tasks")
"""The texts that panels offer, if a page names no others: problems are no text to read or to write on."""
TASK_NAMES: Mapping[TaskName, str] = {
    "copy": N_("copy"),
    "reverse": N_("reverse"),
    "sort": N_("sort"),
    "recall": N_("recall a value"),
    "brackets": N_("close brackets"),
    "parity": N_("parity"),
    "addition": N_("add numbers"),
    "addition_reversed": N_("add, last digit first"),
}
TOKENIZER_NAMES = {
    "words": N_("words"),
    "bare": N_("words alone"),
    "characters": N_("characters"),
    "bpe": N_("byte pairs (BPE)"),
}
VOCABULARIES = (300, 500, 1000, 2000, 4000)
_RATES = (0.0003, 0.001, 0.003, 0.006, 0.01, 0.03, 0.1, 1.0)


@dataclass(frozen=True)
class PanelState:
    """Where a panel stands. ``step`` is the scrubber's, the last full one at first; ``head`` the one that was
    opened; ``start`` asks the panel to train when it is drawn next; ``left`` is the run that this learner
    has stopped watching."""

    step: Choice[int]
    head: Private[tuple[int, int] | None]
    start: Private[bool]
    left: Private[str | None]


@dataclass(frozen=True)
class KnobsState:
    """The knobs of a panel; at first they say the run that ships. ``model`` are those of its family, by the
    option of the specification."""

    corpus: Choice[str]
    tokenizer: Choice[str]
    vocabulary: Choice[int]
    model: dict[str, Choice[Any] | Number[int]]
    steps: Number[int]
    rate: Choice[float]
    seed: Number[int]

    def turn(self, option: str, value: object) -> None:
        """Turn one of the model's knobs for the learner."""
        knob: Declared[Any] = self.model[option]
        knob.set(value)


def panel_state(state: State, name: str = "") -> PanelState:
    """``name`` tells a page's second panel from its first."""
    begin = f"{name}_" if name else ""
    return PanelState(
        step=state.choice(f"{begin}step", None, first=-1),
        head=state.private(f"{begin}head", None),
        start=state.private(f"{begin}start", False),
        left=state.private(f"{begin}left", None),
    )


def knobs_state(state: State, base: RunSpec, corpora: Sequence[str] = OFFERED) -> KnobsState:
    """The knobs for runs like ``base``, on one of ``corpora``."""
    recipe = base.recipe
    return KnobsState(
        corpus=state.choice("corpus", tuple(corpora), base.corpus.name),
        tokenizer=state.choice("tokenizer", base.model.tokenizers, base.tokenizer.kind),
        vocabulary=state.choice(
            "vocabulary",
            sorted({*VOCABULARIES, base.tokenizer.vocabulary}),
            base.tokenizer.vocabulary,
        ),
        model={knob.option: _model_knob(state, base, knob) for knob in base.model.knobs},
        steps=state.whole("steps", 50, 3000, recipe.steps, step=50),
        rate=state.choice("rate", sorted({*_RATES, recipe.learning_rate}), recipe.learning_rate),
        seed=state.whole("seed", 0, 99_999, base.seed),
    )


def _model_knob(state: State, base: RunSpec, knob: Knob) -> Choice[Any] | Number[int]:
    """What the family declares, beginning as ``base`` is."""
    first = getattr(base.model, knob.option)
    if isinstance(knob, Range):
        return state.whole(knob.option, knob.least, knob.most, first)
    options: tuple[Any, ...] = knob.options
    return state.choice(knob.option, options if first in options else (*options, first), first)
