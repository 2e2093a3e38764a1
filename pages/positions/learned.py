"""The table of positions that the shipped GPT has learned, beside the sinusoidal table of its size."""

from __future__ import annotations

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.errors import LearnerError
from core.figures import heatmap
from core.figures.heatmap import annotated_heatmap, heatmap_table
from core.figures.theme import number
from core.questions import PositionVectors
from core.spec.families.gpt import GPTSpec
from core.wording import N_
from core.worked.positions.waves import cosines, mean_at_distance, sinusoidal
from pages.parts.exercises.box import bet_placed
from pages.parts.frame.ask import ask
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _, worded
from pages.parts.frame.services import library, shipped
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.training.sources import of_run
from pages.parts.widgets.plot import plot
from pages.parts.widgets.shared.source import Source
from pages.positions.state import VIEW, VIEWS
from pages.positions.waves import by_waves, table_picture, thin_ticks

_LABELS = {
    **heatmap.LABELS,
    "rows": N_("position (row)"),
    "columns": N_("position (column)"),
    "value": N_("cosine"),
    "row": N_("position"),
    "column": N_("position"),
}
_NEAR, _FAR = 1, 48


@fragment
def show_learned() -> None:
    """Both tables, or both similarities, side by side, and what is seen."""
    run = shipped("gpt")
    if not library().has(run.id):
        st.info(
            _(
                "The trained GPT that ships with this course is missing. Make it with: make starters."
            )
        )
        return
    held = not bet_placed("positions", "bet_learned")
    waves = sinusoidal(*_size())
    try:
        learned = None if held else ask(PositionVectors(run.id))
    except LearnerError as error:
        st.warning(worded(error))
        return
    view = VIEW.draw(
        st.segmented_control,
        _("Show"),
        words=lambda option: _(VIEWS[option]),
        required=True,
    )
    left, right = st.columns(2, gap="medium")
    with left:
        if learned is None:
            st.info(_("Place your bet: then the learned table appears here."))
        else:
            caption = _(
                "Learned by the GPT of this course: {length} positions, {width} numbers each."
            )
            _show(view, learned, "positions_learned", caption, of_run(run))
    with right:
        caption = _("Sinusoidal, of the same size: {length} positions, {width} numbers each.")
        _show(view, waves, "positions_fixed", caption, by_waves())
    if learned is not None:
        sentence = _likeness(learned, waves) if view == "similarity" else _lengths(learned, waves)
        st.markdown(sentence)


def truth_learned() -> str | None:
    """What far positions of the learned table are to each other: alike, unrelated or opposite."""
    run = shipped("gpt")
    if not library().has(run.id):
        return None
    similarity = cosines(ask(PositionVectors(run.id)))
    apart = mean_at_distance(similarity, min(_FAR, len(similarity) - 1))
    return "alike" if apart > 0.25 else "opposite" if apart < -0.25 else "unrelated"


def _size() -> tuple[int, int]:
    """Positions and width of the shipped GPT."""
    model = shipped("gpt").model
    assert isinstance(model, GPTSpec)
    return model.context, model.width


def _show(view: str, table: NDArray[np.float64], key: str, caption: str, source: Source) -> None:
    sized = caption.format(length=len(table), width=table.shape[1])
    if view == "table":
        figure, labels = table_picture(table)
        values = table
    else:
        values, labels = cosines(table), labels_of(_LABELS)
        names = [str(place) for place in range(len(values))]
        figure = annotated_heatmap(values, names, names, theme(), scale="diverging", labels=labels)
        thin_ticks(figure, values.shape)
    rows, columns = ([str(place) for place in range(count)] for count in values.shape)
    plot(
        figure,
        key=key,
        height=400,
        caption=sized,
        source=source,
        table=lambda: heatmap_table(values, rows, columns, labels=labels),
    )


def _likeness(learned: NDArray[np.float64], waves: NDArray[np.float64]) -> str:
    """Cosines near and far, in both tables; whether they fall with distance is for the numbers to say."""
    mine, fixed = cosines(learned), cosines(waves)
    far = min(_FAR, len(learned) - 1)
    near_mean, far_mean = mean_at_distance(mine, _NEAR), mean_at_distance(mine, far)
    spread = float(np.ptp(np.diagonal(mine, _NEAR)))
    sentence = _(
        "Nobody told this model that position 5 lies next to position 6. Yet neighbours have a cosine of "
        "**{near}** on average, positions {far} apart **{apart}** (sinusoidal: {near_fixed} and "
        "{far_fixed})."
    ).format(
        near=number(near_mean),
        far=far,
        apart=number(far_mean),
        near_fixed=number(mean_at_distance(fixed, _NEAR)),
        far_fixed=number(mean_at_distance(fixed, far)),
    )
    regular = _(
        "But the table is not regular: between neighbours the cosine varies by {spread}, in the sinusoidal "
        "table by {none}."
    ).format(spread=number(spread), none=number(float(np.ptp(np.diagonal(fixed, _NEAR)))))
    return f"{sentence} {regular}"


def _lengths(learned: NDArray[np.float64], waves: NDArray[np.float64]) -> str:
    """How long the vectors are, and where."""
    lengths = np.linalg.norm(learned, axis=1)
    return _(
        "No waves here. The vector of position {long_at} is the longest ({long}), that of position "
        "{short_at} the shortest ({short}); in the sinusoidal table all have length {fixed}."
    ).format(
        long_at=int(lengths.argmax()),
        long=number(float(lengths.max())),
        short_at=int(lengths.argmin()),
        short=number(float(lengths.min())),
        fixed=number(float(np.linalg.norm(waves[0]))),
    )
