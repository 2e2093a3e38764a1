"""One step of training in numbers: the slope, and what it makes of a word's vector and of the answers."""

from __future__ import annotations

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.errors import LearnerError
from core.figures.theme import thousandths
from core.store.view import RunView
from core.worked.vectors.pairs import PairLoss, pair_loss
from pages.embeddings.company import drawn_words, weights
from pages.embeddings.state import RATE
from pages.embeddings.tables import table_of
from pages.parts.frame.escaped import code, escaped
from pages.parts.frame.language import _, in_a_row
from pages.parts.frame.state import fragment

SHOWN = 5
_PAIR = {"en": ("dog", "the"), "zh": ("小狗", "只")}
_DRAWN = 3
_SEED = {"en": 2, "zh": 34}
"""Of the drawn words: such that each answer of the run that ships moves towards its truth."""
_AGAINST = 0.01
"""An answer that moves so far away from its truth is worth a sentence."""


@fragment
def show_step(run: RunView | None) -> None:
    """A learning rate to choose, v before and after, and what each of the answers becomes."""
    table = table_of(run)
    if run is None or table is None:
        st.info(_("Train the vectors above: then one more step of theirs is reckoned here."))
        return
    tongue = "zh" if run.spec.corpus.name == "tales_zh" else "en"
    words: tuple[str, ...] = _PAIR[tongue]
    if not all(table.knows(word) for word in words):
        words = tuple(table.examples(2))
    try:
        centre, context = (table.row(word) for word in words)
    except (LearnerError, ValueError):
        st.info(_("The text has too few words for this."))
        return
    rate = RATE.slider(_("Learning rate η"))
    given, guessed = weights(run)
    others = [context, *drawn_words(run, centre, context, seed=_SEED[tongue], count=_DRAWN)]
    v, u = given[centre], guessed[others]
    before = pair_loss(v, u[0], u[1:])
    after_v = v - rate * before.of_centre
    after = pair_loss(after_v, u[0], u[1:])
    names = [table.words[row] for row in others]
    st.markdown(
        _("A true pair, {word} → {other}, and {count} drawn words.").format(
            word=code(table.words[centre]), other=code(names[0]), count=len(names) - 1
        )
    )
    _show_vector(v, before.of_centre, after_v, rate)
    header = (_("word"), _("the truth"), _("said before"), _("said after"))
    lines = [f"| {' | '.join(header)} |", "|:--|--:|--:|--:|"]
    for place, name in enumerate(names):
        lines.append(
            f"| {escaped(name)} | {int(place == 0)} | {thousandths(before.probabilities[place])} | "
            f"{thousandths(after.probabilities[place])} |"
        )
    st.markdown("\n".join(lines))
    told = _("The loss of this pair goes from **{before:.3f}** to **{after:.3f}** nats.").format(
        before=before.total, after=after.total
    )
    if after.total > before.total:
        told = in_a_row((told, _("The step was so long that it went past the lowest point.")))
    elif _against(before, after) > _AGAINST:
        told = in_a_row(
            (
                told,
                _(
                    "All answers share one v: what pulls hard carries another a little the wrong way."
                ),
            )
        )
    st.markdown(told)


def _against(before: PairLoss, after: PairLoss) -> float:
    """The farthest that one of the answers has moved away from its truth."""
    moved = after.probabilities - before.probabilities
    return float(max(-moved[0], moved[1:].max(initial=0.0)))


def _show_vector(
    v: NDArray[np.float64], slope: NDArray[np.float64], after: NDArray[np.float64], rate: float
) -> None:
    shown = min(SHOWN, len(v))
    lines = [
        f"| | {' | '.join(str(place + 1) for place in range(shown))} | |",
        f"|:--|{'--:|' * shown}:--|",
    ]
    for name, values in (
        ("$v$", v),
        (r"$\partial L / \partial v$", slope),
        (rf"$v - {rate:g} \cdot \partial L / \partial v$", after),
    ):
        lines.append(f"| {name} | {' | '.join(_three(x) for x in values[:shown])} | … |")
    st.markdown("\n".join(lines))


def _three(value: float) -> str:
    return f"{value:.3f}".replace("-", "−")
