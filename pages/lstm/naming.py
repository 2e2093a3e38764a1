"""Which unit of a trained network keeps track of something: its probe's scores, and the unit over a text."""

from __future__ import annotations

import math

import numpy as np
import streamlit as st

from core.errors import LearnerError
from core.questions.probing import FindUnit, FindUnitAnswer, ProbeScores, StateName
from core.spec.run import RunSpec
from core.store.look import Look
from core.store.view import RunView
from core.wording import N_
from core.worked.probing.tracked import IS_A_NUMBER, Tracked
from lessons.lstm.experiments import PROBED, PROBED_ZH
from pages.lstm.pictures import ScoreBar, score_bars
from pages.lstm.runs import width_of
from pages.lstm.state import PROBE_TEXT, STATES, TRACKED, TRACKED_STATE, WHAT
from pages.parts.frame.ask import ask
from pages.parts.frame.language import _, in_a_row, language, worded
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.frame.unknown import name_unknown_to
from pages.parts.training.sources import of_run
from pages.parts.widgets.plot import plot
from pages.parts.widgets.shaded_text import Shaded, shaded_text

SEEN: dict[Tracked, str] = {
    "quotes": N_("inside quotation marks"),
    "brackets": N_("brackets deep"),
    "line": N_("tokens into the line"),
    "number": N_("the subject is many"),
}
"""What is true of a token, in words."""


def show_find_unit(look: Look) -> None:
    """What is to be found, how well it can be read off, and the unit over a text."""
    run = look.finished(_spec())
    if run is None:
        st.info(_("The network that this asks is missing. Make it with: make starters."))
        return
    _show(run)


def _spec() -> RunSpec:
    return PROBED_ZH if language() == "zh" else PROBED


@fragment
def _show(run: RunView) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        what = WHAT.draw(
            st.segmented_control,
            _("A unit that tracks"),
            words=lambda one: _(TRACKED[one]),
            required=True,
        )
        state = TRACKED_STATE.draw(
            st.segmented_control, _("Read off"), words=lambda one: _(STATES[one]), required=True
        )
    text = PROBE_TEXT.box(
        _("A text of your own, or none: then it is one that the network never saw")
    )
    if text.strip():
        name_unknown_to(run.id, text)
    try:
        answer = (
            ask(FindUnit(run.id, what, state, text=text))
            if text.strip()
            else _found(run.id, run.weights_written, what, state)
        )
    except LearnerError as error:
        st.warning(worded(error))
        return
    _show_scores(run, what, answer)
    st.markdown(_scores_sentence(what, answer.scores, answer.unit))
    _show_unit(run, what, answer, own=bool(text.strip()))


def _show_scores(run: RunView, what: Tracked, answer: FindUnitAnswer) -> None:
    scores = answer.scores
    bars = [
        ScoreBar(name, one.value, one.low, one.high)
        for name, one in (
            (_("all {count} units").format(count=width_of(run)), scores.all_units),
            (_("unit {unit} alone").format(unit=answer.unit), scores.one_unit),
            (_("the token alone"), scores.token),
            (_("untrained network"), scores.untrained),
        )
    ]
    x = _("explained share") if what in IS_A_NUMBER else _("share right")
    plot(
        score_bars(bars, theme(), x, scores.chance),
        key="lstm_probe_scores",
        height=250,
        caption=_(
            "How well “{what}” can be read off, on {passages} passages that no probe learned from. Dashed: "
            "guessing. The thin lines hold the score of 95 of 100 other draws of passages."
        ).format(what=_(TRACKED[what]), passages=answer.scored[0]),
        source=of_run(
            run.spec,
            _("Probes learned on {passages} passages, {tokens} tokens.").format(
                passages=answer.fitted[0], tokens=f"{answer.fitted[1]:,}"
            ),
        ),
        table=(
            (_("read off"), x, _("lowest"), _("highest")),
            [(bar.name, bar.value, bar.low, bar.high) for bar in bars],
        ),
    )


def _scores_sentence(what: Tracked, scores: ProbeScores, unit: int) -> str:
    best, floor = scores.one_unit, max(scores.token.high, scores.untrained.high, scores.chance)
    said = _(
        "Unit {unit} alone gets **{one:.2f}** ({low:.2f} to {high:.2f}), all together {all:.2f}."
    ).format(unit=unit, one=best.value, low=best.low, high=best.high, all=scores.all_units.value)
    if best.value > scores.all_units.value:
        said = in_a_row(
            (
                said,
                _("All together can do worse than one: more weights fit more of what is chance."),
            )
        )
    if best.low > floor:
        return f"{said} " + _(
            "That is clearly more than the token alone or the untrained network give away: training has made "
            "a unit of it, or of something that goes along with it in these texts."
        )
    if scores.all_units.low > floor:
        return f"{said} " + _(
            "No single unit holds it clearly better than the token alone or the untrained network; "
            "all together do: it is spread over many units."
        )
    return f"{said} " + _(
        "The token alone or the untrained network say it about as well: there is no proof that training has "
        "made anything of it."
    )


def _show_unit(run: RunView, what: Tracked, answer: FindUnitAnswer, own: bool) -> None:
    values = np.asarray(answer.values, dtype=np.float64)
    low, high = float(values.min(initial=0.0)), float(values.max(initial=0.0))
    width = (high - low) or 1.0
    shaded = []
    for place, token in enumerate(answer.tokens):
        value, truth = float(values[place]), float(answer.truth[place])
        shaded.append(
            Shaded(
                token,
                (value - low) / width,
                f"{value:.1f}".replace("-", "−"),
                _("{token}: unit {unit} is at {value:.2f}; {truth}").format(
                    token=token, unit=answer.unit, value=value, truth=_truth_words(what, truth)
                ),
                framed=not math.isnan(truth) and truth > 0 and what not in IS_A_NUMBER,
                ends="⏎" in token,
            )
        )
    shaded_text(
        shaded,
        key="lstm_probe_unit",
        caption=_(
            "The more colour, the higher unit {unit} after this token (its number below). Underlined: there "
            "it is true; of the signs themselves nothing is asked."
        ).format(unit=answer.unit)
        if what not in IS_A_NUMBER and not np.isnan(answer.truth).all()
        else _(
            "The more colour, the higher unit {unit} after this token (its number below)."
        ).format(unit=answer.unit),
        source=of_run(run.spec, own_text=own),
        table=(
            (
                _("token"),
                _("true"),
                _("read off all units"),
                _("unit {unit}").format(unit=answer.unit),
            ),
            [
                (token, _shown(truth), float(reads), float(value))
                for token, truth, reads, value in zip(
                    answer.tokens, answer.truth.tolist(), answer.reads, answer.values, strict=True
                )
            ],
        ),
    )


def _truth_words(what: Tracked, truth: float) -> str:
    if math.isnan(truth):
        return _("nothing is asked here")
    if what in ("brackets", "line"):
        return f"{truth:.0f} {_(SEEN[what])}"
    return _(SEEN[what]) if truth else _("not {what}").format(what=_(SEEN[what]))


def _shown(truth: float) -> object:
    return "" if math.isnan(truth) else int(truth)


@st.cache_data(max_entries=32, show_spinner=False)
def _found(run: str, stamp: int, what: Tracked, state: StateName) -> FindUnitAnswer:
    """On a passage that ships: the same for every learner, so asked once."""
    return ask(FindUnit(run, what, state))
