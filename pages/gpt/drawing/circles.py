"""Greedy against drawn: what is said again, what no story has, how texts differ; and what a penalty "
"changes."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from core.errors import LearnerError
from core.figures.theme import number
from core.models.decoding import Sampling
from core.questions import WriteAnswer
from core.spec.run import RunSpec
from core.worked.writing import distinct_share, repeated_share, said_again, surprise
from pages.gpt.drawing.asked import Wanted, is_own_text, written
from pages.gpt.state import CIRCLES, CIRCLES_PENALTY, CIRCLES_SHOWN, CIRCLES_TEXTS, PROMPT
from pages.parts.frame.escaped import code
from pages.parts.frame.language import _, worded
from pages.parts.frame.state import fragment
from pages.parts.training.sources import of_run
from pages.parts.widgets.shaded_text import Shaded, shaded_text
from pages.parts.widgets.shared.source import show_caption

LENGTH = 160
"""Tokens of each text: a story has about seventy."""
_ALIKE = 0.05
"""Shares of repeated triples that differ by less are called alike."""


@dataclass(frozen=True)
class Measured:
    """What was counted in some texts of one way of writing."""

    texts: tuple[WriteAnswer, ...]

    @property
    def repeated(self) -> float:
        return _mean([repeated_share(_ids(text)) for text in self.texts])

    @property
    def distinct(self) -> float:
        return distinct_share([_ids(text) for text in self.texts])

    @property
    def strange(self) -> float | None:
        """Pairs that no training text has, among a hundred tokens."""
        found = [text.strange for text in self.texts]
        if any(marks is None for marks in found):
            return None
        return 100 * _mean([_mean([*map(float, marks or ())]) for marks in found])

    @property
    def surprise(self) -> float:
        """Of the model at its own text, without temperature and penalty, in nats per token."""
        return _mean([surprise([token.raw for token in text.tokens]) for text in self.texts])


def measured(run: str, prompt: str, penalty: float, count: int) -> Mapping[str, Measured]:
    """Each of CIRCLES; drawn texts with seeds from 1 on, at temperature 1 and from all tokens.

    Raises LearnerError where the model cannot be asked.
    """
    plain, hit = Sampling(), Sampling(penalty=penalty)
    wanted = {
        "greedy": [Wanted(replace(plain, temperature=0.0), 0, LENGTH)],
        "greedy_penalty": [Wanted(replace(hit, temperature=0.0), 0, LENGTH)],
        "drawn": [Wanted(plain, seed, LENGTH) for seed in range(1, count + 1)],
        "drawn_penalty": [Wanted(hit, seed, LENGTH) for seed in range(1, count + 1)],
    }
    found = iter(written(run, prompt, [one for each in wanted.values() for one in each]))
    return {name: Measured(tuple(next(found) for _one in each)) for name, each in wanted.items()}


def truth_greedy(spec: RunSpec) -> str | None:
    """Which way says more again, with the settings that the page begins with."""
    try:
        found = measured(spec.id, PROMPT.first, 0.0, CIRCLES_TEXTS.first)
    except LearnerError:
        return None
    apart = found["greedy"].repeated - found["drawn"].repeated
    return "alike" if abs(apart) < _ALIKE else "greedy" if apart > 0 else "drawn"


@fragment
def show_circles(spec: RunSpec) -> None:
    """Sliders, a row of numbers for each way, one text with what it says again, and a sentence."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        penalty = CIRCLES_PENALTY.slider(_("Penalty (nats)"), width=260)
        count = CIRCLES_TEXTS.slider(_("Drawn texts"), width=200)
    try:
        found = measured(spec.id, PROMPT.value, penalty, count)
    except LearnerError as error:
        st.warning(worded(error))
        return
    _show_numbers(spec, found, count)
    _show_text(spec, found)
    st.markdown(_sentence(found, penalty))


def _show_numbers(spec: RunSpec, found: Mapping[str, Measured], count: int) -> None:
    header = (
        _("way of writing"),
        _("repeated triples"),
        _("different triples of all"),
        _("pairs never read, per 100"),
        _("surprise, nats per token"),
    )
    lines = [f"| {' | '.join(header)} |", "|:--|--:|--:|--:|--:|"]
    for name, one in found.items():
        strange = "–" if one.strange is None else f"{one.strange:.1f}"
        cells = (f"{one.repeated:.0%}", f"{one.distinct:.0%}", strange, number(one.surprise))
        lines.append(f"| {_(CIRCLES[name])} | {' | '.join(cells)} |")
    st.markdown("\n".join(lines))
    show_caption(
        _(
            "After {prompt}, {length} tokens each; drawn ones: mean of seeds 1 to {count}, at "
            "temperature 1 from all tokens. A triple is three tokens in a row; it is repeated if it "
            "stood in the same text before. The surprise is that of the model itself, without the penalty."
        ).format(prompt=f"[{PROMPT.value}]", length=LENGTH, count=count),
        of_run(spec, own_text=is_own_text()),
    )


def _show_text(spec: RunSpec, found: Mapping[str, Measured]) -> None:
    name = CIRCLES_SHOWN.draw(
        st.segmented_control, _("Read a text"), words=lambda one: _(CIRCLES[one]), required=True
    )
    text = found[name].texts[0]
    again = said_again(_ids(text))
    marks = [
        Shaded(
            token.shown,
            1.0 if marked else 0.0,
            "↻" if marked else "",
            _("{token}: its triple stood in this text before").format(token=token.shown)
            if marked
            else token.shown,
            ends=token.shown == "⏎",
        )
        for token, marked in zip(text.tokens, again, strict=True)
    ]
    shaded_text(
        marks,
        key="gpt_circles",
        caption=_(
            "Marked with ↻: the third token of three that stood in this text before, in this order."
        ),
        source=of_run(spec, own_text=is_own_text()),
        table=(
            (_("token"), _("triple stood before")),
            [(one.shown, mark) for one, mark in zip(text.tokens, again, strict=True)],
        ),
    )


def _sentence(found: Mapping[str, Measured], penalty: float) -> str:
    told = _(
        "Of the triples of the greedy text **{greedy:.0%}** are repeated, of the drawn ones {drawn:.0%}."
    ).format(greedy=found["greedy"].repeated, drawn=found["drawn"].repeated)
    if not penalty:
        return told
    return f"{told} " + _(
        "A penalty of {penalty} nats makes the odds of every token that was written {times} times "
        "smaller, also those of {common}. With it the greedy text repeats {share:.0%}, and the "
        "model's surprise at what it writes goes from {before} to **{after}** nats per token."
    ).format(
        penalty=penalty,
        times=number(math.exp(penalty)),
        common=code(_most_written(found["greedy"].texts[0])),
        share=found["greedy_penalty"].repeated,
        before=number(found["greedy"].surprise),
        after=number(found["greedy_penalty"].surprise),
    )


def _most_written(text: WriteAnswer) -> str:
    shown = [token.shown for token in text.tokens]
    return max(dict.fromkeys(shown), key=shown.count)


def _ids(text: WriteAnswer) -> list[int]:
    return [token.id for token in text.tokens]


def _mean(numbers: Sequence[float]) -> float:
    return math.fsum(numbers) / len(numbers) if numbers else 0.0
