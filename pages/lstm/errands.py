"""Errands: a text on which only memory knows the last word, learned by an LSTM and by two RNNs."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from core.errors import LearnerError
from core.figures.lines import Edge, Line, level_line, lines, lines_table
from core.figures.theme import palette
from core.questions import Gates
from core.store.look import Look
from core.store.view import RunView
from core.text.errands import CHINESE, ENGLISH, MOST_SEEN, Market, errands, errands_zh, one_errand
from core.worked.recurrent.recall import SEEN as MEASURED
from core.worked.recurrent.recall import Recall, guesses, kept_by_unit, needed_at, recall
from lessons.experiments import Arm
from lessons.lstm.experiments import BIG_RNN_ARM, ERRANDS, ERRANDS_ZH, LSTM_ARM, RNN_ARM
from pages.lstm.reach import recurrence_of
from pages.lstm.state import SEEN
from pages.parts.frame.ask import ask
from pages.parts.frame.language import _, language, worded
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.training.experiment import Results, finished, show_experiment
from pages.parts.training.sources import of_experiment
from pages.parts.widgets.plot import plot

OPTIONS = {"lstm": LSTM_ARM, "rnn": RNN_ARM, "big_rnn": BIG_RNN_ARM}
"""The exercise's option for each arm."""
KNOWS = 0.9
"""A model that is right this often knows what the errand is for."""
HIGH = 0.95
"""A forget gate so high leaves half after 14 tokens."""
FAR = MEASURED.index(MOST_SEEN)
"""Where among the measured ways the longest of the text is."""
_SEED = 10_000
"""Errands that no run has read."""


def show_sample() -> None:
    """Three errands from the beginning of the text, a short one first."""
    tell = errands_zh if language() == "zh" else errands
    told = tell(12, _arms()[0].spec.corpus.seed).text.strip().split("\n\n")
    st.markdown("\n".join(f"> {one}\n>" for one in sorted(told, key=len)[-8::3]))


def show_errands_experiment(look: Look, bet: tuple[str, str]) -> None:
    """Three networks, and how often each is right at the decisive word."""
    show_experiment("lstm_errands", _arms(), look, sentence=_sentence, bet=bet, extra=_show_recall)


def errands_truth(look: Look) -> str | None:
    """Which network is right most often at the longest way: lstm, rnn or big_rnn; None before all
    have ended."""
    results = finished(_arms(), look)
    if results is None:
        return None
    at_end = {
        option: recall_of(results[name]).right[FAR] if results[name].is_done else 0.0
        for option, name in OPTIONS.items()
    }
    return max(at_end, key=lambda option: at_end[option])


def recall_of(run: RunView) -> Recall:
    """How often a finished run is right after each way; measured once."""
    return _recall(run.id, run.weights_written, run)


def _arms() -> tuple[Arm, ...]:
    """In the learner's language."""
    return ERRANDS_ZH if language() == "zh" else ERRANDS


def _market(run: RunView) -> Market:
    return CHINESE if run.spec.corpus.name == "errands_zh" else ENGLISH


def _sentence(results: Results) -> str:
    done = _done(results)
    if not done:
        return _("None of the three has come to its end.")
    measured = {name: recall_of(run) for name, run in done.items()}
    listed = _(", ").join(
        f"{_(name)} **{one.right[FAR]:.0%}**"
        for name, one in sorted(measured.items(), key=lambda item: -item[1].right[FAR])
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


def _show_recall(results: Results) -> None:
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
        key="lstm_recall",
        height=360,
        caption=_(
            "How often each network's first choice is the right thing, in errands that none has read. "
            "Right of the dashed line the ways are longer than any in the text."
        ),
        source=of_experiment(
            _arms(),
            [done.get(arm.name) for arm in _arms()],
            _("Errands that none of them has read, drawn with seed {seed}.").format(seed=_SEED),
        ),
        table=lambda: lines_table(drawn, x, y, _("network")),
    )
    for name, one in measured.items():
        st.markdown(_learned_sentence(_(name), one))
    _show_one(done)


def _learned_sentence(name: str, measured: Recall) -> str:
    within = measured.right[: FAR + 1]
    if min(within) >= KNOWS:
        return _(
            "**{name}**: at least {least:.0%} right at every distance in the text. It has learned to keep "
            "the thing and to let all others pass."
        ).format(name=name, least=min(within))
    if within[0] >= KNOWS:
        return _(
            "**{name}**: {most:.0%} right when the thing was said just before, down to {least:.0%} further "
            "on. It has learned short ways; on long ones the thing gets lost."
        ).format(name=name, least=min(within), most=within[0])
    return _(
        "**{name}**: between {least:.0%} and {most:.0%} right. What is needed does not survive the "
        "words that come after it."
    ).format(name=name, least=min(within), most=max(within))


@fragment
def _show_one(done: Mapping[str, RunView]) -> None:
    """One errand, as long as the learner likes, and what each network expects at its end."""
    seen = SEEN.slider(_("Things seen on the way"))
    market = _market(next(iter(done.values())))
    text, thing = one_errand(market, seen, _SEED - 1)
    wanted = thing.strip()
    st.markdown(f"> {text} …")
    for name, run in done.items():
        shares = guesses(recurrence_of(run), run.tokenizer, market, text)
        best = sorted(shares, key=lambda one: -shares[one])[:3]
        listed = " · ".join(
            f"**{one} {shares[one]:.0%}**" if one == wanted else f"{one} {shares[one]:.0%}"
            for one in best
        )
        st.markdown(f"{_(name)}: {listed}")
    st.caption(_("The three likeliest next words of each network; the right one is bold."))
    if LSTM_ARM in done:
        st.markdown(_keepers_sentence(done[LSTM_ARM], text))


def _keepers_sentence(run: RunView, text: str) -> str:
    """How many units of the LSTM hold on from the needed thing to the end of the text."""
    try:
        gates = ask(Gates(run.id, text)).gates
    except LearnerError as error:
        return worded(error)
    kept = kept_by_unit(gates.forget, needed_at(run.tokenizer, _market(run), text))
    return _(
        "Along this way **{count} of the {width} units** of the LSTM hold their forget gate above {high} on "
        "average (the geometric mean, since gates multiply); the one that holds on best, at {best:.3f}."
    ).format(count=int((kept > HIGH).sum()), width=len(kept), high=HIGH, best=kept.max())


def _done(results: Results) -> dict[str, RunView]:
    """Without those whose loss stopped being a number."""
    return {name: run for name, run in results.items() if run.is_done}


@st.cache_data(max_entries=16, show_spinner=False)
def _recall(run: str, stamp: int, _view: RunView) -> Recall:
    return recall(recurrence_of(_view), _view.tokenizer, _market(_view), _SEED)
