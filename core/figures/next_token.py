"""What a model expects next: one bar for each likely token, and one for all the others."""

from __future__ import annotations

from collections.abc import Sequence

from core.figures.cells import cells_meta
from core.figures.figure import Figure
from core.figures.theme import Labels, Theme, palette, plain, shortened, template, two_digits, words
from core.wording import N_

LABELS: Labels = {
    "probability": N_("probability"),
    "token": N_("next token"),
    "rest": N_("all other tokens"),
    "before": N_("before"),
    "chosen": N_("drawn"),
}

_LABELS_WIDE = 118
"""Pixels for the names at a whole axis, whatever they are: so bars of several pictures have one scale."""


def next_token_bars(
    tokens: Sequence[str],
    probabilities: Sequence[float],
    theme: Theme,
    chosen: int | None = None,
    before: Sequence[float] | None = None,
    rest: bool = True,
    whole: bool = False,
    colour: str | None = None,
    labels: Labels | None = None,
) -> Figure:
    """Horizontal bars, as ordered by the caller, first on top, with the numbers at their ends.

    ``chosen`` is the position of the drawn token; ``before`` are the same tokens' probabilities
    before sampling changed them, marked by a tick. With ``rest`` the bar of all other tokens is
    added, so that what is not shown is not forgotten. A ``whole`` axis goes from 0 to 100 %, so that
    several such pictures can be compared. A bar's customdata is its position.
    """
    _check(tokens, probabilities, before)
    text = words(labels, LABELS)
    colours = palette(theme)
    names = [*tokens]
    shares = [float(p) for p in probabilities]
    left = max(0.0, 1.0 - sum(shares))
    with_rest = rest and left > 5e-4
    if with_rest:
        names.append(text["rest"])
        shares.append(left)
    main = colour or colours.attention
    fills = [main] * len(tokens) + [colours.hatch] * with_rest
    ticks = shortened(names, 16 if whole else 18)
    ends = [percent(p) for p in shares]
    if chosen is not None:
        ends[chosen] = f"{ends[chosen]}  ◀ {plain(text['chosen'])}"
    figure = Figure(
        [
            {
                "type": "bar",
                "x": shares,
                "y": list(range(len(names))),
                "orientation": "h",
                "marker": {
                    "color": fills,
                    "line": {
                        "color": [colours.ink if i == chosen else main for i in range(len(names))],
                        "width": [2 if i == chosen else 0 for i in range(len(names))],
                    },
                    "cornerradius": 3,
                },
                "width": 0.72,
                "customdata": list(range(len(names))),
                "hovertext": [
                    f"{plain(name)}<br>{plain(text['probability'])} <b>{two_digits(share)}</b>"
                    for name, share in zip(names, shares, strict=True)
                ],
                "hovertemplate": "%{hovertext}<extra></extra>",
            }
        ]
    )
    if before is not None:
        figure.add_trace(
            {
                "type": "scatter",
                "x": [float(p) for p in before],
                "y": list(range(len(tokens))),
                "mode": "markers",
                "marker": {
                    "symbol": "line-ns-open",
                    "size": 16,
                    "color": colours.ink,
                    "line": {"width": 2, "color": colours.ink},
                },
                "hovertext": [
                    f"{plain(token)}<br>{plain(text['before'])} <b>{two_digits(p)}</b>"
                    for token, p in zip(tokens, before, strict=True)
                ],
                "hovertemplate": "%{hovertext}<extra></extra>",
            }
        )
    marks = [*(before or shares[: len(tokens)]), left]
    reach = [max(share, mark) for share, mark in zip(shares, marks, strict=False)]
    figure.add_trace(
        {
            "type": "scatter",
            "x": reach,
            "y": list(range(len(names))),
            "text": [f" {end}" for end in ends],
            "mode": "text",
            "textposition": "middle right",
            "textfont": {"color": colours.ink, "size": 12},
            "cliponaxis": False,
            "hoverinfo": "skip",
        }
    )
    longest = 1.0 if whole else max([*shares, *(before or ()), 0.02])
    figure.update_xaxes(range=[0, longest * 1.32], visible=whole)
    if whole:
        figure.update_xaxes(tickvals=[0, 0.5, 1], tickformat=".0%", showgrid=True)
        figure.update_yaxes(automargin=False)
        figure.update_layout(margin={"l": _LABELS_WIDE})
    figure.update_yaxes(
        tickmode="array",
        tickvals=list(range(len(names))),
        ticktext=ticks,
        tickfont={"color": colours.ink, "size": 13},
        range=[len(names) - 0.5, -0.5],
    )
    figure.update_layout(
        template=template(theme),
        meta=cells_meta(theme, [0], (len(names), 1), (chosen, 0)),
    )
    return figure


def next_token_table(
    tokens: Sequence[str],
    probabilities: Sequence[float],
    before: Sequence[float] | None = None,
    labels: Labels | None = None,
) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """The same as (header, rows), unrounded."""
    _check(tokens, probabilities, before)
    text = words(labels, LABELS)
    if before is None:
        return (text["token"], text["probability"]), [
            (token, float(p)) for token, p in zip(tokens, probabilities, strict=True)
        ]
    return (text["token"], text["before"], text["probability"]), [
        (token, float(b), float(p))
        for token, b, p in zip(tokens, before, probabilities, strict=True)
    ]


def percent(probability: float) -> str:
    """A probability at a bar's end: whole per cent, one decimal below ten, never a false zero."""
    if 0 < probability < 0.001:
        return "<0.1%"
    if probability == 0:
        return "0%"
    return f"{probability:.1%}" if probability < 0.0995 else f"{probability:.0%}"


def _check(
    tokens: Sequence[str], probabilities: Sequence[float], before: Sequence[float] | None
) -> None:
    if len(tokens) != len(probabilities) or (before is not None and len(before) != len(tokens)):
        raise ValueError("one probability for each token")
