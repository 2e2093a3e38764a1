"""Vectors by counting: one cell of the table by hand, and how its words stand beside the trained ones."""

from __future__ import annotations

import math

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.errors import LearnerError
from core.figures.bars.paired_bars import paired_bars
from core.spec.families.word_vectors import WordVectorsSpec
from core.store.view import RunView
from core.text.meaning.word_classes import CLASS_NAMES
from core.worked.arithmetic import arithmetic_line
from core.worked.vectors.cooccurrence import Factors, count_near, factorised, pmi_cell, ppmi
from core.worked.vectors.neighbours import ClassAccuracy, class_accuracy
from pages.embeddings.experiments import accuracy
from pages.embeddings.moving import cloud_of, cloud_table, explained
from pages.embeddings.state import COUNTED_DEPTH, COUNTED_ONE, COUNTED_OTHER, COUNTED_WORD
from pages.embeddings.tables import WordTable, in_text, plane_of, table_of
from pages.embeddings.text import training_words
from pages.parts.exercises.box import after_bet
from pages.parts.frame.escaped import code
from pages.parts.frame.language import _, worded
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.widgets.arithmetic import show_lines
from pages.parts.widgets.cloud import cloud
from pages.parts.widgets.plot import plot
from pages.parts.widgets.shared.source import Source

SLUG, BET = "embeddings", "bet_counting"
HEIGHT = 420
NEARLY = 0.8
"""So much of what the trained vectors reach is nearly as much."""
POWER = 0.75
"""Of the counts by which the other words are expected: as skip-gram's drawn words have."""
MOST_COUNTED = 1500
"""Words of a vocabulary whose table is still counted: it grows with their square."""
_ONE_ZH, _OTHER_ZH, _WORD_ZH = "小狗", "只", "小狗"


@fragment
def show_counting(run: RunView | None) -> None:
    """Two words with their counts and PMI; after the bet, the cloud of counted vectors and both scores."""
    table = table_of(run)
    if run is None or table is None:
        st.info(_("Train the vectors above: then the same text is counted here."))
        return
    if len(table.words) > MOST_COUNTED:
        st.info(
            _(
                "Here a table of {v:,} · {v:,} numbers would have to be counted. Choose a vocabulary of at "
                "most {most:,} words under More knobs, and train again."
            ).format(v=len(table.words), most=MOST_COUNTED)
        )
        return
    left, right = st.columns(2)
    with left:
        one = in_text(COUNTED_ONE, _ONE_ZH, table).box(_("A word"))
    with right:
        other = in_text(COUNTED_OTHER, _OTHER_ZH, table, (1,)).box(_("A word near it"))
    try:
        counts = _counts(run.id, run)
        _show_cell(run, counts, table, (table.row(one), table.row(other)))
    except LearnerError as error:
        st.warning(worded(error))
    after_bet(SLUG, BET, lambda: _show_counted(run, table))()


def truth_counting(run: RunView | None) -> str | None:
    """How many nearest words of counted vectors are of the same kind, beside the trained ones: near, half or
    chance; None without a run whose words have kinds."""
    table = table_of(run)
    if run is None or table is None:
        return None
    trained = accuracy(run, run.full_steps[-1], "kinds")
    if math.isnan(trained.mean):
        return None
    try:
        by_count = _counted_accuracy(run.id, run, table.classes)
    except LearnerError:
        return None
    if by_count.mean > NEARLY * trained.mean:
        return "near"
    return "half" if by_count.mean > by_count.chance + 0.1 else "chance"


def counted(run: RunView) -> Factors:
    """The text of a run counted, and pressed into as many columns as its vectors have. LearnerError where
    the text is gone."""
    return _factors(run.id, run)


@st.cache_resource(max_entries=4, show_spinner=False)
def _counts(run: str, _view: RunView) -> NDArray[np.float64]:
    model = _view.spec.model
    assert isinstance(model, WordVectorsSpec)
    return count_near(
        training_words(_view), _view.tokenizer.vocabulary_size, model.window, shrink=model.shrink
    )


@st.cache_resource(max_entries=4, show_spinner=False)
def _factors(run: str, _view: RunView) -> Factors:
    model = _view.spec.model
    assert isinstance(model, WordVectorsSpec)
    return factorised(ppmi(_counts(run, _view), power=POWER), model.dimension)


@st.cache_data(max_entries=8, show_spinner=False)
def _counted_accuracy(run: str, _view: RunView, _classes: tuple[str | None, ...]) -> ClassAccuracy:
    return class_accuracy(_factors(run, _view).vectors, _classes)


def _show_cell(
    run: RunView, counts: NDArray[np.float64], table: WordTable, rows: tuple[int, int]
) -> None:
    cell = pmi_cell(counts, *rows)
    names = [code(table.words[row]) for row in rows]
    expected = arithmetic_line(
        [cell.of_word, cell.of_other, cell.total],
        lambda n: rf"\frac{{{n[0]} \cdot {n[1]}}}{{{n[2]}}}",
        lambda n: n[0] * n[1] / n[2],
        cell.expected,
        2,
    )
    each = _(
        "{one} stands in {of_one:,.0f} pairs and {other} in {of_other:,.0f} of {total:,.0f}: by chance they "
        "would meet so many times"
    ).format(
        one=names[0],
        of_one=cell.of_word,
        other=names[1],
        of_other=cell.of_other,
        total=cell.total,
    )
    lines = [(each, "", expected)]
    if math.isfinite(cell.pmi):
        lines.append(
            (
                _("How many times as often they do, and its logarithm"),
                r"\mathrm{PMI}",
                arithmetic_line(
                    [cell.near, cell.expected],
                    lambda n: rf"\ln \frac{{{n[0]}}}{{{n[1]}}}",
                    lambda n: math.log(n[0] / n[1]),
                    cell.pmi,
                    2,
                ),
            )
        )
    show_lines(
        "embeddings_pmi",
        _("{one} and {other} meet {near:g} times; a nearer pair counts for more").format(
            one=names[0], other=names[1], near=round(cell.near, 2)
        ),
        lines,
        tall=True,
    )
    if not math.isfinite(cell.pmi):
        st.markdown(_("They never meet: ln 0 is −∞, and 0 is put in its place."))


def _show_counted(run: RunView, table: WordTable) -> None:
    try:
        found = counted(run)
    except LearnerError as error:
        st.warning(worded(error))
        return
    other = WordTable(table.words, found.vectors.astype(np.float32), table.classes, table.tokenizer)
    try:
        row = other.row(in_text(COUNTED_WORD, _WORD_ZH, other).value)
    except LearnerError:
        row = next(iter(other.example_rows(1)), 0)
    plane = plane_of(other)
    picture = cloud_of(other, plane)
    source = Source(
        "counted",
        (
            _(
                "Counted in the text that the vectors above were trained on, with the same window; "
                "the {d} columns keep {kept:.0%} of the table."
            ).format(d=found.vectors.shape[1], kept=found.kept),
        ),
        run.spec.corpus.name == "own",
    )
    cloud(
        picture,
        key="embeddings_counted",
        height=HEIGHT,
        caption=_(
            "The same words, placed by vectors that were counted and not trained. {share:.0%} of all "
            "differences lie on the first two axes."
        ).format(share=explained(plane)),
        source=source,
        chosen=row,
        on_choose=lambda chosen: in_text(COUNTED_WORD, _WORD_ZH, other).set(
            other.words[chosen].strip("␣")
        ),
        depth=COUNTED_DEPTH.value,
        on_depth=COUNTED_DEPTH.set,
        table=lambda: cloud_table(picture),
    )
    trained = accuracy(run, run.full_steps[-1], "kinds")
    by_count = _counted_accuracy(run.id, run, table.classes)
    if math.isnan(trained.mean):
        return
    st.markdown(
        _("Trained **{trained:.1%}**, counted **{counted:.1%}**, chance {chance:.1%}.").format(
            trained=trained.mean, counted=by_count.mean, chance=trained.chance
        )
    )
    kinds = [name for name in CLASS_NAMES if name in trained.by_class]
    rows = [_("all"), *(_(CLASS_NAMES[name]) for name in kinds)]
    both = [
        (trained.mean, by_count.mean),
        *((trained.by_class[name], by_count.by_class[name]) for name in kinds),
    ]
    plot(
        paired_bars(
            rows,
            (_("trained"), [one for one, _two in both]),
            (_("counted"), [two for _one, two in both]),
            theme(),
            decimals=0,
            percent=True,
        ),
        key="embeddings_counted_bars",
        height=60 + 40 * len(rows),
        caption=_("How many of the five nearest of a word are of its own kind."),
        source=source,
        table=(
            (_("kind"), _("trained"), _("counted")),
            [(name, *pair) for name, pair in zip(rows, both, strict=True)],
        ),
    )
