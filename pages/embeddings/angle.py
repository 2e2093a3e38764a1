"""The cosine of two words by hand, the nearest words as a list, and the cosine of one's own numbers."""

from __future__ import annotations

import math
import re

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.errors import LearnerError
from core.figures.bars import likeness
from core.figures.theme import number
from core.store.view import RunView
from core.worked.arithmetic import add, arithmetic_line, dot
from core.worked.vectors.cosine import Cosine, cosine
from core.worked.vectors.neighbours import nearest
from lessons.numbers import read_number
from pages.embeddings.state import COMPARED, COMPARISONS, HAND, ONE, OTHER
from pages.embeddings.tables import WordTable, in_text, table_of
from pages.parts.frame.escaped import code
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _, in_a_row, worded
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.training.sources import of_run
from pages.parts.widgets.arithmetic import NamedLine, show_lines
from pages.parts.widgets.plot import Click, plot

LISTED = 10
SHOWN = 6
"""So many terms of a long sum are written out."""
_ONE_ZH, _OTHER_ZH = "小狗", "小猫"


@fragment
def show_angle(run: RunView | None) -> None:
    """Two words, the list of what is nearest to the first, and their cosine term by term; or two rows of
    numbers of the learner's own."""
    compared = COMPARED.draw(
        st.segmented_control,
        _("Compare"),
        words=lambda option: _(COMPARISONS[option]),
        required=True,
    )
    if compared == "numbers":
        _show_by_hand()
        return
    table = table_of(run)
    if run is None or table is None:
        st.info(_("Train the vectors above: then two of them are compared here."))
        return
    left, right = st.columns(2)
    with left:
        one = in_text(ONE, _ONE_ZH, table).box(_("A word"))
    with right:
        other = in_text(OTHER, _OTHER_ZH, table, (1,)).box(_("Another word"))
    try:
        rows = table.row(one), table.row(other)
    except LearnerError as error:
        st.warning(worded(error))
        return
    _show_nearest(run, table, rows[0])
    a, b = (table.vectors[row].astype(np.float64) for row in rows)
    found = cosine(a, b)
    show_lines(
        "embeddings_cosine",
        _("The angle between {one} and {other}").format(
            one=code(table.words[rows[0]]), other=code(table.words[rows[1]])
        ),
        cosine_lines(a, b, found),
        tall=True,
    )
    st.markdown(in_words(found))


def _show_by_hand() -> None:
    """Two rows of numbers that the learner types, and their cosine."""
    typed = HAND.box(_("Two vectors of your own, a comma between them"))
    try:
        a, b = two_vectors(typed)
    except LearnerError as error:
        st.warning(worded(error))
        return
    found = cosine(a, b)
    show_lines(
        "embeddings_own_cosine",
        _("The angle between your two vectors"),
        cosine_lines(a, b, found),
        tall=True,
    )
    st.markdown(in_words(found))


def two_vectors(typed: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What was typed, "2 1 0, 4 2 1", as two vectors. LearnerError says what is wrong with it."""
    parts = [part.split() for part in re.split("[,，;；]", typed)]
    if len(parts) != 2:
        raise LearnerError("Type two vectors with one comma between them, as in: 2 1 0, 4 2 1")
    a, b = (np.array([read_number(one) for one in part], dtype=np.float64) for part in parts)
    if len(a) != len(b):
        raise LearnerError(
            "The first vector has {a} numbers and the second {b}: a cosine needs as many in both.",
            a=len(a),
            b=len(b),
        )
    if not 1 <= len(a) <= 8:
        raise LearnerError("Type one to eight numbers for each vector.")
    if not np.isfinite([a, b]).all() or max(np.abs(a).max(), np.abs(b).max()) > 1e6:
        raise LearnerError("Type numbers between −1,000,000 and 1,000,000.")
    if min(np.abs(a).max(), np.abs(b).max()) < 1e-6 and a.any() and b.any():
        raise LearnerError(
            "Type larger numbers: the largest of a vector should be at least 0.000001."
        )
    if not a.any() or not b.any():
        raise LearnerError(
            "A vector of zeros has no direction, so it has no angle with another: change one of "
            "its numbers."
        )
    return a, b


def cosine_lines(a: NDArray[np.float64], b: NDArray[np.float64], found: Cosine) -> list[NamedLine]:
    """Dot product, both lengths, and the division."""
    products, _total = dot(a, b, found.dot, smaller=_("{count} smaller terms"), shown=SHOWN)
    return [
        (_("Multiply number by number and add up"), r"a \cdot b", products),
        *_length("a", _("The length of the first"), found.squares_a, found.length_a),
        *_length("b", _("The length of the second"), found.squares_b, found.length_b),
        (
            _("Divide by both lengths"),
            r"\cos",
            arithmetic_line(
                [found.dot, found.length_a, found.length_b],
                lambda n: rf"\frac{{{n[0]}}}{{{n[1]} \cdot {n[2]}}}",
                lambda n: n[0] / (n[1] * n[2]),
                found.value,
                3,
            ),
        ),
    ]


def in_words(found: Cosine) -> str:
    """What the cosine says of the two."""
    degrees = math.degrees(math.acos(min(max(found.value, -1.0), 1.0)))
    said = _("A cosine of **{cosine}** is an angle of {degrees:.0f}°.").format(
        cosine=number(found.value), degrees=degrees
    )
    if found.value > 0.7:
        seen = _("The two point nearly the same way.")
    elif found.value > 0.3:
        seen = _("They lean the same way.")
    elif found.value > -0.3:
        seen = _("They have little to do with each other.")
    else:
        seen = _("They point in opposite ways.")
    return in_a_row((said, seen))


def _length(letter: str, name: str, squares: NDArray[np.float64], length: float) -> list[NamedLine]:
    """The squares added up, and the root of that."""
    total = float(squares.sum())
    inside = add(squares.tolist(), total, smaller=_("{count} smaller terms"), shown=SHOWN)
    root = arithmetic_line(
        [total], lambda n: rf"\sqrt{{{n[0]}}}", lambda n: math.sqrt(n[0]), length, 3
    )
    symbol = rf"\lVert {letter} \rVert"
    return [
        (_("{length}: squares, added up").format(length=name), f"{symbol}^2", inside),
        (_("and the root of it"), symbol, root),
    ]


def _show_nearest(run: RunView, table: WordTable, row: int) -> None:
    found = nearest(table.vectors, table.vectors[row], LISTED, without=[row])
    names = [table.words[one] for one in found.rows]
    labels = labels_of(likeness.LABELS)

    def picked(click: Click) -> None:
        in_text(OTHER, _OTHER_ZH, table, (1,)).set(names[click.row].strip("␣"))

    plot(
        likeness.likeness_bars(names, found.cosines.tolist(), theme(), labels=labels),
        key="embeddings_nearest",
        height=330,
        on_click=picked,
        caption=_(
            "The {count} words whose vectors make the smallest angle with that of {word}. Click "
            "one to reckon its cosine below."
        ).format(count=len(names), word=table.words[row]),
        source=of_run(run.spec),
        table=likeness.likeness_table(names, found.cosines.tolist(), labels=labels),
    )
