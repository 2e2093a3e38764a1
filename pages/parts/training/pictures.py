"""What a run shows while it trains and afterwards: its losses, its heads, what it writes."""

from __future__ import annotations

from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.figures import grid, heatmap, loss
from core.figures.bars.counted_losses import loss_bars
from core.figures.figure import Figure
from core.spec.run import RunSpec
from core.spec.text import CorpusSpec, TokenizerSpec
from core.store.look import Look
from core.store.snapshot import Snapshot
from core.store.starters import starter_of
from core.store.view import RunView
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _, in_a_row, phrase
from pages.parts.frame.theme import theme
from pages.parts.training.comparable import loss_words, show_unknown
from pages.parts.training.panel import Panel, chosen_step, lowest, run_words
from pages.parts.training.scrubbing import follows
from pages.parts.training.sources import of_losses, of_run
from pages.parts.training.watched import show_next
from pages.parts.widgets.at_step import Beside, sample_at_step, words_at_step
from pages.parts.widgets.plot import plot

LOSS_HEIGHT = 300
HEADS_HEIGHT = 300
SAMPLE_HEIGHT = 170
NEXT_HEIGHT = 300
CHOSEN_HEIGHT = 520


def show_pictures(panel: Panel, look: Look) -> None:
    run, step = panel.view, chosen_step(panel)
    has_heads = "attention" in panel.spec.model.snapshot_arrays
    ships = starter_of(panel.spec.model.family)
    left, right = st.columns([1, 1] if has_heads else [3, 2], gap="medium")
    with left:
        other = look.finished(panel.beside) if panel.beside is not None else None
        _show_losses(panel, look.at(ships.spec) if ships is not None else None, step, other)
    with right:
        if has_heads:
            _show_heads(panel, step)
        else:
            _show_sample(panel, step, LOSS_HEIGHT)
    if has_heads:
        _show_sample_and_next(panel, step, look.at(ships.spec) if ships is not None else None)
    _offer_lowest(panel, step)
    show_unknown(run)


def _offer_lowest(panel: Panel, step: int | None) -> None:
    """Of a run that went on too long: a button to where its validation loss was lowest."""
    best = lowest(panel.view)
    if best is None or panel.view is None:
        return
    st.button(
        _("Go to the lowest validation loss, step {step}").format(step=best.step),
        key=f"{panel.key}_lowest",
        disabled=step == best.step,
        on_click=panel.state.step.among(panel.view.full_steps).set,
        args=(best.step,),
    )


def _mark_lowest(figure: Figure, best: Snapshot | None) -> None:
    if best is None:
        return
    figure.add_annotation(
        x=best.step,
        y=best.validation_loss,
        text=_("lowest"),
        showarrow=True,
        arrowhead=2,
        ax=0,
        ay=34,
        font={"size": 12},
    )


def _show_losses(
    panel: Panel, typical: RunView | None, step: int | None, other: RunView | None = None
) -> None:
    """The run's losses beside those of ``typical``, the run that ships, and of ``other``, of another family,
    where these read the same text."""
    run = panel.view
    curves = [_curve(_("this run"), run.snapshots if run is not None else ())]
    if typical is not None and _reads(typical.spec) != _reads(panel.spec):
        typical = None  # losses per token compare on the same tokens only
    if typical is not None and typical.id != panel.spec.id:
        curves.append(_curve(_("the run that comes with the course"), typical.snapshots))
    if other is not None and _reads(other.spec) == _reads(panel.spec):
        curves.append(_curve(phrase(other.spec.model.in_words()[0]), other.snapshots))
    reference = run if run is not None and run.snapshots else typical
    vocabulary = reference.tokenizer.vocabulary_size if reference is not None else None
    drawn = [curve for curve in curves if curve.x]
    uniform = float(np.log(vocabulary)) if vocabulary else None
    labels = labels_of(loss.LABELS)
    if panel.spec.model.descends:
        figure = loss.loss_curves(
            drawn,
            theme(),
            uniform=uniform,
            marker=step,
            end=panel.spec.recipe.steps,
            labels=labels,
        )
        figure.update_layout(meta={"follows": follows(panel)})
        _mark_lowest(figure, lowest(run))
        how = _("Thin: text it trains on; thick: text it never sees.")
    else:
        figure = loss_bars(drawn, theme(), uniform=uniform, labels=labels)
        how = _("On the text it has counted, and on text it has never seen.")
    said = [
        _("Loss in nats per token: lower is better. The dashed line, ln V, is blind guessing."),
        how,
    ]
    if typical is not None and typical.id != panel.spec.id:
        said.append(
            _("The run that comes with the course: {run}.").format(run=run_words(typical.spec))
        )
    plot(
        figure,
        key=f"{panel.key}_losses",
        height=LOSS_HEIGHT,
        caption=in_a_row(said),
        source=of_losses(panel.spec, run, typical, step),
        table=loss.loss_table(drawn, labels=labels_of(loss.LABELS)),
    )


def _reads(spec: RunSpec) -> tuple[CorpusSpec, TokenizerSpec]:
    return spec.corpus, spec.tokenizer


def _curve(name: str, snapshots: tuple[Snapshot, ...]) -> loss.Curve:
    return loss.Curve(
        name=name,
        x=tuple(s.step for s in snapshots),
        train=tuple(s.train_loss for s in snapshots),
        validation=tuple(s.validation_loss for s in snapshots),
    )


def _show_sample_and_next(panel: Panel, step: int | None, typical: RunView | None) -> None:
    if "next_tokens" not in panel.spec.model.snapshot_arrays:
        _show_sample(panel, step, SAMPLE_HEIGHT)
        return
    left, right = st.columns([1, 1], gap="medium")
    with left:
        _show_sample(panel, step, NEXT_HEIGHT, _typical_samples(panel, typical))
    with right:
        show_next(panel, step, NEXT_HEIGHT)


def _typical_samples(panel: Panel, typical: RunView | None) -> Beside | None:
    """What the run that ships wrote, where it reads the same text and is another one."""
    if typical is None or typical.id == panel.spec.id or _reads(typical.spec) != _reads(panel.spec):
        return None
    return Beside(
        _("The run that comes with the course, at step {step} (validation loss {loss})"),
        [
            (snapshot.step, loss_words(snapshot), snapshot.sample)
            for snapshot in typical.full
            if snapshot.sample is not None
        ],
    )


def _show_sample(panel: Panel, step: int | None, height: int, beside: Beside | None = None) -> None:
    found = panel.view.at(step) if panel.view is not None else None
    sample_at_step(
        _("What it writes at step {step} (validation loss {loss})")
        if panel.spec.model.descends
        else _("What it writes (validation loss {loss})"),
        found.sample if found is not None else None,
        key=f"{panel.key}_sample",
        height=height,
        empty=_("What the model writes appears here, from noise to sentences.")
        if panel.spec.model.descends
        else _("What the model writes appears here."),
        follows=follows(panel),
        loss=loss_words(found),
        beside=beside,
    )


def _show_heads(panel: Panel, step: int | None) -> None:
    found = _heads(panel.view, step)
    if found is None:
        with st.container(border=True, height=HEADS_HEIGHT):
            st.caption(
                _("Where each head looks appears here: one square per head, one row per layer.")
            )
        return
    maps, probe = found
    chosen = panel.state.head.value
    figure = grid.head_grid(
        maps,
        probe,
        theme(),
        selected=chosen,
        mask=_hidden(len(probe)),
        labels=labels_of(grid.LABELS),
    )
    figure.update_layout(meta={"follows": follows(panel)})
    clicked = plot(
        figure,
        key=f"{panel.key}_head_grid",
        height=HEADS_HEIGHT,
        selectable=True,
        caption=_(
            "One square per head, one row of squares per layer; in each, a row is the word that asks "
            "and a column the word it looks at. Click a head to open it."
        ),
        source=of_run(panel.spec, step=step),
        table=grid.head_table(maps, probe, labels=labels_of(grid.LABELS)),
    )
    if clicked is not None and clicked.customdata:
        layer, within = (int(str(number)) for number in clicked.customdata[:2])
        head = (layer, within)
        if head != chosen:
            panel.state.head.set(head)
            st.rerun()


def show_chosen_head(panel: Panel, first: tuple[int, int] = (0, 0)) -> None:
    """The head clicked in the grid, or ``first``, large, at the step of the scrubber."""
    step = chosen_step(panel)
    head = panel.state.head.value or first
    found = _heads(panel.view, step)
    if found is None:
        if panel.is_alive:
            with st.container(border=True, height=CHOSEN_HEIGHT):
                st.caption(
                    _("The head that you open appears here, large, once it has been looked at.")
                )
        return
    maps, probe = found
    if head[0] >= maps.shape[0] or head[1] >= maps.shape[1]:
        return
    weights = maps[head[0], head[1]]
    hidden = _hidden(len(probe))
    labels = labels_of(heatmap.LABELS)
    figure = heatmap.annotated_heatmap(weights, probe, probe, theme(), mask=hidden, labels=labels)
    following = follows(panel, alone=True, head=head)
    assert following is not None
    figure.update_layout(meta={"follows": following})
    named = {"layer": head[0], "head": head[1]}
    words_at_step(
        _("Layer {layer}, head {head}, at step {step} (validation loss {loss})").format(
            **named, step="{step}", loss="{loss}"
        ),
        key=f"{panel.key}_chosen_head_step",
        follows=following,
        loss=loss_words(panel.view.at(step) if panel.view is not None else None),
    )
    plot(
        figure,
        key=f"{panel.key}_chosen_head",
        height=CHOSEN_HEIGHT,
        caption=_("Layer {layer}, head {head}. Each row sums to 1.").format(**named),
        source=of_run(panel.spec, step=step, layer=head[0], head=head[1]),
        table=heatmap.heatmap_table(weights, probe, probe, mask=hidden, labels=labels),
    )


def _heads(run: RunView | None, step: int | None) -> tuple[NDArray[Any], tuple[str, ...]] | None:
    """All heads' attention [l h q k] at a step and the tokens they look at; None where there is none."""
    if run is None or step is None:
        return None
    maps, snapshot = run.arrays(step).get("attention"), run.at(step)
    if maps is None or snapshot is None or not snapshot.probe:
        return None
    return maps, snapshot.probe


def _hidden(size: int) -> NDArray[np.bool_]:
    """The causal mask [q k]: True where a key comes after its query."""
    return np.triu(np.ones((size, size), dtype=bool), k=1)
