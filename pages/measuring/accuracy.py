"""How often the likeliest token came, and one of the five likeliest; and sums that measure nothing."""

from __future__ import annotations

import math

import streamlit as st

from core.errors import LearnerError
from core.figures.bars.paired_bars import paired_bars
from core.figures.theme import number
from core.questions.measuring import HeldOut, HeldOutAnswer
from lessons.measuring.counted import RANDOM_ORDER, RANDOM_TOKENS, RandomText, random_text
from pages.measuring.state import MODELS, WORDS
from pages.parts.exercises.box import after_bet
from pages.parts.frame.ask import ask
from pages.parts.frame.language import _, worded
from pages.parts.frame.services import shipped
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.training.sources import of_runs
from pages.parts.widgets.plot import plot
from pages.parts.widgets.shared.source import Source

SLUG = "measuring"
TOP = 5


@fragment
def show_accuracy() -> None:
    """Accuracy and top-5 of the three models that ship, on the same held-out stories."""
    try:
        found = {family: ask(HeldOut(shipped(family).id)) for family in MODELS}
    except LearnerError as error:
        st.warning(worded(error))
        return
    names = [_(MODELS[family]) for family in found]
    first, five = _("accuracy"), _("top-5 accuracy")
    shares = [_shares(one) for one in found.values()]
    plot(
        paired_bars(
            names,
            (five, [share for _one, share in shares]),
            (first, [share for share, _five in shares]),
            theme(),
            decimals=1,
            percent=True,
        ),
        key="measuring_accuracy",
        height=280,
        caption=_("How often the likeliest token came, and how often one of the five likeliest."),
        source=of_runs(
            [shipped(family) for family in found],
            _("On {count} held-out stories.").format(
                count=len(set(next(iter(found.values())).passages.tolist()))
            ),
        ),
        table=(
            (_("model"), first, five, _("loss in nats")),
            [
                (name, *share, _loss(one))
                for name, share, one in zip(names, shares, found.values(), strict=True)
            ],
        ),
    )
    gpt, ngram = found["gpt"], found["ngram"]
    st.markdown(
        _(
            "The GPT names the token that came in **{gpt:.0%}** of all places, the N-gram in "
            "**{ngram:.0%}**. Guessing "
            "blindly would be right in {blind:.2%}. Their losses are {gpt_loss} and {ngram_loss} nats."
        ).format(
            gpt=_shares(gpt)[0],
            ngram=_shares(ngram)[0],
            blind=1 / gpt.vocabulary,
            gpt_loss=number(_loss(gpt)),
            ngram_loss=number(_loss(ngram)),
        )
    )


def show_equal() -> None:
    """What comes out if probabilities are compared with labels as if they were answers."""
    after_bet(SLUG, "bet_equal", _equal)()


def _equal() -> None:
    try:
        found = ask(HeldOut(shipped("gpt").id))
    except LearnerError as error:
        st.warning(worded(error))
        return
    cells = len(found.ranks) * found.vocabulary
    st.markdown(
        _(
            "The GPT gave {cells:,} probabilities on these stories, one for each token at each place. "
            "Exactly equal to their "
            "label (1 for the token that came, 0 for all others) are **{equal:,}** of them: {share:.2%}. "
            "Its accuracy, "
            "with the likeliest token taken first, is **{accuracy:.1%}**."
        ).format(
            cells=cells,
            equal=int(found.matches.sum()),
            share=float(found.matches.sum()) / cells,
            accuracy=_shares(found)[0],
        )
    )


def show_random() -> None:
    after_bet(SLUG, "bet_random", _random)()


@fragment
def _random() -> None:
    """Random words, counted: what is right on the text that was seen, and on a new one."""
    words = WORDS.draw(st.segmented_control, _("Different words"), words=lambda count: f"{count:,}")
    with st.spinner(_("Counting random words …")):
        found = _random_text(words)
    names = [_("the text that it has counted"), _("a new text of the same kind")]
    loss, accuracy = _("loss in nats"), _("accuracy")
    losses = [found.seen_loss, found.new_loss]
    accuracies = [found.seen_accuracy, found.new_accuracy]
    figure = paired_bars(
        names,
        (_("ln V"), [found.guessing] * 2),
        (loss, losses),
        theme(),
    )
    plot(
        figure,
        key="measuring_random",
        height=230,
        caption=_("The loss on random words beside that of blind guessing, ln V."),
        source=Source(
            "counted",
            (
                _(
                    "{tokens:,} random words, each of {words:,} as likely as any other; order {order}, "
                    "Kneser–Ney."
                ).format(tokens=RANDOM_TOKENS, words=words, order=RANDOM_ORDER),
            ),
        ),
        table=(
            (_("text"), loss, accuracy),
            [
                (name, cost, share)
                for name, cost, share in zip(names, losses, accuracies, strict=True)
            ],
        ),
    )
    st.markdown(
        _(
            "Of the text that it has counted, it names **{seen:.1%}** of the words and has a loss of "
            "{seen_loss}. Of new "
            "random words it names **{new:.1%}**, where chance is {chance:.2%}, and its loss is "
            "{new_loss}: not below "
            "ln {words:,} = {guessing}."
        ).format(
            seen=found.seen_accuracy,
            seen_loss=number(found.seen_loss),
            new=found.new_accuracy,
            chance=1 / words,
            new_loss=number(found.new_loss),
            words=words,
            guessing=number(found.guessing),
        )
    )


def _shares(found: HeldOutAnswer) -> tuple[float, float]:
    """Accuracy and top-5 accuracy."""
    return float((found.ranks == 1).mean()), float((found.ranks <= TOP).mean())


def _loss(found: HeldOutAnswer) -> float:
    loss = 0.0 - float(found.log_probabilities.mean())
    return loss if math.isfinite(loss) else math.inf


@st.cache_data(max_entries=8, show_spinner=False)
def _random_text(words: int) -> RandomText:
    return random_text(words)
