"""Market days: a text on which only who remembers, or looks back, knows the last word; for four models."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import streamlit as st

from core.errors import LearnerError
from core.figures.lines import Edge, Line, level_line, lines, lines_table
from core.figures.theme import palette
from core.questions.recall import SEED, RecallByGap, RecallGuesses
from core.questions.recurrent import Activity
from core.store.look import Look
from core.store.view import RunView
from core.text.made.market import MOST_SEEN, STALLS, market, market_zh
from core.worked.recurrent.recall import SEEN as MEASURED
from core.worked.recurrent.recall import Recall, kept_by_unit
from lessons.experiments import Arm
from lessons.lstm.experiments import GPT_ARM, LSTM_ARM, NGRAM_ARM, RECALL, RECALL_ZH, RNN_ARM
from pages.lstm.state import SEEN
from pages.parts.frame.ask import ask
from pages.parts.frame.language import _, in_a_row, language, worded
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.training.experiment import Results, finished, show_experiment
from pages.parts.training.sources import of_experiment
from pages.parts.widgets.plot import plot

KNOWS = 0.9
"""A model that is right this often knows what was needed."""
ENOUGH = 2 / 3
"""Whoever is right less often has not kept which thing it was."""
LEVEL = 0.2
"""A line that moves no more than this over the second half of the ways does not fall any further."""
HIGH = 0.95
"""A forget gate so high leaves half after 14 tokens."""
FAR = MEASURED.index(MOST_SEEN)
"""Where among the measured ways the longest of the text is."""


def show_sample() -> None:
    """Three days from the beginning of the text, a short one first."""
    tell = market_zh if language() == "zh" else market
    told = tell(12, _arms()[0].spec.corpus.seed).text.strip().split("\n\n")
    st.markdown("\n".join(f"> {one}\n>" for one in sorted(told, key=len)[3::4]))


def show_recall_experiment(look: Look, bet: tuple[str, str]) -> None:
    """Four models, and how often each is right at the decisive word."""
    show_experiment("lstm_errands", _arms(), look, sentence=_sentence, bet=bet, extra=_show_recall)


def recall_truth(look: Look) -> str | None:
    """Who is right less than two thirds of the time at the longest way: the ngram alone, the rnn too, the
    lstm too or all; None before all have ended."""
    results = finished(_arms(), look)
    if results is None:
        return None
    right = {
        name: recall_of(run).right[FAR] if run.is_done else 0.0 for name, run in results.items()
    }
    if right[GPT_ARM] < ENOUGH:
        return "all"
    if right[LSTM_ARM] < ENOUGH:
        return "lstm"
    return "rnn" if right[RNN_ARM] < ENOUGH else "ngram"


def recall_of(run: RunView) -> Recall:
    """How often a finished run is right after each way; measured once."""
    return _recall(run.id, run.weights_written)


def _arms() -> tuple[Arm, ...]:
    """In the learner's language."""
    return RECALL_ZH if language() == "zh" else RECALL


def _sentence(results: Results) -> str:
    done = _done(results)
    if not done:
        return _("None of them has come to its end.")
    measured = {name: recall_of(run) for name, run in done.items()}
    listed = " · ".join(
        _("{name}: {share}").format(name=_(name), share=f"**{one.right[FAR]:.0%}**")
        for name, one in measured.items()
    )
    first = next(iter(measured.values()))
    return _(
        "Right at the last word, {distance} tokens after it was said: {listed}. Guessing among the "
        "{count} things is right {chance:.1%} of the time."
    ).format(
        distance=first.distances[FAR],
        listed=listed,
        count=round(1 / first.chance),
        chance=first.chance,
    )


def show_by_gap(key: str, arms: Sequence[Arm], results: Results) -> None:
    """How often each finished run of ``arms`` is right, over how long ago the thing was said."""
    done = _done(results)
    if not done:
        return
    measured = {name: recall_of(run) for name, run in done.items()}
    first = next(iter(measured.values()))
    x, y = _("tokens since the thing was said"), _("right at the last word (share)")
    drawn = [Line(_(name), one.distances, one.right) for name, one in measured.items()]
    figure = lines(drawn, theme(), x, y, edge=Edge(first.distances[FAR], _("longest in the text")))
    figure.update_yaxes(range=[0, 1.08])
    level_line(
        figure,
        first.chance,
        _("guessing: {share:.3f}").format(share=first.chance),
        palette(theme()),
    )
    plot(
        figure,
        key=key,
        height=360,
        caption=_(
            "How often each one's first choice is the right thing, on days drawn anew. Right of the dashed "
            "line the ways are longer than any in the text."
        ),
        source=of_experiment(
            arms,
            [done.get(arm.name) for arm in arms],
            _(
                "Market days drawn with seed {seed}. Short ones stand in the text as well, since there are "
                "few of them; of those with three and more things none does."
            ).format(seed=SEED),
        ),
        table=lambda: lines_table(drawn, x, y, _("model")),
    )


def _show_recall(results: Results) -> None:
    done = _done(results)
    if not done:
        return
    show_by_gap("lstm_recall", _arms(), results)
    told = [f"- {_learned_sentence(name, run)}" for name, run in done.items()]
    st.markdown("\n".join(told))
    _show_one(done)


def _learned_sentence(name: str, run: RunView) -> str:
    measured = recall_of(run)
    within, beyond = measured.right[: FAR + 1], measured.right[FAR + 1 :]
    reads, later = run.spec.model.longest_window(), within[len(within) // 2 :]
    if min(within) >= KNOWS:
        said = _("**{name}**: right at every distance in the text, {least:.0%} at least.")
        if name == GPT_ARM and beyond and min(beyond) < KNOWS:
            said = in_a_row((said, _seen_too_late(measured, reads)))
    elif within[0] >= KNOWS and max(later) - min(later) <= LEVEL:
        said = _(
            "**{name}**: {most:.0%} right when the thing was said just before. From {after} tokens on "
            "between {low:.0%} and {high:.0%}: which thing it was is lost soon, and not slowly."
        )
    elif within[0] >= KNOWS:
        said = _(
            "**{name}**: {most:.0%} right when the thing was said just before, down to {least:.0%} further "
            "on: on long ways the thing gets lost."
        )
    elif name == NGRAM_ARM:
        said = _("**{name}**: {most:.0%} right at most. The thing always lies outside its window.")
    else:
        said = _(
            "**{name}**: between {least:.0%} and {most:.0%} right. What is needed does not survive the words "
            "that come after it."
        )
    return said.format(
        name=_(name),
        least=min(within),
        most=max(within),
        reads=reads,
        after=measured.distances[len(within) // 2],
        low=min(later),
        high=max(later),
    )


def _seen_too_late(measured: Recall, reads: int) -> str:
    """Why a GPT fails on ways longer than it has trained on: before they leave its window, or only then."""
    ways = zip(measured.distances, measured.right, strict=True)
    if any(right < KNOWS and distance <= reads for distance, right in ways):
        return _(
            "On ways longer than any that it trained on it fails, though it still sees the thing; from "
            "{reads} tokens on it cannot see it."
        )
    return _("What stands before the {reads} tokens that it reads at once, it cannot see.")


@fragment
def _show_one(done: Mapping[str, RunView]) -> None:
    """One day, as long as the learner likes, and what each model expects at its end."""
    seen = SEEN.slider(_("Things seen on the way"))
    try:
        found = {name: ask(RecallGuesses(run.id, seen)) for name, run in done.items()}
    except LearnerError as error:
        st.warning(worded(error))
        return
    first = next(iter(found.values()))
    told = [f"> {first.text} …", ""]
    for name, answer in found.items():
        listed = " · ".join(
            f"**{one} {share:.0%}**" if one == first.thing else f"{one} {share:.0%}"
            for one, share in list(zip(answer.things, answer.shares, strict=True))[:3]
        )
        told.append(f"- {_(name)}: {listed}")
    st.markdown("\n".join(told))
    st.caption(_("The three likeliest things for each; the right one is bold."))
    if LSTM_ARM in done:
        st.markdown(_keepers_sentence(done[LSTM_ARM], first.text))


def _keepers_sentence(run: RunView, text: str) -> str:
    """How many units of the LSTM hold on from the needed thing to the end of the text."""
    try:
        answer = ask(Activity(run.id, text))
    except LearnerError as error:
        return worded(error)
    things = STALLS[run.spec.corpus.name].things
    place = next(place for place, token in enumerate(answer.tokens) if token.strip("␣ _") in things)
    kept = kept_by_unit(answer.layer.rows["forget"].astype(np.float32), place)
    return _(
        "Along this way **{count} of the {width} units** of the LSTM hold their forget gate above {high} on "
        "average (the geometric mean, since gates multiply); the one that holds on best, at {best:.3f}."
    ).format(count=int((kept > HIGH).sum()), width=len(kept), high=HIGH, best=kept.max())


def _done(results: Results) -> dict[str, RunView]:
    """Without those whose loss stopped being a number."""
    return {name: run for name, run in results.items() if run.is_done}


@st.cache_data(max_entries=16, show_spinner=False)
def _recall(run: str, stamp: int) -> Recall:
    return ask(RecallByGap(run))
