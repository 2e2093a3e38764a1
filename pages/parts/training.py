"""The training panel: start, watch, stop, resume a run, and go back through it when it is done.

The page only reads the run's folder. While the run is alive a fragment polls it each second and renews
the learner's lease; loss, sample and head maps always stand at the same places, so nothing jumps.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.errors import LearnerError
from core.figures import grid, heatmap, loss
from core.runs.folder import RunFolder
from core.runs.state import RunState
from core.training.snapshot import Snapshot
from core.training.spec import GPTSpec, NGramSpec, RecurrentSpec, RunSpec
from pages.parts.knobs import CORPUS_NAMES
from pages.parts.labels import labels_of
from pages.parts.language import _, sentence, worded
from pages.parts.learner import learner
from pages.parts.plot import plot
from pages.parts.services import foreman, library, shipped
from pages.parts.theme import theme

LOSS_HEIGHT = 300
HEADS_HEIGHT = 300


@dataclass(frozen=True)
class Panel:
    """One training panel on a page. ``another`` asks the page for a specification not trained yet."""

    key: str
    spec: RunSpec
    seconds: float
    """About how long the training takes here."""
    another: Callable[[], None]
    own_text: str | None = None

    @property
    def folder(self) -> RunFolder | None:
        return library().find(self.spec.id)

    @property
    def alive(self) -> bool:
        folder = self.folder
        return folder is not None and folder.state.state.alive


def training_panel(panel: Panel) -> None:
    """Draw the panel; while its run is alive it redraws itself each second."""
    if st.session_state.pop(f"{panel.key}_start", False):
        _submit(panel)
    if panel.alive:
        st.fragment(_draw, run_every="1s")(panel, watched=True)
    else:
        _draw(panel, watched=False)


def run_words(spec: RunSpec) -> str:
    """A run in words: "GPT · 2 layers · 4 heads · 0.2 M · Tiny tales · seed 7"."""
    model = spec.model
    corpus = _(CORPUS_NAMES[spec.corpus.name])
    if isinstance(model, NGramSpec):
        words = [_("N-gram"), _("order {n}").format(n=model.order)]
    elif isinstance(model, RecurrentSpec):
        words = [model.cell.upper(), _("width {d}").format(d=model.width)]
    else:
        words = [
            "GPT",
            _("{n} layers").format(n=model.layers),
            _("{n} heads").format(n=model.heads),
        ]
    if not isinstance(model, NGramSpec):
        words.append(f"{spec.most_parameters() / 1e6:.1f} M")
    return " · ".join([*words, corpus, _("seed {n}").format(n=spec.seed)])


def expected_seconds(spec: RunSpec) -> float:
    """About how long a run takes: the shipped run's own time, scaled by steps, tokens and parameters."""
    base = shipped(spec.model.family)
    folder = library().find(base.id)
    snapshots = folder.snapshots() if folder else ()
    if not snapshots or isinstance(spec.model, NGramSpec):
        return 1.0
    return snapshots[-1].seconds * _work(spec) / _work(base)


def _work(spec: RunSpec) -> float:
    tokens = spec.recipe.steps * spec.recipe.batch * getattr(spec.model, "context", 1)
    return tokens * (spec.most_parameters() + 50_000)


def chosen_step(panel: Panel) -> int | None:
    """The step the scrubber stands on: the last full one while nobody has moved it."""
    folder = panel.folder
    steps = folder.full_steps if folder else ()
    if not steps:
        return None
    chosen = st.session_state.get(f"{panel.key}_step")
    return chosen if chosen in steps and not panel.alive else steps[-1]


def _draw(panel: Panel, watched: bool) -> None:
    folder = panel.folder
    state = folder.state if folder else None
    if watched and not (state and state.state.alive):
        st.rerun()
    with st.container(border=True, key=f"{panel.key}_panel"):
        st.caption(run_words(panel.spec))
        if state and state.state.alive:
            _show_progress(panel, folder)
        else:
            _show_controls(panel, folder)
        _show_pictures(panel, folder)


def _show_controls(panel: Panel, folder: RunFolder | None) -> None:
    state = folder.state if folder else None
    if state and state.state == RunState.DONE:
        steps = folder.full_steps
        left, right = st.columns([3, 2], vertical_alignment="bottom")
        with left:
            if len(steps) > 1:
                st.select_slider(
                    _("Step of the training: drag to go back in time"),
                    options=steps,
                    value=steps[-1],
                    key=f"{panel.key}_step",
                    bind="query-params",
                )
        with right:
            _train_button(panel, _("Train another"), panel.another)
        return
    if state and state.reason:
        st.warning(sentence(state.reason))
    if state and state.resumable:
        _train_button(panel, _("Resume"))
    elif state and state.state == RunState.FAILED:
        _train_button(panel, _("Try again"))
    else:
        _train_button(panel, _("Train (about {n} s)").format(n=max(1, round(panel.seconds))))


def _train_button(panel: Panel, label: str, before: Callable[[], None] | None = None) -> None:
    clicked = st.button(
        f"▶ {label}", key=f"{panel.key}_train", type="primary", on_click=before, width="stretch"
    )
    if not clicked:
        return
    if before is not None:
        st.session_state[f"{panel.key}_start"] = True
        st.rerun()
    _submit(panel)


def _submit(panel: Panel) -> None:
    """Ask for the run; if somebody trains it already, this learner joins in watching."""
    st.session_state.pop(f"{panel.key}_left", None)
    try:
        foreman().submit(panel.spec, learner(), own_text=panel.own_text)
    except LearnerError as error:
        st.warning(worded(error))
    else:
        st.rerun()


def _show_progress(panel: Panel, folder: RunFolder) -> None:
    joined = _keep_watching(panel)
    snapshots = folder.snapshots()
    left, right = st.columns([4, 1], vertical_alignment="center")
    with right:
        if joined and st.button("■ " + _("Stop"), key=f"{panel.key}_stop", width="stretch"):
            st.session_state[f"{panel.key}_left"] = panel.spec.id
            foreman().cancel(panel.spec.id, learner())
            st.rerun()
        if not joined:
            st.caption(_("Others still train this: it goes on."))
    with left:
        if folder.state.state == RunState.QUEUED:
            place = foreman().place(panel.spec.id)
            st.progress(
                0.0, _("Waiting for a free worker: place {n} in the queue").format(n=place or 1)
            )
            return
        total = panel.spec.recipe.steps
        step = snapshots[-1].step if snapshots else 0
        st.progress(
            min(step / total, 1.0),
            _("Step {step} of {total} · about {n} s left").format(
                step=step, total=total, n=_seconds_left(panel, snapshots)
            ),
        )


def _keep_watching(panel: Panel) -> bool:
    """Renew this learner's lease. Whoever opens a run that is being trained shares it, unless they have
    stopped it for themselves; False then."""
    if st.session_state.get(f"{panel.key}_left") == panel.spec.id:
        return False
    try:
        if not foreman().renew(panel.spec.id, learner()):
            foreman().submit(panel.spec, learner(), own_text=panel.own_text)
    except LearnerError:
        return False
    return True


def _seconds_left(panel: Panel, snapshots: tuple[Snapshot, ...]) -> int:
    if not snapshots or not snapshots[-1].step:
        return round(panel.seconds)
    last = snapshots[-1]
    return round(last.seconds * (panel.spec.recipe.steps - last.step) / last.step)


def _show_pictures(panel: Panel, folder: RunFolder | None) -> None:
    snapshots = folder.snapshots() if folder else ()
    step = chosen_step(panel)
    has_heads = isinstance(panel.spec.model, GPTSpec)
    left, right = st.columns([1, 1] if has_heads else [3, 2], gap="medium")
    with left:
        _show_losses(panel, folder, snapshots, step)
    with right:
        if has_heads:
            _show_heads(panel, folder, snapshots, step)
        else:
            _show_sample(snapshots, step)
    if has_heads:
        _show_sample(snapshots, step)


def _show_losses(
    panel: Panel, folder: RunFolder | None, snapshots: tuple[Snapshot, ...], step: int | None
) -> None:
    curves = [_curve(_("this run"), snapshots)]
    typical = shipped(panel.spec.model.family)
    shipped_folder = library().find(typical.id)
    if shipped_folder is not None and typical.id != panel.spec.id:
        curves.append(_curve(_("the run that ships"), shipped_folder.snapshots()))
    reference = folder if snapshots else shipped_folder
    vocabulary = reference.tokenizer().vocabulary_size if reference is not None else None
    drawn = [curve for curve in curves if curve.x]
    figure = loss.loss_curves(
        drawn,
        theme(),
        uniform=float(np.log(vocabulary)) if vocabulary else None,
        marker=step if not panel.alive else None,
        end=None if isinstance(panel.spec.model, NGramSpec) else panel.spec.recipe.steps,
        labels=labels_of(loss.LABELS),
    )
    plot(
        figure,
        key=f"{panel.key}_losses",
        height=LOSS_HEIGHT,
        caption=_(
            "Loss in nats per token: lower is better. The dashed line, ln V, is blind guessing. "
            "Thin: text it trains on; thick: text it never sees."
        ),
        table=loss.loss_table(drawn, labels=labels_of(loss.LABELS)),
    )


def _curve(name: str, snapshots: tuple[Snapshot, ...]) -> loss.Curve:
    return loss.Curve(
        name=name,
        x=tuple(s.step for s in snapshots),
        train=tuple(s.train_loss for s in snapshots),
        validation=tuple(s.validation_loss for s in snapshots),
    )


def _show_sample(snapshots: tuple[Snapshot, ...], step: int | None) -> None:
    found = next((s for s in snapshots if s.step == step), None)
    with st.container(border=True, height=170):
        if found is None or found.sample is None:
            st.caption(_("What the model writes appears here, from noise to sentences."))
            return
        st.caption(
            _("What it writes at step {step} (validation loss {loss:.2f})").format(
                step=found.step, loss=found.validation_loss or float("nan")
            )
        )
        st.code(found.sample, language=None, wrap_lines=True)


def _show_heads(
    panel: Panel, folder: RunFolder | None, snapshots: tuple[Snapshot, ...], step: int | None
) -> None:
    maps = folder.attention(step) if folder and step is not None else None
    probe = next((s.probe for s in snapshots if s.step == step and s.probe), None)
    if maps is None or probe is None:
        with st.container(border=True, height=HEADS_HEIGHT):
            st.caption(
                _("Where each head looks appears here: one square per head, one row per layer.")
            )
        return
    chosen = st.session_state.get(f"{panel.key}_head")
    clicked = plot(
        grid.head_grid(
            maps,
            probe,
            theme(),
            selected=chosen,
            mask=_hidden(len(probe)),
            labels=labels_of(grid.LABELS),
        ),
        key=f"{panel.key}_head_grid",
        height=HEADS_HEIGHT,
        selectable=True,
        caption=_(
            "One square per head, one row of squares per layer; in each, a row is the word that asks "
            "and a column the word it looks at. Click a head to open it."
        ),
        table=grid.head_table(maps, probe, labels=labels_of(grid.LABELS)),
    )
    if clicked is not None and clicked.customdata:
        head = tuple(int(number) for number in clicked.customdata[:2])
        if head != chosen:
            st.session_state[f"{panel.key}_head"] = head
            st.rerun()


def show_chosen_head(panel: Panel, first: tuple[int, int] = (0, 0)) -> None:
    """The head clicked in the grid, or ``first``, large, at the step of the scrubber."""
    folder, step = panel.folder, chosen_step(panel)
    head = st.session_state.get(f"{panel.key}_head", first)
    if folder is None or step is None:
        return
    maps = folder.attention(step)
    probe = next((s.probe for s in folder.snapshots() if s.step == step and s.probe), None)
    if maps is None or probe is None or head[0] >= maps.shape[0] or head[1] >= maps.shape[1]:
        return
    weights = maps[head[0], head[1]]
    hidden = _hidden(len(probe))
    labels = labels_of(heatmap.LABELS)
    plot(
        heatmap.annotated_heatmap(weights, probe, probe, theme(), mask=hidden, labels=labels),
        key=f"{panel.key}_chosen_head",
        height=520,
        caption=_("Layer {layer}, head {head}, at step {step}. Each row sums to 1.").format(
            layer=head[0], head=head[1], step=step
        ),
        table=heatmap.heatmap_table(weights, probe, probe, mask=hidden, labels=labels),
    )


def _hidden(size: int) -> NDArray[np.bool_]:
    """The causal mask [q k]: True where a key comes after its query."""
    return np.triu(np.ones((size, size), dtype=bool), k=1)
