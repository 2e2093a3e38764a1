"""The causal mask on and off: a loss that falls because the answer lies open, and what it is worth."""

from __future__ import annotations

import streamlit as st

from core.errors import LearnerError
from core.models.decoding import Sampling
from core.questions import Generate, GenerateAnswer, LossByPosition
from core.store.look import Look
from lessons.attention.experiments import MASK
from pages.parts.frame.ask import ask
from pages.parts.frame.language import _, worded
from pages.parts.frame.quoted import show_quoted
from pages.parts.training.experiment import (
    Results,
    finished,
    nats,
    show_experiment,
)

PROMPT = "One day"
WRITTEN = 40
_WITH, _WITHOUT = (arm.name for arm in MASK)
_SAMPLING = Sampling(temperature=0.8)
_PASSAGE = 16
"""Tokens of the passages for the honest loss."""


def show_mask_experiment(look: Look, key: str = "attention_masked") -> None:
    """Both models, their losses and what they write; behind the bet ``mask_bet`` of the lesson."""
    show_experiment(
        key,
        MASK,
        look,
        sentence=_sentence,
        bet=("attention", "mask_bet"),
        extra=lambda results: _show_writing(key, results),
    )


def mask_truth(look: Look) -> str | None:
    """Which option of ``mask_bet`` came true: cheats, better or same; None before both have ended."""
    results = finished(MASK, look)
    if results is None:
        return None
    with_mask, without = results[_WITH].final_loss, results[_WITHOUT].final_loss
    if without > 0.9 * with_mask:
        return "same"
    try:
        return "cheats" if _honest(results, _WITHOUT) > _honest(results, _WITH) else "better"
    except LearnerError:
        return None


def _sentence(results: Results) -> str:
    with_mask, without = results[_WITH].final_loss, results[_WITHOUT].final_loss
    seen = _(
        "With the mask the loss ends at **{with_mask}** nats, without it at **{without}**: each position "
        "may look at the next one, and the next one is the answer."
    ).format(with_mask=nats(with_mask), without=nats(without))
    try:
        honest = {name: _honest(results, name) for name in (_WITH, _WITHOUT)}
    except LearnerError as error:
        return seen + " " + worded(error)
    return (
        seen
        + " "
        + _(
            "Given only the tokens *before* the one asked for, the first model has **{with_mask}** nats "
            "and the second **{without}**."
        ).format(with_mask=nats(honest[_WITH]), without=nats(honest[_WITHOUT]))
    )


def _honest(results: Results, name: str) -> float:
    """Mean loss in nats where the model is given nothing but the past."""
    return float(ask(LossByPosition(results[name].id, _PASSAGE)).losses.mean())


def _show_writing(key: str, results: Results) -> None:
    """The same beginning and the same chance for both."""
    for column, arm in zip(st.columns(2), MASK, strict=True):
        with column, st.container(border=True, height=230, key=f"{key}_{arm.spec.id}"):
            st.markdown(f"**{_(arm.name)}**")
            question = Generate(results[arm.name].id, PROMPT, WRITTEN, _SAMPLING, seed=1)
            try:
                answer = ask(question)
            except LearnerError as error:
                st.warning(worded(error))
                continue
            show_quoted(PROMPT + answer.text)
            st.caption(_different(answer))


def _different(answer: GenerateAnswer) -> str:
    different = len({token.id for token in answer.tokens})
    return _("{different} different tokens among the {count} it wrote").format(
        different=different, count=len(answer.tokens)
    )
