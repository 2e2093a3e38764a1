"""The words of a run on their way: a cloud that follows the scrubber, the nearest of a word, and the loss."""

from __future__ import annotations

import math

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.errors import LearnerError
from core.figures import loss
from core.spec.families.word_vectors import WordVectorsSpec
from core.store.look import Look
from core.store.view import RunView
from core.worked.vectors.neighbours import nearest
from core.worked.vectors.plane import Plane
from pages.embeddings.experiments import accuracy
from pages.embeddings.state import DEPTH, WORD
from pages.embeddings.tables import WordTable, base, in_language, in_text, plane_of, table_of
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _, worded
from pages.parts.frame.theme import theme
from pages.parts.training.panel import Panel, chosen_step
from pages.parts.training.scrubbing import follows
from pages.parts.training.sources import of_losses, of_run
from pages.parts.widgets.cloud import NEAR, Cloud, cloud
from pages.parts.widgets.plot import plot

CLOUD_HEIGHT = 460
LOSS_HEIGHT = 210
FIRST_ZH = "小狗"


def show_moving(panel: Panel, look: Look) -> None:
    """What the panel of this lesson shows: the cloud at the scrubber's step, and the losses."""
    step = chosen_step(panel)
    now, last = table_of(panel.view, step), table_of(panel.view)
    if now is None or last is None or panel.view is None or step is None:
        with st.container(border=True, height=CLOUD_HEIGHT + 160):
            st.caption(
                _(
                    "Each word of the text appears here as a point, and moves with every step of "
                    "the training."
                )
            )
        _show_losses(panel, step)
        return
    row = _row(now)
    picture = cloud_of(now, plane_of(last), last)
    cloud(
        picture,
        key="embeddings_cloud",
        height=CLOUD_HEIGHT,
        caption=_(
            "Each mark is a word, placed by its vector at this step. The axes are those on which "
            "the vectors of the newest step differ most; {share:.0%} of all their differences lie "
            "on the first two."
        ).format(share=explained(plane_of(last))),
        source=of_run(panel.spec, step=step),
        chosen=row,
        on_choose=lambda chosen: in_text(WORD, FIRST_ZH, now).set(now.words[chosen].strip("␣")),
        depth=DEPTH.value,
        on_depth=DEPTH.set,
        follows=follows(panel),
        table=lambda: cloud_table(picture),
    )
    _show_losses(panel, step)


def cloud_of(table: WordTable, plane: Plane, extent: WordTable | None = None) -> Cloud:
    """All words on the axes of ``plane``, as far as those of ``extent`` reach."""
    groups, names = table.groups
    rows = [row for row, group in enumerate(groups) if group >= 0]
    reach = plane.place((extent or table).vectors[rows])
    return Cloud(
        words=table.words,
        vectors=table.vectors,
        groups=groups,
        names=names,
        mean=plane.mean,
        axes=plane.axes,
        box=box_of(reach),
    )


def cloud_table(picture: Cloud) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """The drawn words with their classes and places."""
    places = (picture.vectors - picture.mean) @ picture.axes
    header = (
        _("word"),
        _("kind"),
        *(_("axis {n}").format(n=n + 1) for n in range(places.shape[1])),
    )
    return header, [
        (picture.words[row], picture.names[group], *map(float, places[row]))
        for row, group in enumerate(picture.groups)
        if group >= 0
    ]


def show_seen(panel: Panel | None, ready: RunView | None) -> None:
    """In a sentence, how many of the nearest words are of a word's own kind, at the start and at the
    scrubber's step."""
    run = panel.view if panel is not None and panel.view is not None else ready
    step = chosen_step(panel) if panel is not None and panel.view is not None else None
    if run is None or not run.full:
        return
    first, last = run.full_steps[0], run.full_steps[-1] if step is None else step
    if table_of(run, first) is None or table_of(run, last) is None:
        return
    after, before = (accuracy(run, at, "kinds") for at in (last, first))
    if math.isnan(after.mean):
        return
    st.markdown(
        _(
            "Of the five nearest of a word, **{after:.0%}** are of its own kind at step {step}; at "
            "step {first} it was {before:.0%}, and chance is {chance:.0%}."
        ).format(after=after.mean, step=last, first=first, before=before.mean, chance=after.chance)
    )


def truth_close(look: Look) -> str | None:
    """What the nearest words of the bet's word are, in the run that the lesson begins with: kind or topic;
    None where it is not trained."""
    table = table_of(look.finished(base()))
    if table is None:
        return None
    row = table.row(in_language(WORD, FIRST_ZH).first)
    found = nearest(table.vectors, table.vectors[row], NEAR, without=[row])
    kinds = [table.classes[int(one)] for one in found.rows]
    return "kind" if kinds.count(table.classes[row]) > NEAR / 2 else "topic"


def _row(table: WordTable) -> int:
    """The chosen word's row; another one's, and a sentence, where there is none."""
    typed = in_text(WORD, FIRST_ZH, table).box(_("Whose nearest words?"), width=260)
    try:
        return table.row(typed)
    except LearnerError as error:
        st.warning(worded(error))
        return next(iter(table.example_rows(1)), 0)


def _show_losses(panel: Panel, step: int | None) -> None:
    run, model = panel.view, panel.spec.model
    assert isinstance(model, WordVectorsSpec)
    snapshots = run.snapshots if run is not None else ()
    curve = loss.Curve(
        name=_("this run"),
        x=tuple(s.step for s in snapshots),
        train=tuple(s.train_loss for s in snapshots),
        validation=tuple(s.validation_loss for s in snapshots),
    )
    labels = {
        **labels_of(loss.LABELS),
        "y": _("loss (nats per pair)"),
        "uniform": _("guessing, {n} · ln 2 = {{value:.2f}}").format(n=model.negatives + 1),
    }
    figure = loss.loss_curves(
        [curve] if curve.x else [],
        theme(),
        uniform=model.guessing(),
        marker=step,
        end=panel.spec.recipe.steps,
        labels=labels,
    )
    figure.update_layout(meta={"follows": follows(panel)})
    plot(
        figure,
        key="embeddings_losses",
        height=LOSS_HEIGHT,
        caption=_(
            "What a true pair and its drawn words cost together. The dashed line is an even guess "
            "for each. Thin: text it trains on; thick: text it never sees."
        ),
        source=of_losses(panel.spec, run, None, step),
        table=lambda: loss.loss_table([curve], labels=labels),
    )


def explained(plane: Plane) -> float:
    """Which share of all differences lies on the first two axes."""
    return float(np.sum(plane.explained[:2]))


def box_of(places: NDArray[np.float64]) -> NDArray[np.float64]:
    """From where to where the words reach on each axis [axis 2]."""
    return np.stack([places.min(axis=0), places.max(axis=0)], axis=1)
