"""What makes losses comparable where tokens differ: what a character costs, and how much is unknown."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from core.figures.theme import number
from core.store.snapshot import Snapshot
from core.store.view import RunView
from core.wording import N_
from pages.parts.frame.language import _, in_a_row


def per_character(snapshot: Snapshot | None) -> float | None:
    """A snapshot's validation loss in nats per character, with unknown words spelled by guessing their
    letters; None where it is not known."""
    if snapshot is None or snapshot.validation_loss is None or snapshot.predicted is None:
        return None
    return snapshot.predicted.nats_per_character(snapshot.validation_loss)


_OTHERWISE = {"word_vectors": N_("{loss} nats per pair")}
"""Of families that predict no tokens, what their loss is of."""


def loss_words(snapshot: Snapshot | None, family: str = "") -> str:
    """A step's validation loss as people read it, per token and per character, or as ``family`` counts it."""
    loss = snapshot.validation_loss if snapshot is not None else None
    if loss is None:
        return "–"
    if family in _OTHERWISE:
        return _(_OTHERWISE[family]).format(loss=number(loss))
    character = per_character(snapshot)
    if character is None:
        return number(loss)
    return _("{loss} per token, {character} per character").format(
        loss=number(loss), character=number(character)
    )


def show_unknown(run: RunView | None) -> None:
    """One line under the losses of a run: how many tokens of the new text are unknown, and by which number
    it compares with models of other tokens. Nothing before there is a loss."""
    predicted = run.full[-1].predicted if run is not None and run.full else None
    if run is None or predicted is None:
        return
    said = []
    if not run.spec.model.descends:  # no scrubber says it
        said.append(_("Validation loss: {loss}.").format(loss=loss_words(run.full[-1])))
    said.append(
        _(
            "Unknown tokens in the new text: {share:.1%}; the vocabulary has {size:,} entries."
        ).format(share=predicted.share, size=run.tokenizer.vocabulary_size)
    )
    if predicted.unknown:
        said.append(_("Per character, unknown words count as spelled by guessing their letters."))
    said.append(
        _(
            "Compare models with other tokens by the loss per character: a vocabulary that knows fewer "
            "words, or shorter pieces, makes an easier loss per token."
        )
    )
    st.caption(in_a_row(said))


def show_per_character(runs: Mapping[str, RunView]) -> None:
    """One line under the losses of several runs, by their names: what each costs a character, and how much
    of the new text is unknown. Nothing where no model predicts tokens."""
    last = {
        name: run.full[-1]
        for name, run in runs.items()
        if run.is_done and run.full and run.spec.model.language_model
    }
    costs = {name: cost for name, one in last.items() if (cost := per_character(one)) is not None}
    if not costs:
        return
    shares = [one.predicted.share for one in last.values() if one.predicted is not None]
    listed = _(", ").join(f"{name} {number(cost)}" for name, cost in costs.items())
    st.caption(
        _("In nats per character: {listed}. Unknown tokens in the new text: {share:.1%}.").format(
            listed=listed, share=max(shares)
        )
    )
