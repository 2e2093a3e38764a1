"""Colours with a meaning, in light and in dark, and the Plotly template that carries them.

Query blue, key red, value green, attention purple, in both themes and never by colour alone. In the
dark theme every scale is reversed: low melts into the background, high is light.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import pairwise
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Theme = Literal["light", "dark"]
ScaleName = Literal["attention", "diverging", "count", "gate"]
ColourScale = tuple[tuple[float, str], ...]
Labels = Mapping[str, str]

FONT = (
    "'Source Sans', 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', "
    "'Noto Sans CJK SC', sans-serif"
)


@dataclass(frozen=True)
class Series:
    """How one of several lines is told from the others: colour, dash and marker."""

    colour: str
    dash: str
    symbol: str


@dataclass(frozen=True)
class Palette:
    """One theme's colours, as ``#rrggbb``."""

    paper: str
    surface: str
    ink: str
    muted: str
    line: str
    query: str
    key: str
    value: str
    attention: str
    hatch: str
    scales: Mapping[ScaleName, ColourScale]
    series: tuple[Series, ...]


def palette(theme: Theme) -> Palette:
    """The colours of a theme."""
    return _PALETTES[theme]


@cache
def template(theme: Theme) -> dict[str, Any]:
    """Plotly's settings that every figure shares: transparent paper, no grid, compact margins."""
    colours = palette(theme)
    axis = {
        "showgrid": False,
        "zeroline": False,
        "ticks": "",
        "fixedrange": True,
        "automargin": True,
        "linecolor": colours.line,
        "gridcolor": colours.line,
        "tickfont": {"color": colours.muted, "size": 12},
        "title": {"font": {"color": colours.muted, "size": 13}, "standoff": 8},
    }
    return {
        "layout": {
            "font": {"family": FONT, "size": 13, "color": colours.ink},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "colorway": [series.colour for series in colours.series],
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8, "pad": 2},
            "dragmode": False,
            "hovermode": "closest",
            "showlegend": False,
            "hoverlabel": {
                "bgcolor": colours.surface,
                "bordercolor": colours.line,
                "font": {"family": FONT, "size": 13, "color": colours.ink},
                "align": "left",
            },
            "legend": {
                "orientation": "h",
                "x": 0,
                "y": 1.02,
                "yanchor": "bottom",
                "font": {"size": 12, "color": colours.ink},
                "bgcolor": "rgba(0,0,0,0)",
            },
            "modebar": {
                "bgcolor": "rgba(0,0,0,0)",
                "color": colours.muted,
                "activecolor": colours.attention,
            },
            "xaxis": axis,
            "yaxis": axis,
        }
    }


def colour_at(scale: ColourScale, share: float) -> str:
    """The colour at ``share`` (0 to 1) of a scale, interpolated in RGB as Plotly does."""
    share = min(max(share, 0.0), 1.0)
    for (low, first), (high, second) in pairwise(scale):
        if share <= high:
            part = (share - low) / (high - low)
            mixed = (
                round(a + (b - a) * part) for a, b in zip(_rgb(first), _rgb(second), strict=True)
            )
            return "#" + "".join(f"{channel:02x}" for channel in mixed)
    return scale[-1][1]


def contrast(first: str, second: str) -> float:
    """WCAG 2 contrast ratio of two ``#rrggbb`` colours, 1 to 21."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def ink_on(background: str) -> str:
    """An ink to read on ``background``: contrast of at least 4.5, soft where that is enough."""
    for ink in (_SOFT, _WHITE):
        if contrast(ink, background) >= 4.5:
            return ink
    return max((_BLACK, _WHITE), key=lambda ink: contrast(ink, background))


def inks_on(scale: ColourScale, shares: NDArray[np.float64]) -> list[str]:
    """``ink_on`` for many places on a scale at once: one ink for each share [n]."""
    stops = [stop for stop, _ in scale]
    channels = np.array([_rgb(colour) for _, colour in scale], dtype=np.float64)
    within = np.clip(np.nan_to_num(shares), 0, 1)
    mixed = np.stack([np.interp(within, stops, channel) for channel in channels.T], axis=-1)
    light = np.round(mixed) / 255
    linear = np.where(light <= 0.04045, light / 12.92, ((light + 0.055) / 1.055) ** 2.4)
    luminance = linear @ np.array([0.2126, 0.7152, 0.0722])
    soft, white = _luminance(_SOFT) + 0.05, 1.05
    dark_enough = (luminance + 0.05) / soft >= 4.5
    light_enough = white / (luminance + 0.05) >= 4.5
    blacker = (luminance + 0.05) / 0.05 >= white / (luminance + 0.05)
    chosen = np.where(
        dark_enough, _SOFT, np.where(light_enough, _WHITE, np.where(blacker, _BLACK, _WHITE))
    )
    inks: list[str] = chosen.tolist()
    return inks


def words(labels: Labels | None, defaults: Labels) -> dict[str, str]:
    """The figure's words: the defaults, replaced by ``labels`` where the page translates them.

    Raises KeyError for a label that the figure does not have: a typing error, not a translation.
    """
    unknown = set(labels or ()) - set(defaults)
    if unknown:
        raise KeyError(f"no such label: {', '.join(sorted(unknown))}")
    return {**defaults, **(labels or {})}


def plain(text: str) -> str:
    """A learner's text made safe for Plotly, which reads tags: ``<unk>`` must stay ``<unk>``."""
    return escape(text, quote=False).replace("\n", "⏎")


def shortened(tokens: Sequence[str], longest: int = 12) -> list[str]:
    """Tokens as axis labels: long ones end in an ellipsis, tags are harmless."""
    return [
        plain(token if len(token) <= longest else token[: longest - 1] + "…") for token in tokens
    ]


def number(value: float) -> str:
    """A value as it stands in a cell: always two decimals, no minus before zero."""
    if value != value:
        return "–"
    if abs(value) == float("inf"):
        return "∞" if value > 0 else "−∞"
    text = f"{value:.0f}" if abs(value) >= 1000 else f"{value:.2f}"
    return text.lstrip("-") if float(text) == 0 else text.replace("-", "−")


def thousandths(share: float) -> str:
    """A probability in a narrow column: three decimals, and never nothing of what is a little."""
    return "< 0.001" if 0 < share < 0.0005 else f"{share:.3f}"


def two_digits(value: float) -> str:
    """A value that may be small, as people write it: two significant digits and no power of ten, more where
    they would make a 1 of what is less. Of less than a millionth only that it is about nothing."""
    if 0 < abs(value) < 1e-6:
        return "≈ 0"
    for digits in range(2, 7):
        text = np.format_float_positional(value, precision=digits, fractional=False, trim="-")
        if abs(value) >= 1 or abs(float(text)) < 1:
            return text.replace("-", "−")
    return f"≈ {text}".replace("-", "−")


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (channel / 255 for channel in _rgb(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _even(*colours: str) -> ColourScale:
    return tuple((i / (len(colours) - 1), colour) for i, colour in enumerate(colours))


_SOFT, _BLACK, _WHITE = "#23222B", "#000000", "#FFFFFF"
_DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
_SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "x")


def _series(*colours: str) -> tuple[Series, ...]:
    return tuple(Series(*parts) for parts in zip(colours, _DASHES, _SYMBOLS, strict=True))


_PALETTES: Mapping[Theme, Palette] = {
    "light": Palette(
        paper="#FCFBF8",
        surface="#FFFFFF",
        ink="#23222B",
        muted="#6A6775",
        line="#DFDACF",
        query="#1F5FBF",
        key="#B3263A",
        value="#1B7A4B",
        attention="#6B4FBB",
        hatch="#B9B3A6",
        scales={
            "attention": _even("#F3F0FA", "#CDC2E8", "#9A86D0", "#6B4FBB", "#3B2090"),
            "diverging": _even("#8A4500", "#D9893A", "#F6F3EC", "#9A86D0", "#47289A"),
            "count": _even("#F1F3F1", "#BFD5D3", "#7FAEB2", "#3F7F8C", "#134C5C"),
            "gate": _even("#F1F3F1", "#BFD5D3", "#7FAEB2", "#3F7F8C", "#134C5C"),
        },
        series=_series("#6B4FBB", "#C25400", "#0068A8", "#00755A", "#A82E70", "#5C5A66"),
    ),
    "dark": Palette(
        paper="#16161C",
        surface="#202029",
        ink="#E9E7F0",
        muted="#A6A3B3",
        line="#34343F",
        query="#7FB2FF",
        key="#FF8F96",
        value="#6FCF97",
        attention="#A994F0",
        hatch="#4A4A58",
        scales={
            "attention": _even("#1F1E29", "#3D3168", "#6B52B4", "#A48FF0", "#E9E2FF"),
            "diverging": _even("#FFC48A", "#B36A1E", "#24232D", "#7A62C4", "#D5C8FF"),
            "count": _even("#1D2328", "#1F4650", "#35788A", "#6FB3C2", "#D3F1F5"),
            "gate": _even("#1D2328", "#1F4650", "#35788A", "#6FB3C2", "#D3F1F5"),
        },
        series=_series("#A994F0", "#FF9E5C", "#6CB8F5", "#4FC79F", "#F08CBF", "#B5B2C0"),
    ),
}
