"""Reviews judged: classifiers side by side, a review of one's own token by token, and what they confuse."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import streamlit as st

from core.errors import LearnerError
from core.figures.heatmap import annotated_heatmap, heatmap_table
from core.models.metrics import confusion, precision_recall_f1
from core.questions.classifier import HeldOutLabels, HeldOutLabelsAnswer, Judge, JudgeAnswer
from core.spec.families.classifier import READERS, ClassifierSpec, Reader
from core.store.look import Look
from core.store.view import RunView
from lessons.experiments import Arm
from lessons.lstm.experiments import REVIEWS, REVIEWS_ZH
from pages.lstm.state import COUNTED, JUDGE, REVIEW, REVIEW_ZH
from pages.parts.frame.ask import ask
from pages.parts.frame.escaped import escaped
from pages.parts.frame.language import _, language, worded
from pages.parts.frame.state import Choice, fragment
from pages.parts.frame.theme import theme
from pages.parts.frame.unknown import name_unknown_to
from pages.parts.training.experiment import Results, finished, show_experiment
from pages.parts.training.sources import of_run
from pages.parts.widgets.plot import plot
from pages.parts.widgets.shaded_text import Shaded, shaded_text

_CLEARLY = 0.02
"""Shares that differ by less are as good as equal."""


def show_reviews(look: Look, bet: tuple[str, str]) -> None:
    """The classifiers in training, and how often each is right."""
    show_experiment("lstm_reviews", _arms(), look, sentence=_sentence, bet=bet)


def reviews_truth(look: Look) -> str | None:
    """Which is right more often on reviews that none has seen: lstm, bag or equal; None before all have
    ended."""
    judges = _judges(look)
    if not judges or not {"lstm", "bag"} <= judges.keys():
        return None
    lstm, bag = (_right(judges[reader]) for reader in ("lstm", "bag"))
    if abs(lstm - bag) < _CLEARLY:
        return "equal"
    return "lstm" if lstm > bag else "bag"


def show_own_review(look: Look) -> None:
    """A review to type, and what each classifier would say after each of its tokens."""
    judges = _judges(look)
    if judges:
        _show_own(judges)
    else:
        st.caption(_("Train them above: then you can have a review of your own judged here."))


def show_confusion(look: Look) -> None:
    """What the chosen classifier takes for what, and how good it is at each kind of review."""
    judges = _judges(look)
    if judges:
        _show_confusion(judges)
    else:
        st.caption(_("Train them above: then it is counted here what they take for what."))


def _arms() -> tuple[Arm, ...]:
    return REVIEWS_ZH if language() == "zh" else REVIEWS


def _judges(look: Look) -> dict[Reader, RunView]:
    """The finished runs by what reads; none before all have ended."""
    results = finished(_arms(), look)
    if results is None:
        return {}
    return {_reader(run): run for run in results.values() if run.is_done}


def _reader(run: RunView) -> Reader:
    assert isinstance(run.spec.model, ClassifierSpec)
    return run.spec.model.reader


def _sentence(results: Results) -> str:
    listed = _(", ").join(
        f"{_(name)} **{_right(run):.1%}**" for name, run in results.items() if run.is_done
    )
    return _("Right on held-out reviews: {listed}. Guessing is right half of the time.").format(
        listed=listed
    )


def _right(run: RunView) -> float:
    answer = _held_out(run.id, run.weights_written)
    return float((answer.answers == answer.truth).mean())


@fragment
def _show_own(judges: Mapping[Reader, RunView]) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        reader = _choose(judges, JUDGE)
        box = REVIEW_ZH if language() == "zh" else REVIEW
        text = box.box(_("Your review"), width=460)
    run = judges[reader]
    name_unknown_to(run.id, text)
    try:
        said = {one: ask(Judge(judge.id, text)) for one, judge in judges.items()}
    except LearnerError as error:
        st.warning(worded(error))
        return
    answer = said[reader]
    good = answer.labels.index("positive")
    shares = answer.probabilities[:, good]
    shaded_text(
        [
            Shaded(
                token,
                float(share),
                f"{share:.0%}",
                _("{token}: up to here praise with {share:.0%}").format(token=token, share=share),
            )
            for token, share in zip(answer.tokens, shares, strict=True)
        ],
        key="lstm_review_text",
        caption=_(
            "{judge}: how likely praise is, if the review ended after this token. The more colour, the "
            "likelier."
        ).format(judge=_(READERS[reader])),
        source=of_run(run.spec, own_text=text != box.first),
        table=(
            (_("token"), _("praise"), _("moved by")),
            list(
                zip(
                    answer.tokens,
                    shares.tolist(),
                    answer.moves[:, good].tolist(),
                    strict=True,
                )
            ),
        ),
    )
    st.markdown(_own_sentence(answer, good))
    verdicts = _(", ").join(
        f"{_(READERS[one])} **{_label(each.probabilities[-1, good])}** ({each.probabilities[-1].max():.0%})"
        for one, each in said.items()
    )
    st.markdown(_("In the end: {verdicts}.").format(verdicts=verdicts))


def _own_sentence(answer: JudgeAnswer, good: int) -> str:
    """The token after which the answer has changed most."""
    shares = answer.probabilities[:, good]
    moves = np.diff(shares, prepend=answer.beginning[good])
    most = int(np.abs(moves).argmax())
    said = (
        _("**{token}** moves the answer most, from {before:.0%} to {after:.0%}, towards praise.")
        if moves[most] > 0
        else _(
            "**{token}** moves the answer most, from {before:.0%} to {after:.0%}, towards complaint."
        )
    )
    return said.format(
        token=escaped(answer.tokens[most]),
        before=shares[most] - moves[most],
        after=shares[most],
    )


def _label(share: float) -> str:
    return _("praise") if share >= 0.5 else _("complaint")


@fragment
def _show_confusion(judges: Mapping[Reader, RunView]) -> None:
    reader = _choose(judges, COUNTED)
    run = judges[reader]
    try:
        answer = _held_out(run.id, run.weights_written)
    except LearnerError as error:
        st.warning(worded(error))
        return
    names = [_label(0.0) if label == "negative" else _label(1.0) for label in answer.labels]
    counts = confusion(answer.answers, answer.truth, len(names)).astype(float)
    plot(
        annotated_heatmap(
            counts,
            names,
            names,
            theme(),
            scale="count",
            labels={
                "rows": _("it is (row)"),
                "columns": _("called (column)"),
                "row": _("it is"),
                "column": _("called"),
                "value": _("reviews"),
            },
        ),
        key="lstm_confusion",
        height=240,
        caption=_("{judge}: how many of {count} held-out reviews were called what.").format(
            judge=_(READERS[reader]), count=len(answer.truth)
        ),
        source=of_run(run.spec),
        table=heatmap_table(counts, names, names),
    )
    st.markdown(_scores_sentence(answer))
    st.markdown(_kinds_table(judges))


def _scores_sentence(answer: HeldOutLabelsAnswer) -> str:
    scores = precision_recall_f1(answer.answers, answer.truth, len(answer.labels))
    good = answer.labels.index("positive")
    return _(
        "Accuracy **{accuracy:.2f}**. Of praise: precision **{precision:.2f}**, recall **{recall:.2f}**, F1 "
        "**{f1:.2f}**."
    ).format(
        accuracy=float((answer.answers == answer.truth).mean()),
        precision=scores.precision[good],
        recall=scores.recall[good],
        f1=scores.f1[good],
    )


def _kinds_table(judges: Mapping[Reader, RunView]) -> str:
    """How often each classifier is right, by how the review was made."""
    answers = {reader: _held_out(run.id, run.weights_written) for reader, run in judges.items()}
    kinds = list(dict.fromkeys(next(iter(answers.values())).kinds))
    lines = [
        "| " + " | ".join((_("right"), *(_(kind) for kind in kinds))) + " |",
        "|:--" + "|--:" * len(kinds) + "|",
    ]
    for reader, answer in answers.items():
        right = answer.answers == answer.truth
        shares = [right[np.array(answer.kinds) == kind].mean() for kind in kinds]
        lines.append(
            "| " + " | ".join((_(READERS[reader]), *(f"{share:.0%}" for share in shares))) + " |"
        )
    return "\n".join(lines)


def _choose(judges: Mapping[Reader, RunView], choice: Choice[Reader]) -> Reader:
    first = choice.first if choice.first in judges else next(iter(judges))
    return choice.among(tuple(judges), first=first).draw(
        st.segmented_control, _("Who judges"), words=lambda one: _(READERS[one]), required=True
    )


@st.cache_data(max_entries=16, show_spinner=False)
def _held_out(run: str, stamp: int) -> HeldOutLabelsAnswer:
    return ask(HeldOutLabels(run))
