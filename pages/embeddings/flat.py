"""Two maps of the same vectors beside each other: the principal axes, and t-SNE."""

from __future__ import annotations

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.errors import LearnerError
from core.questions.word_map import WordMap
from core.store.view import RunView
from core.worked.vectors.neighbours import kept_on_map
from core.worked.vectors.plane import aligned
from pages.embeddings.moving import FIRST_ZH, box_of, cloud_of, cloud_table
from pages.embeddings.state import MAPPED, PERPLEXITY
from pages.embeddings.tables import WordTable, in_text, plane_of, table_of
from pages.parts.frame.ask import ask
from pages.parts.frame.language import _, worded
from pages.parts.frame.state import fragment
from pages.parts.training.sources import of_run
from pages.parts.widgets.cloud import Cloud, cloud

HEIGHT = 400


@fragment
def show_flat(run: RunView | None) -> None:
    """How many neighbours are to count; both maps, and what each keeps."""
    table = table_of(run)
    if run is None or table is None or not run.is_done:
        st.info(_("Train the vectors above: then two maps of them are drawn here."))
        return
    perplexity = PERPLEXITY.slider(_("Perplexity: about how many neighbours count for each word"))
    try:
        answer = ask(WordMap(run.id, perplexity=perplexity))
    except LearnerError as error:
        st.warning(worded(error))
        return
    plane = plane_of(table)
    flat = plane.place(table.vectors)[:, :2]
    mapped = np.zeros_like(flat)
    mapped[answer.rows] = aligned(answer.places, _spread(flat[answer.rows], answer.places))
    drawn = set(answer.rows.tolist())
    groups = [group if row in drawn else -1 for row, group in enumerate(table.groups[0])]
    shown = [row for row, group in enumerate(groups) if group >= 0]
    picture = cloud_of(table, plane)
    tsne = Cloud(
        words=table.words,
        vectors=table.vectors,
        groups=groups,
        names=table.groups[1],
        mean=plane.mean,
        axes=plane.axes,
        box=box_of(mapped[shown]),
        places=mapped,
    )
    row = _row(table)
    mapped_word = in_text(MAPPED, FIRST_ZH, table)

    def choose(word: str) -> None:
        mapped_word.set(word.strip("␣"))

    left, right = st.columns(2)
    with left:
        cloud(
            Cloud(**{**vars(picture), "places": flat, "box": box_of(flat[shown])}),
            key="embeddings_pca",
            height=HEIGHT,
            caption=_("PCA: the cloud as it is, seen from one side."),
            source=of_run(run.spec),
            chosen=row,
            on_choose=lambda chosen: choose(table.words[chosen]),
            table=lambda: cloud_table(picture),
        )
    with right:
        cloud(
            tsne,
            key="embeddings_tsne",
            height=HEIGHT,
            caption=_(
                "t-SNE: put down anew. Who stands beside whom counts; how far apart clumps lie "
                "does not."
            ),
            source=of_run(run.spec, _("Perplexity {n}.").format(n=perplexity)),
            chosen=row,
            on_choose=lambda chosen: choose(table.words[chosen]),
            table=lambda: _table(tsne, mapped),
        )
    st.markdown(
        _(
            "Of a word's five nearest by cosine, **{pca:.0%}** are among its five nearest on the "
            "PCA map, and **{tsne:.0%}** on the t-SNE map."
        ).format(
            pca=_kept(run.id, run.weights_written, table.vectors[answer.rows], flat[answer.rows]),
            tsne=answer.kept,
        )
    )


@st.cache_data(max_entries=64, show_spinner=False)
def _kept(
    run: str, written: int, _vectors: NDArray[np.float32], _places: NDArray[np.float64]
) -> float:
    """Of the words on the map, on the principal axes: the same for every perplexity."""
    return kept_on_map(_vectors, _places)


def _spread(reference: NDArray[np.float64], places: NDArray[np.float64]) -> NDArray[np.float64]:
    """The reference as wide as the map that is to be turned like it."""
    centred = reference - reference.mean(axis=0)
    return np.asarray(centred * (places.std() / (centred.std() or 1.0)))


def _row(table: WordTable) -> int:
    try:
        return table.row(in_text(MAPPED, FIRST_ZH, table).value)
    except LearnerError:
        return next(iter(table.example_rows(1)), 0)


def _table(
    picture: Cloud, places: NDArray[np.float64]
) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    header = (_("word"), _("kind"), "x", "y")
    return header, [
        (picture.words[row], picture.names[group], *map(float, places[row]))
        for row, group in enumerate(picture.groups)
        if group >= 0
    ]
