"""A bigram as a table of logits: trained here and now, beside the counts that it comes to."""

from __future__ import annotations

import math

import numpy as np
import streamlit as st

from core.errors import LearnerError
from core.figures.bars.paired_bars import paired_bars
from core.figures.figure import scatter
from core.figures.lines import Line, level_line, lines, lines_table, upright_line
from core.figures.theme import palette
from core.spec.text import CorpusSpec
from core.text.corpora import load_corpus
from core.text.pieces import visible
from core.worked.arithmetic import arithmetic_line
from core.worked.learning.softmax import softmax
from core.worked.learning.table import OTHER, BigramCounts, Descent, count_characters, descend
from pages.learning.state import (
    OWN,
    ROW,
    TABLE_RATE,
    TABLE_RATES,
    TABLE_STEP,
    TABLE_STEPS,
    TEXT,
)
from pages.parts.exercises.box import after_bet
from pages.parts.frame.language import _, in_a_row, language, worded
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.widgets.arithmetic import show_lines
from pages.parts.widgets.plot import plot
from pages.parts.widgets.shared.source import Source

SLUG, BET = "learning", "bet_where"
STORIES = {"tales": 40, "tales_zh": 10}
"""A Chinese story has many more different characters."""
_SHOWN = 8
"""Next characters in the picture of a row."""
_LAST = TABLE_STEPS[-1]


def show_table() -> None:
    after_bet(SLUG, BET, _table)()


@fragment
def _table() -> None:
    """The text, the learning rate and how many steps were taken; the loss on its way down, and one row."""
    counts = _chosen_text()
    if counts is None:
        return
    left, right = st.columns(2)
    with left:
        rate = TABLE_RATE.draw(st.segmented_control, _("Learning rate η"))
    with right:
        step = TABLE_STEP.draw(st.select_slider, _("Steps taken"))
    descent = _descent(counts, rate)
    _show_losses(counts, descent, step)
    _show_row(counts, descent, step)


def tales_counts() -> BigramCounts:
    """The pairs of the stories in the learner's language."""
    return tales_counts_in(language())


def tales_counts_in(spoken: str) -> BigramCounts:
    """The pairs of the stories in this language, ``en`` or ``zh``."""
    return _counts("tales_zh" if spoken == "zh" else "tales")


def _chosen_text() -> BigramCounts | None:
    """The counts of the stories, or of a text to be typed; a sentence while there is nothing to count."""
    names = {"tales": _("Tiny tales"), "own": _("Your own text")}
    if TEXT.draw(st.segmented_control, _("Text"), words=names.__getitem__) == "tales":
        return tales_counts()
    typed = OWN.area(_("Your own text"), height=110)
    if not typed.strip():
        st.info(_("Type or paste some sentences: each character will have a row of its own."))
        return None
    try:
        return count_characters(typed)
    except LearnerError as error:
        st.warning(worded(error))
        return None


def _show_losses(counts: BigramCounts, descent: Descent, step: int) -> None:
    x, y = _("step"), _("loss (nats per character)")
    steps = [at for at in range(_LAST + 1) if at <= 40 or at % 20 == 0]
    line = Line(
        _("table by descent"),
        [math.sqrt(at) for at in steps],
        [float(descent.losses[at]) for at in steps],
    )
    figure = lines([line], theme(), x, y, markers=False)
    colours = palette(theme())
    level_line(
        figure,
        counts.counted_loss,
        _("counting: {loss:.2f}").format(loss=counts.counted_loss),
        colours,
    )
    upright_line(figure, math.sqrt(step), colours.ink)
    figure.add_trace(
        scatter(
            x=[math.sqrt(step)],
            y=[float(descent.losses[step])],
            mode="markers",
            marker={"size": 13, "symbol": "diamond", "color": colours.attention},
            hoverinfo="skip",
        )
    )
    ticks = (0, 10, 50, 100, 200, 500, 1000)
    figure.update_xaxes(
        tickmode="array",
        tickvals=[math.sqrt(at) for at in ticks],
        ticktext=[f"{at}" for at in ticks],
        range=[-0.4, math.sqrt(_LAST) * 1.02],
    )
    top = max(counts.even_loss, float(np.nanmax(descent.losses[steps]))) * 1.1
    figure.update_yaxes(range=[0, min(top, 3 * counts.even_loss)])
    figure.update_layout(showlegend=False)
    plot(
        figure,
        key="learning_table_losses",
        height=320,
        caption=_(
            "The loss of the table while it learns; dashed: what counting reaches at once. The first steps "
            "are drawn wider apart."
        ),
        source=Source("measured", _about(counts, descent.rate), own_text=TEXT.value == "own"),
        table=lambda: lines_table(
            [Line(line.name, [float(at) for at in steps], line.y)], x, y, _("line")
        ),
    )
    st.markdown(_losses_said(counts, descent, step))


def _losses_said(counts: BigramCounts, descent: Descent, step: int) -> str:
    above = float(descent.losses[step]) - counts.counted_loss
    said = _(
        "Blind guessing costs {even:.2f} nats. After step **{step}** the table is at **{loss:.3f}**, which "
        "is **{above:.3f}** above counting."
    ).format(even=counts.even_loss, step=step, loss=float(descent.losses[step]), above=above)
    end = float(descent.losses[-1]) - counts.counted_loss
    if step == _LAST and end > 0.1:
        jumped = bool((np.diff(descent.losses) > 0).any())
        more = (
            _("The steps are too large: they jump past their goal, back and forth.")
            if jumped
            else _("The steps are small: it is still on its way.")
        )
        return in_a_row([said, more])
    return said


def _show_row(counts: BigramCounts, descent: Descent, step: int) -> None:
    order_of_rows = counts.rows[:, 0].argsort()[::-1].tolist()
    commonest = [
        counts.characters[at]
        for at in order_of_rows
        if counts.characters[at] != OTHER and counts.rows[at, 0] > 0
    ]
    first = next((one for one in commonest if one == " " or one.isalnum()), commonest[0])
    row = ROW.among(commonest, first=first).draw(
        st.selectbox, _("After which character?"), words=visible
    )
    at = counts.characters.index(row)
    logits = descent.kept[step]
    learned = softmax(logits[at])
    counted = counts.counts[at] / max(float(counts.rows[at, 0]), 1.0)
    order = np.argsort(-counted, kind="stable")[:_SHOWN]
    names = [visible(counts.characters[to]) for to in order]
    plot(
        paired_bars(
            names,
            (_("counted"), counted[order].tolist()),
            (_("learned"), learned[order].tolist()),
            theme(),
            percent=True,
            decimals=1,
        ),
        key="learning_table_row",
        height=360,
        caption=_(
            "What follows {character}: the commonest next characters, counted and learned."
        ).format(character=quoted(row)),
        source=Source("measured", _about(counts, descent.rate), own_text=TEXT.value == "own"),
        table=(
            (_("character"), _("counted"), _("learned"), _("logit")),
            [
                (
                    visible(one),
                    float(counted[to]),
                    float(learned[to]),
                    float(logits[at, to]),
                )
                for to, one in enumerate(counts.characters)
            ],
        ),
    )
    _show_slope(counts, descent, step, at, int(order[0]))


def _show_slope(counts: BigramCounts, descent: Descent, step: int, at: int, to: int) -> None:
    """The commonest next character's slope: the mean of probability minus truth over the whole text."""
    row, pair = float(counts.rows[at, 0]), float(counts.counts[at, to])
    p = float(softmax(descent.kept[step][at])[to])
    slope = (row * p - pair) / counts.pairs
    line = arithmetic_line(
        [row, p, pair, counts.pairs],
        lambda shown: rf"\frac{{{shown[0]} \cdot {shown[1]} - {shown[2]}}}{{{shown[3]}}}",
        lambda numbers: (numbers[0] * numbers[1] - numbers[2]) / numbers[3],
        slope,
        5,
    )
    names = [quoted(counts.characters[place]) for place in (at, to)]
    show_lines(
        "learning_table_slope",
        _("The slope at the logit of {after} after {before}").format(
            after=names[1], before=names[0]
        ),
        [
            (
                _(
                    "times that {before} comes · probability − times that {after} follows, over all pairs"
                ).format(before=names[0], after=names[1]),
                "",
                line,
            )
        ],
        tall=True,
    )


def quoted(character: str) -> str:
    """A character within a sentence, where a comma would be taken for the sentence's own."""
    return f"“{visible(character)}”"


def _about(counts: BigramCounts, rate: float) -> tuple[str, ...]:
    return (
        _(
            "{pairs:,} pairs of characters, a table of {v} · {v} logits, learning rate {rate:g}."
        ).format(pairs=int(counts.pairs), v=len(counts.characters), rate=rate),
    )


def _descent(counts: BigramCounts, rate: float) -> Descent:
    """Trained now; of the stories, for whoever asks first."""
    if TEXT.value == "own":
        return _descent_on(OWN.value, rate)
    return _descent_on_tales("tales_zh" if language() == "zh" else "tales", rate)


@st.cache_resource(show_spinner=False, max_entries=2 * len(TABLE_RATES))
def _descent_on_tales(corpus: str, rate: float) -> Descent:
    return descend(_counts(corpus), rate, _LAST, TABLE_STEPS)


@st.cache_resource(show_spinner=False, max_entries=8)
def _descent_on(text: str, rate: float) -> Descent:
    """Whoever moves the step goes on in the same training."""
    return descend(count_characters(text), rate, _LAST, TABLE_STEPS)


@st.cache_resource(show_spinner=False, max_entries=2)
def _counts(corpus: str) -> BigramCounts:
    return count_characters(load_corpus(CorpusSpec(name=corpus, size=STORIES[corpus])).text)  # type: ignore[arg-type]
