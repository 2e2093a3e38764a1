"""How runs learned: loss in nats per token, training thin, validation thick, chance dashed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from core.figures.figure import Figure, Trace, scatter
from core.figures.lines import level_line, upright_line
from core.figures.theme import Labels, Palette, Series, Theme, palette, plain, template, words
from core.wording import N_

LABELS: Labels = {
    "x": N_("step"),
    "y": N_("loss (nats per token)"),
    "train": N_("training"),
    "validation": N_("validation"),
    "uniform": N_("guessing evenly, ln V = {value:.2f}"),
    "typical": N_("typical"),
    "run": N_("run"),
}


@dataclass(frozen=True)
class Curve:
    """One run: at each ``x`` (steps or seconds) its losses, None where none was measured."""

    name: str
    x: Sequence[float]
    train: Sequence[float | None]
    validation: Sequence[float | None]

    def __post_init__(self) -> None:
        if not len(self.x) == len(self.train) == len(self.validation):
            raise ValueError(f"curve {self.name}: x, train and validation differ in length")


@dataclass(frozen=True)
class Band:
    """What is usual at each ``x``: between ``low`` and ``high``."""

    x: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]


def loss_curves(
    runs: Sequence[Curve],
    theme: Theme,
    uniform: float | None = None,
    typical: Band | None = None,
    marker: float | None = None,
    end: float | None = None,
    labels: Labels | None = None,
) -> Figure:
    """Loss curves of several runs on one pair of axes.

    ``uniform`` is ln V, the loss of guessing evenly. ``marker`` is where the scrubber stands; the
    validation losses measured nearest to it are dotted; ``meta.marker`` has the place of its ``line``
    among the shapes, and those of the ``dots`` among the traces, each with its curve's. ``end`` is the
    last x of the finished drawing, so that a live curve does not move its axis. A run with one
    validation loss (an N-gram has no steps) is a level line. Losses that are not finite are left out.
    """
    text = words(labels, LABELS)
    colours = palette(theme)
    last = _last(runs, end)
    figure = Figure()
    if typical is not None:
        figure.add_trace(_band(typical, colours, text))
    dots: list[tuple[int, int]] = []
    for position, run in enumerate(runs):
        style = colours.series[position % len(colours.series)]
        figure.add_traces(_lines(run, style, last, marker, text, alone=len(runs) == 1))
        place = len(figure.traces) - 1
        if figure.traces[place]["mode"] == "markers":
            dots.append((place, place - 1))
    figure.update_xaxes(title={"text": plain(text["x"])}, range=[0, last], nticks=6, showline=True)
    figure.update_yaxes(
        title={"text": plain(text["y"])},
        range=[0, _top(runs, uniform)],
        nticks=6,
        showgrid=True,
    )
    figure.update_layout(
        template=template(theme), showlegend=True, margin={"r": 22}, meta={"theme": theme}
    )
    if uniform is not None:
        level_line(figure, uniform, text["uniform"].format(value=uniform), colours)
    if marker is not None:
        upright_line(figure, marker, colours.ink)
        line = len(figure.settings["shapes"]) - 1
        figure.update_layout(meta={"marker": {"line": line, "dots": dots}})
    return figure


def loss_table(
    runs: Sequence[Curve], labels: Labels | None = None
) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """The same as (header, rows): run, step, training and validation loss, unrounded."""
    text = words(labels, LABELS)
    lines: list[tuple[object, ...]] = [
        (run.name, x, train, validation)
        for run in runs
        for x, train, validation in zip(run.x, run.train, run.validation, strict=True)
    ]
    return (text["run"], text["x"], text["train"], text["validation"]), lines


def measured(x: Sequence[float], losses: Sequence[float | None]) -> tuple[list[float], list[float]]:
    """The places where a loss was measured and is a number, and those losses."""
    kept = [
        (at, loss)
        for at, loss in zip(x, losses, strict=True)
        if loss is not None and isfinite(loss)
    ]
    return [at for at, _ in kept], [loss for _, loss in kept]


def _lines(
    run: Curve, style: Series, last: float, marker: float | None, text: Labels, alone: bool
) -> list[Trace]:
    name = plain(run.name)
    x, losses = measured(run.x, run.validation)
    if len(x) == 1 and len(run.x) == 1:
        x, losses = [0.0, last], losses * 2
    traces = []
    train_x, train = measured(run.x, run.train)
    if len(train_x) > 1:
        traces.append(
            scatter(
                x=train_x,
                y=train,
                mode="lines",
                line={"color": style.colour, "width": 1},
                opacity=0.55,
                name=plain(text["train"]) if alone else f"{name}, {plain(text['train'])}",
                showlegend=alone,
                legendgroup=None if alone else name,
                hovertemplate=_hover(name, text, "train"),
            )
        )
    traces.append(
        scatter(
            x=x,
            y=losses,
            mode="lines",
            line={"color": style.colour, "width": 3, "dash": style.dash},
            name=plain(text["validation"]) if alone else name,
            legendgroup=None if alone else name,
            hovertemplate=_hover(name, text, "validation"),
        )
    )
    if marker is not None and x:
        nearest = min(range(len(x)), key=lambda i: abs(x[i] - marker))
        traces.append(
            scatter(
                x=[x[nearest]] if len(run.x) > 1 else [marker],
                y=[losses[nearest]],
                mode="markers",
                marker={"color": style.colour, "size": 11, "symbol": style.symbol},
                showlegend=False,
                hovertemplate=_hover(name, text, "validation"),
            )
        )
    return traces


def _hover(name: str, text: Labels, kind: str) -> str:
    named = name.replace("%", "&#37;")
    x = plain(text["x"]).replace("%", "&#37;")
    return f"{named} · {plain(text[kind])}<br>{x} %{{x:.4~g}}: <b>%{{y:.3f}}</b><extra></extra>"


def _band(typical: Band, colours: Palette, text: Labels) -> Trace:
    return scatter(
        x=[*typical.x, *reversed(typical.x)],
        y=[*typical.high, *reversed(typical.low)],
        fill="toself",
        mode="lines",
        line={"width": 0},
        fillcolor=colours.line,
        opacity=0.6,
        name=plain(text["typical"]),
        hoverinfo="skip",
    )


def _last(runs: Sequence[Curve], end: float | None) -> float:
    return max([end or 0.0, *(max(run.x, default=0.0) for run in runs)]) or 1.0


def _top(runs: Sequence[Curve], uniform: float | None) -> float:
    """The y axis ends a little above everything, but an exploding loss leaves the picture."""
    losses = [
        loss
        for run in runs
        for kind in (run.train, run.validation)
        for loss in measured(run.x, kind)[1]
    ]
    top = max([*losses, uniform or 0.0, 1.0]) * 1.12
    return min(top, uniform * 1.6) if uniform else top
