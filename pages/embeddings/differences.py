"""Analogies: the difference of two words added to a third; and which of several words does not belong."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st

from core.errors import LearnerError
from core.figures.bars import likeness
from core.figures.theme import number
from core.store.look import Look
from core.store.view import RunView
from core.worked.arithmetic import arithmetic_line, fixed
from core.worked.vectors.analogy import Analogy, analogy, odd_one_out
from pages.embeddings.examples import ASKED, EXAMPLES, NEAR_ANSWERS, ODD_FIRST, Example
from pages.embeddings.state import ODD, A, B, C
from pages.embeddings.tables import WordTable, base, in_text, table_of
from pages.parts.exercises.box import bet_placed
from pages.parts.frame.escaped import code
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _, in_a_row, language, worded
from pages.parts.frame.state import Text, fragment
from pages.parts.frame.theme import theme
from pages.parts.training.sources import of_run
from pages.parts.widgets.plot import plot

LISTED = 6
SHOWN = 6


def first_example() -> Example:
    """What the boxes begin with, in the learner's language."""
    return EXAMPLES[language()][0]


@fragment
def show_analogy(run: RunView | None) -> None:
    """Three words, the arithmetic with their vectors, and the words nearest to what comes out."""
    table = table_of(run)
    if run is None or table is None:
        st.info(_("Train the vectors above: then they are added and taken away here."))
        return
    with st.container(horizontal=True, gap="small"):
        for place, example in enumerate(EXAMPLES[language()]):
            if not table.knows(f"{example.a} {example.b} {example.c}"):
                continue
            st.button(
                _("{a} : {b} = {c} : ?").format(a=example.a, b=example.b, c=example.c),
                key=f"embeddings_example_{place}",
                on_click=_take,
                args=(example,),
            )
    typed = []
    columns = st.columns(3)
    for place, (column, (declared, first, label)) in enumerate(zip(columns, _boxes(), strict=True)):
        with column:
            typed.append(in_text(declared, first, table, (place,)).box(label))
    try:
        rows = [table.row(one) for one in typed]
    except LearnerError as error:
        st.warning(worded(error))
        return
    a, b, c = rows
    found = analogy(table.vectors, a, b, c, count=LISTED)
    _show_arithmetic(table, rows, found)
    _show_best(run, table, rows, found)


@fragment
def show_odd(run: RunView | None) -> None:
    """Several words, the cosine of each with their mean, and the one that lies farthest from it."""
    table = table_of(run)
    if run is None or table is None:
        st.info(_("Train the vectors above: then the odd one out is found here."))
        return
    typed = in_text(ODD, ODD_FIRST["zh"], table, range(5)).box(
        _("Three to ten words, one of another kind")
    )
    names = typed.replace("，", " ").replace("、", " ").replace(",", " ").split()
    try:
        if not 3 <= len(names) <= 10:
            raise LearnerError("Type three to ten words, with blanks between them.")
        rows = [table.row(one) for one in names]
        if len(set(rows)) < len(rows):
            raise LearnerError("Each word counts once: take one of the two that are alike away.")
    except LearnerError as error:
        st.warning(worded(error))
        return
    found = odd_one_out(table.vectors, rows)
    words = [table.words[row] for row in rows]
    labels = {**labels_of(likeness.LABELS), "marked": _("the odd one")}
    plot(
        likeness.likeness_bars(
            words, found.cosines.tolist(), theme(), marked={found.odd}, labels=labels
        ),
        key="embeddings_odd_bars",
        height=60 + 34 * len(words),
        caption=_("The cosine of each word with the mean of them all. The pale one fits least."),
        source=of_run(run.spec),
        table=likeness.likeness_table(words, found.cosines.tolist(), labels=labels),
    )
    ordered = np.sort(found.cosines)
    st.markdown(
        _(
            "{word} has the smallest cosine with the mean, {cosine}; the next one has {second}."
        ).format(word=code(words[found.odd]), cosine=number(ordered[0]), second=number(ordered[1]))
    )


def truth_step(look: Look) -> str | None:
    """What the arithmetic says in the run that the lesson begins with: own, other or none; None where it is
    not trained."""
    table = table_of(look.finished(base()))
    if table is None:
        return None
    asked = ASKED[language()]
    a, b, c = (table.row(one) for one in (asked.a, asked.b, asked.c))
    found = analogy(table.vectors, a, b, c, count=1)
    answer = table.words[int(found.best.rows[0])]
    if answer == asked.answer:
        return "own"
    return "other" if answer in NEAR_ANSWERS[language()] else "none"


def _boxes() -> tuple[tuple[Text, str, str], ...]:
    """They begin with an example; once the bet is placed, with what it asks."""
    asked = bet_placed("embeddings", "bet_step")
    first = ASKED[language()] if asked else EXAMPLES[language()][0]
    return (
        (A.beginning(first.a), first.a, _("As this word …")),
        (B.beginning(first.b), first.b, _("… is to this one,")),
        (C.beginning(first.c), first.c, _("so is this one to?")),
    )


def _take(example: Example) -> None:
    words = (example.a, example.b, example.c)
    for (declared, _first, _label), word in zip(_boxes(), words, strict=True):
        declared.set(word)


def _show_arithmetic(table: WordTable, rows: list[int], found: Analogy) -> None:
    """The first numbers of the unit vectors, and of what comes out of them."""
    a, b, c = (table.words[row] for row in rows)
    units = [
        table.vectors[row].astype(np.float64) / np.linalg.norm(table.vectors[row]) for row in rows
    ]
    shown = min(SHOWN, len(found.target))
    numbers = [str(place + 1) for place in range(shown)]
    lines = [
        f"| | {' | '.join(numbers)} | |",
        f"|:--|{'--:|' * shown}:--|",
    ]
    columns = [
        _column([float(one[place]) for one in (units[1], units[0], units[2])], found.target[place])
        for place in range(shown)
    ]
    for row, (sign, name) in enumerate((("", b), ("−", a), ("+", c), ("≈", "?"))):
        cells = " | ".join(column[row] for column in columns)
        named = f"**{name}**" if name == "?" else code(name)
        lines.append(f"| {sign} {named} | {cells} | … |")
    with st.container(border=True, key="embeddings_arithmetic"):
        st.markdown("\n".join(lines))
        st.caption(
            _(
                "The first {shown} of {count} numbers. Each vector is divided by its length "
                "before, so that all three count alike."
            ).format(shown=shown, count=len(found.target))
        )


def _column(terms: list[float], value: float) -> tuple[str, ...]:
    """b, a and c with as many decimals as it takes for b − a + c, as printed, to give the result."""
    shown: list[str] = []

    def write(numbers: Sequence[str]) -> str:
        shown[:] = numbers
        return ""

    arithmetic_line(terms, write, lambda n: n[0] - n[1] + n[2], value, 2)
    return tuple(one.replace("-", "−") for one in (*shown, fixed(value, 2)))


def _show_best(run: RunView, table: WordTable, rows: list[int], found: Analogy) -> None:
    all_rows = [int(row) for row in found.with_inputs.rows]
    names = [table.words[row] for row in all_rows]
    values = found.with_inputs.cosines.tolist()
    marked = {place for place, row in enumerate(all_rows) if row in rows}
    labels = labels_of(likeness.LABELS)
    plot(
        likeness.likeness_bars(names, values, theme(), marked=marked, labels=labels),
        key="embeddings_analogy_bars",
        height=270,
        caption=_(
            "The words nearest to what comes out. The three that were put in are pale: in the "
            "usual scoring they may not be the answer."
        ),
        source=of_run(run.spec),
        table=likeness.likeness_table(names, values, labels=labels),
    )
    a, b, c = (code(table.words[row]) for row in rows)
    answer = code(table.words[int(found.best.rows[0])])
    said = _("{a} is to {b} as {c} is to **{answer}**, says the arithmetic.").format(
        a=a, b=b, c=c, answer=answer
    )
    if all_rows[0] in rows:
        without = _(
            "Without the rule it would have said {word}, which was put in: the difference has hardly "
            "moved it."
        ).format(word=code(names[0]))
        said = in_a_row((said, without))
    st.markdown(said)
