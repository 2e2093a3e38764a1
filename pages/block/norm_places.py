"""Where the norm stands: a pre-norm and a post-norm block side by side, as two small diagrams."""

from __future__ import annotations

from core.figures.figure import Figure
from core.figures.theme import Palette, Theme, palette, plain, template
from core.wording import N_
from pages.parts.frame.language import _
from pages.parts.frame.theme import theme
from pages.parts.widgets.plot import plot
from pages.parts.widgets.shared.source import Source

_PRE: tuple[str, ...] = ("norm", "attention", "+", "norm", "mlp", "+")
_POST: tuple[str, ...] = ("attention", "+", "norm", "mlp", "+", "norm")
_WORDS = {"norm": "LayerNorm", "attention": N_("Attention"), "mlp": "MLP", "+": N_("add")}
_STREAM, _BRANCH = 0.0, 1.25
_HALF_WIDTH, _HALF_HEIGHT = 0.72, 0.3
_APART = 2.9
"""From one diagram's stream to the other's."""


def show_places() -> None:
    """Both diagrams in one picture, read from below as signals run; the table has them as words."""
    plot(
        places(theme()),
        key="block_places",
        height=430,
        caption=_(
            "Read from below. Thick line: the residual stream. Left it is only added to; right it also "
            "runs through every norm."
        ),
        source=Source("diagram", (_("It shows the order of the parts and has no numbers."),)),
        table=(
            (_("step"), _("pre-norm"), _("post-norm")),
            [(place + 1, _step(_PRE, place), _step(_POST, place)) for place in range(len(_PRE))],
        ),
    )


def places(mode: Theme) -> Figure:
    """The two diagrams on one canvas without axes."""
    colours = palette(mode)
    figure = Figure()
    _diagram(figure, colours, 0.0, _("pre-norm"), _PRE)
    _diagram(figure, colours, _APART, _("post-norm"), _POST)
    figure.update_xaxes(visible=False, range=[-0.9, _APART + _BRANCH + 0.85])
    figure.update_yaxes(visible=False, range=[-0.75, len(_PRE) + 0.6])
    figure.update_layout(template=template(mode), meta={"theme": mode}, hovermode=False)
    return figure


def _diagram(
    figure: Figure, colours: Palette, x: float, title: str, steps: tuple[str, ...]
) -> None:
    """One block; steps that read the stream stand beside it, a norm of the stream stands in it."""
    stream, branch = x + _STREAM, x + _BRANCH
    _line(figure, colours.ink, 4, (stream, -0.45), (stream, len(steps) - 0.35))
    _write(figure, colours.ink, stream, -0.62, "x")
    _write(figure, colours.ink, (stream + branch) / 2, len(steps) + 0.3, f"<b>{plain(title)}</b>")
    post = steps is _POST
    begin = 0.0
    for y, step in enumerate(steps):
        if step == "+":
            _line(figure, colours.muted, 2, (branch, y), (stream + 0.2, y))
            _circle(figure, colours, stream, y)
            begin = y + 1.0
            continue
        inside = post and step == "norm"
        if inside:
            begin = y + 1.0
        elif y == begin:
            _line(figure, colours.muted, 2, (stream, y - 0.42), (branch, y - 0.42))
            _line(figure, colours.muted, 2, (branch, y - 0.42), (branch, y))
        if not inside:
            _line(figure, colours.muted, 2, (branch, y), (branch, y + 1))
        _box(figure, colours, stream if inside else branch, y, step)


def _box(figure: Figure, colours: Palette, x: float, y: float, step: str) -> None:
    edge = {"attention": colours.attention, "mlp": colours.value}.get(step, colours.muted)
    figure.add_shape(
        type="rect",
        x0=x - _HALF_WIDTH,
        x1=x + _HALF_WIDTH,
        y0=y - _HALF_HEIGHT,
        y1=y + _HALF_HEIGHT,
        fillcolor=colours.surface,
        line={"color": edge, "width": 2, "dash": "dot" if step == "norm" else "solid"},
        layer="above",
    )
    _write(figure, colours.ink, x, y, plain(_(_WORDS[step])))


def _circle(figure: Figure, colours: Palette, x: float, y: float) -> None:
    figure.add_shape(
        type="circle",
        x0=x - 0.2,
        x1=x + 0.2,
        y0=y - 0.26,
        y1=y + 0.26,
        fillcolor=colours.surface,
        line={"color": colours.ink, "width": 2},
        layer="above",
    )
    _write(figure, colours.ink, x, y, "<b>+</b>")


def _line(
    figure: Figure,
    colour: str,
    width: float,
    begin: tuple[float, float],
    end: tuple[float, float],
) -> None:
    figure.add_shape(
        type="line",
        x0=begin[0],
        y0=begin[1],
        x1=end[0],
        y1=end[1],
        line={"color": colour, "width": width},
        layer="below",
    )


def _write(figure: Figure, colour: str, x: float, y: float, text: str) -> None:
    figure.add_annotation(x=x, y=y, text=text, showarrow=False, font={"color": colour, "size": 13})


def _step(steps: tuple[str, ...], place: int) -> str:
    return _(_WORDS[steps[place]])
