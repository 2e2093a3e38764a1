"""Heads switched off: what the shipped GPT predicts worse, by kind of token and token by token."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st

from core.errors import LearnerError
from core.figures import heatmap
from core.figures.bars import token_losses
from core.figures.heatmap import annotated_heatmap, heatmap_table
from core.figures.theme import number
from core.questions import (
    Ablate,
    EveryHeadOff,
    EveryHeadOffAnswer,
    Without,
    WithoutAnswer,
)
from core.wording import N_
from pages.heads.state import OFF, OFF_TEXT, Head
from pages.parts.exercises.box import bet_placed
from pages.parts.frame.ask import ask
from pages.parts.frame.escaped import escaped
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _, worded
from pages.parts.frame.services import shipped
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.frame.unknown import name_unknown_to
from pages.parts.training.sources import of_run
from pages.parts.widgets.plot import Click, plot

MOST_TOKENS = 40
BET = "silenced"
_KINDS: dict[str, str] = {
    "verb": N_("verb form"),
    "pronoun": N_("pronoun"),
    "punctuation": N_("punctuation"),
    "word": N_("other words"),
}
_MOST_RIGHT, _ABOUT_HALF = 0.8, (0.3, 0.7)


def verdict_on_bet() -> str | None:
    """What becomes of the agreeing verbs without the head that looks at their subjects: the option."""
    try:
        best = looking_head(ask(EveryHeadOff(shipped("gpt").id)))
        after = ask(Without(shipped("gpt").id, (best,))).after
    except LearnerError:
        return None
    share = after.right / max(after.verbs, 1)
    if share >= _MOST_RIGHT:
        return "most"
    return "half" if _ABOUT_HALF[0] <= share <= _ABOUT_HALF[1] else "few"


def looking_head(found: EveryHeadOffAnswer) -> Head:
    """The head with most of its attention on the subject just before the verb."""
    layer, head = np.unravel_index(int(np.nanargmax(found.share)), found.share.shape)
    return int(layer), int(head)


@fragment
def show_off() -> None:
    """After the bet: every head's effect, a switch for each head, and the learner's own sentence."""
    if not bet_placed("heads", BET):
        with st.container(border=True, height=120):
            st.caption(_("What is lost without each head appears here, once your bet is placed."))
        return
    run = shipped("gpt").id
    try:
        every = ask(EveryHeadOff(run))
        heads = _switches(every)
        found = ask(Without(run, heads))
    except LearnerError as error:
        st.warning(worded(error))
        return
    left, right = st.columns([6, 6], gap="large")
    with left:
        _show_table(every, heads)
        st.markdown(_seen(heads, found, every))
    with right:
        _show_sentence(run, heads)


def name(head: Head) -> str:
    """A head as every picture calls it."""
    return f"L{head[0]}·H{head[1]}"


def _switches(every: EveryHeadOffAnswer) -> tuple[Head, ...]:
    """Buttons for all heads, several at once; which are off is part of the link."""
    heads = [(layer, head) for layer, row in enumerate(every.after) for head in range(len(row))]
    names = {name(head): head for head in heads}
    chosen = OFF.among(tuple(names), first=(name(looking_head(every)),)).draw(
        st.pills, _("Heads that are switched off (their numbers become zeros before W_O)")
    )
    return tuple(sorted(names[each] for each in chosen))


def _show_table(every: EveryHeadOffAnswer, off: Sequence[Head]) -> None:
    heads = [(layer, head) for layer, row in enumerate(every.after) for head in range(len(row))]
    kinds = [kind for kind in _KINDS if kind in every.before.losses]
    values = np.array(
        [
            [every.after[l][h].losses[kind] - every.before.losses[kind] for kind in kinds]
            for l, h in heads  # noqa: E741
        ]
    )
    rows = [name(head) + (" ✕" if head in off else "") for head in heads]
    columns = [_(_KINDS[kind]) for kind in kinds]
    labels = labels_of(
        {
            **heatmap.LABELS,
            "rows": N_("head switched off alone (row)"),
            "columns": N_("kind of token (column)"),
            "value": N_("loss added"),
            "row": N_("without"),
            "column": N_("kind"),
        }
    )

    def toggle(click: Click) -> None:
        clicked = heads[click.row]
        chosen = {*off} ^ {clicked}
        OFF.set(tuple(name(head) for head in heads if head in chosen))

    plot(
        annotated_heatmap(values, rows, columns, theme(), scale="diverging", labels=labels),
        key="heads_effects",
        height=400,
        on_click=toggle,
        caption=_(
            "Nats added to the mean loss of each kind when this head alone is off, over 80 stories the "
            "model never saw. Click a row to switch that head."
        ),
        source=of_run(shipped("gpt")),
        table=heatmap_table(values, rows, columns, labels=labels),
    )


def _seen(heads: Sequence[Head], found: WithoutAnswer, every: EveryHeadOffAnswer) -> str:
    """What the chosen heads cost, in one sentence; which kind suffers most in another."""
    after = found.after
    if not heads:
        return _(
            "With all heads on, **{right} of {verbs}** agreeing verbs are right. Switch some off."
        ).format(right=after.right, verbs=after.verbs)
    names = _(", ").join(name(head) for head in heads)
    worst = max(after.losses, key=lambda kind: after.losses[kind] - found.before.losses[kind])
    rise = after.losses[worst] - found.before.losses[worst]
    looks = _(", ").join(number(float(every.share[head])) for head in heads)
    return _(
        "Without {heads}, **{right} of {verbs}** agreeing verbs are still right; most is lost on "
        "“{kind}”: {rise} nats a token. Share of attention that these heads have on the subject, just "
        "before the verb: {looks}."
    ).format(
        heads=names,
        right=after.right,
        verbs=after.verbs,
        kind=_(_KINDS[worst]),
        rise=number(rise),
        looks=looks,
    )


def _show_sentence(run: str, heads: Sequence[Head]) -> None:
    """The learner's own sentence, token by token."""
    text = OFF_TEXT.box(_("Your sentence"))
    name_unknown_to(run, text)
    try:
        answer = ask(Ablate(run, text, frozenset(heads)))
    except LearnerError as error:
        st.warning(worded(error))
        return
    count = min(len(answer.tokens), MOST_TOKENS)
    tokens = answer.tokens[1:count]
    before, after = answer.before[: count - 1], answer.after[: count - 1]
    labels = labels_of(token_losses.LABELS)
    plot(
        token_losses.token_losses(tokens, before, after, theme(), labels=labels),
        key="heads_sentence_losses",
        height=70 + 24 * len(tokens),
        caption=_(
            "Bar: what each token costs now; tick: with all heads on. Dark: it costs more. The first "
            "token is not predicted."
        ),
        source=of_run(shipped("gpt"), own_text=text != OFF_TEXT.first),
        table=token_losses.token_loss_table(tokens, before, after, labels=labels),
    )
    worst = int(np.argmax(after - before))
    st.markdown(
        _("Here **{token}** loses most: {before} → {after} nats.").format(
            token=escaped(tokens[worst]),
            before=number(float(before[worst])),
            after=number(float(after[worst])),
        )
        if after[worst] - before[worst] >= 0.005
        else _("Here no token costs noticeably more than before.")
    )
