"""The five stages of attention as one picture: switch the stage, pick a cell, read its arithmetic.

The attention lesson shows them for matrices edited by hand and for a trained head.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.figures import heatmap
from core.figures.heatmap import annotated_heatmap, heatmap_table
from core.figures.theme import ScaleName, number
from core.inspection.sharpness import entropy
from core.inspection.trace import Stage, Trace, arithmetic
from core.wording import N_
from pages.parts.labels import labels_of
from pages.parts.language import _
from pages.parts.link import linked_choice
from pages.parts.plot import Click, plot
from pages.parts.theme import theme

STAGES: tuple[Stage, ...] = ("scores", "scaled", "mask", "softmax", "output")


@dataclass(frozen=True, eq=False)
class Shown:
    """What is drawn: a trace, its tokens, the names of the output's columns.

    ``key`` prefixes every widget and so the link; ``row`` and ``column`` are the cell at first;
    ``divided`` is False where the trace was made without √d_k.
    """

    key: str
    trace: Trace
    tokens: tuple[str, ...]
    columns: tuple[str, ...]
    row: int = 0
    column: int = 0
    divided: bool = True

    def columns_of(self, stage: Stage) -> tuple[str, ...]:
        return self.columns if stage == "output" else self.tokens


def stage_switch(key: str, first: Stage = "softmax") -> Stage:
    """Five buttons for the stages, and back and next; the chosen stage is part of the link."""
    name = f"{key}_stage"
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        stage = linked_choice(
            st.segmented_control,
            _("Stage"),
            STAGES,
            key=name,
            first=first,
            words=lambda stage: _(_NAMES[stage]),
            required=True,
            label_visibility="collapsed",
        )
        place = STAGES.index(stage)
        with st.container(horizontal=True, gap="small", width="content"):
            _step_button("◀", _("Stage before"), name, place - 1)
            _step_button("▶", _("Next stage"), name, place + 1)
    st.caption(_(_SAYINGS[stage]))
    return stage


def show_stage(shown: Shown, stage: Stage, height: int = 400) -> tuple[int, int]:
    """The stage's matrix, and under it the arithmetic of the chosen cell; returns that cell."""
    picture = st.container()
    below = st.container()
    columns = shown.columns_of(stage)
    with below:
        row, column = _cell_boxes(shown, stage)
    with picture:
        _picture(shown, stage, (row, column), columns, height)
    with below:
        _arithmetic(shown, stage, row, column)
    return row, column


def attention_sentence(tokens: Sequence[str], weights: NDArray[np.float64], row: int) -> str:
    """Where a query looks most, what its row adds up to and how spread out it is."""
    shares = weights[row]
    visible = int(np.count_nonzero(shares > 0))
    return _(
        "**{query}** looks most at **{key}**: {weight}. Its row adds up to {total}; its entropy is "
        "{entropy} nats, of at most {most} for the {count} keys it can see."
    ).format(
        query=escaped(tokens[row]),
        key=escaped(tokens[int(np.argmax(shares))]),
        weight=number(float(shares.max())),
        total=number(float(shares.sum())),
        entropy=number(float(entropy(shares))),
        most=number(float(np.log(max(visible, 1)))),
        count=visible,
    )


def escaped(token: str) -> str:
    """A learner's token in Markdown, taken literally."""
    return "".join("\\" + sign if sign in "\\`*_{}[]()#+-.!|~$:<>" else sign for sign in token)


def _step_button(text: str, help_text: str, name: str, place: int) -> None:
    def step() -> None:
        st.session_state[name] = STAGES[place]

    st.button(
        text,
        key=f"{name}_{'back' if text == '◀' else 'next'}",
        help=help_text,
        on_click=step,
        disabled=not 0 <= place < len(STAGES),
    )


def _cell_boxes(shown: Shown, stage: Stage) -> tuple[int, int]:
    """The chosen cell as two boxes: what a click sets, what the link carries, what a keyboard reaches."""
    columns = shown.columns_of(stage)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        row = _box(f"{shown.key}_row", _("Query (row)"), shown.tokens, shown.row)
        label = _("Column of the output") if stage == "output" else _("Key (column)")
        column = _box(f"{shown.key}_column", label, columns, shown.column)
    return row, column


def _box(name: str, label: str, words: Sequence[str], first: int) -> int:
    """Positions count from 1 on the screen and in the link, from 0 inside."""
    chosen = linked_choice(
        st.selectbox,
        label,
        range(1, len(words) + 1),
        key=name,
        first=min(first, len(words) - 1) + 1,
        words=lambda place: f"{place} · {words[place - 1]}",
        width=170,
    )
    return chosen - 1


def _picture(
    shown: Shown, stage: Stage, cell: tuple[int, int], columns: tuple[str, ...], height: int
) -> None:
    values, scale = stage_values(shown.trace, stage)
    hidden = None if stage in ("scores", "scaled", "output") else shown.trace.mask
    words = {**heatmap.LABELS, "value": _VALUES[stage]}
    if stage == "output":
        words |= {"columns": N_("number of the value (column)"), "column": N_("column")}
    labels = labels_of(words)

    def pick(click: Click) -> None:
        st.session_state[f"{shown.key}_row"] = click.row + 1
        st.session_state[f"{shown.key}_column"] = click.column + 1

    plot(
        annotated_heatmap(
            values,
            shown.tokens,
            columns,
            theme(),
            mask=hidden,
            selected=cell,
            scale=scale,
            labels=labels,
        ),
        key=f"{shown.key}_picture",
        height=height,
        on_click=pick,
        caption=_(_CAPTIONS[stage]),
        table=heatmap_table(values, shown.tokens, columns, mask=hidden, labels=labels),
    )


def stage_values(trace: Trace, stage: Stage) -> tuple[NDArray[np.float64], ScaleName]:
    """A stage's matrix [q k] (the output: [q e]) and the scale that fits it."""
    values = {
        "scores": trace.scores,
        "scaled": trace.scaled,
        "mask": trace.masked,
        "softmax": trace.weights,
        "output": trace.output,
    }[stage]
    return values, "attention" if stage == "softmax" else "diverging"


def _arithmetic(shown: Shown, stage: Stage, row: int, column: int) -> None:
    """Line by line, each with its name. As inline mathematics, it wraps on a narrow screen."""
    target = shown.columns_of(stage)[column]
    says = [f"**{escaped(shown.tokens[row])} → {escaped(target)}**"]
    if stage == "scaled" and not shown.divided:
        says.append(_("The division is switched off: the score stays as it is."))
    else:
        hidden = _("hidden")
        lines = arithmetic(shown.trace, stage, row, column, decimals=2, hidden=hidden)
        names = _LINES[stage]
        if stage == "softmax" and shown.trace.shift[row]:
            names = (_SHIFTED, *names[1:])
        says += [
            f":gray[{_(name)}]  \n$\\displaystyle {_unbroken(line.latex)}$"
            for name, line in zip(names, lines, strict=False)
        ]
    with st.container(border=True, key=f"{shown.key}_arithmetic"):
        st.markdown("\n\n".join(says))


def _unbroken(latex: str) -> str:
    """Braces around each term of a sum: a line may end after a plus sign, never within a product."""
    sign = r" \approx " if r" \approx " in latex else " = "
    terms, equals, result = latex.rpartition(sign)
    return " + ".join(f"{{{term}}}" for term in terms.split(" + ")) + equals + result


_NAMES: dict[Stage, str] = {
    "scores": "Q·Kᵀ",
    "scaled": "÷√dₖ",
    "mask": N_("mask"),
    "softmax": "softmax",
    "output": "·V",
}
_SAYINGS: dict[Stage, str] = {
    "scores": N_("1 of 5 · Each query times each key: how well does the offer fit the question?"),
    "scaled": N_("2 of 5 · Every score divided by √dₖ, so that wide queries do not shout."),
    "mask": N_("3 of 5 · Hidden keys get −∞, before any shares are given out."),
    "softmax": N_("4 of 5 · Exponentials, divided by their row's sum: shares that add up to 1."),
    "output": N_("5 of 5 · Each value times its share, added up: what the token takes away."),
}
_VALUES: dict[Stage, str] = {
    "scores": N_("score"),
    "scaled": N_("scaled score"),
    "mask": N_("scaled score"),
    "softmax": N_("weight"),
    "output": N_("output"),
}
_CAPTIONS: dict[Stage, str] = {
    "scores": N_(
        "Row = who asks (query). Column = who is asked (key). Violet above 0, brown below."
    ),
    "scaled": N_(
        "Row = who asks (query). Column = who is asked (key). Violet above 0, brown below."
    ),
    "mask": N_("Row = who asks (query). Column = who is asked (key). Hatched = hidden, −∞."),
    "softmax": N_("Row = who asks (query). Column = who is looked at (key). Hatched = hidden, 0."),
    "output": N_("Row = token. Column = one number of its output, mixed from the values' numbers."),
}
_LINES: dict[Stage, tuple[str, ...]] = {
    "scores": (N_("query times key, number by number"), N_("the products, added up")),
    "scaled": (N_("the score, divided by √dₖ"),),
    "mask": (N_("0 for a visible key, −∞ for a hidden one"),),
    "softmax": (
        N_("the exponential of this score"),
        N_("the row's exponentials, added up"),
        N_("its share of the sum"),
    ),
    "output": (N_("weight times value, token by token"), N_("the products, added up")),
}
_SHIFTED = N_(
    "the exponential, after taking the row's largest score from all: shares stay the same"
)
