"""The logit lens over the learner's sentence: what the model would say if it stopped after each part."""

from __future__ import annotations

from functools import partial

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.errors import LearnerError
from core.figures import next_token
from core.figures.inside import lens as picture
from core.figures.inside.lens import LensCells
from core.questions.inside import LogitLens, LogitLensAnswer
from core.spec.run import RunSpec
from pages.gpt.state import LENS_CELL, LENS_READ, LENS_TEXT
from pages.parts.exercises.box import after_bet
from pages.parts.frame.ask import ask
from pages.parts.frame.escaped import code
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _, worded
from pages.parts.frame.services import library, shipped
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.frame.unknown import name_unknown_to
from pages.parts.training.sources import of_run
from pages.parts.widgets.plot import Click, plot
from pages.parts.widgets.shared.source import Source

SLUG, BET = "gpt", "bet_lens"


def truth_lens() -> str | None:
    """What the model that ships mostly reads before its first block, at the tokens of the example."""
    spec = shipped("gpt")
    if not library().has(spec.id):
        return None
    found = ask(LogitLens(spec.id, LENS_TEXT.first))
    if found.itself[0].mean() > 0.5:
        return "itself"
    return "final" if _like_the_end(found)[0].mean() > 0.5 else "frequent"


@fragment
def show_lens(spec: RunSpec) -> None:
    """The sentence, and after the bet the grid, with the chosen cell's bars and ranks."""
    text = LENS_TEXT.box(_("Your sentence"))
    name_unknown_to(spec.id, text)
    after_bet(SLUG, BET, partial(_show_reading, spec, text))()


def _show_reading(spec: RunSpec, text: str) -> None:
    try:
        found = ask(LogitLens(spec.id, text))
    except LearnerError as error:
        st.warning(worded(error))
        return
    if LENS_READ.turned((spec.id, text)):
        LENS_CELL.forget()
    row, column = _cell(found)
    if found.cut:
        st.caption(
            _("The first {most} of {count} tokens are shown.").format(
                most=len(found.tokens), count=len(found.tokens) + found.cut
            )
        )
    source = of_run(spec, own_text=text != LENS_TEXT.first)
    left, right = st.columns([7, 5], gap="large")
    with left:
        _show_grid(found, (row, column), source)
    with right:
        _show_cell(found, row, column, source)
    st.markdown(_sentence(found))


def _cell(found: LogitLensAnswer) -> tuple[int, int]:
    """The chosen cell; at first the last one in which a part after layer 0 turned to the right token."""
    rows, columns = len(found.tokens), len(found.points)
    chosen = LENS_CELL.value
    if chosen is not None and chosen[0] < rows and chosen[1] < columns:
        return chosen
    begins = _last_of_layer_0(found) + 1
    late = np.argwhere(_changed(found)[begins:, :-1].T & (found.ranks[begins:] == 1).T)
    if not len(late):
        return max(0, rows - 2), columns - 1
    return int(late[-1][0]), begins + int(late[-1][1])


def _last_of_layer_0(found: LogitLensAnswer) -> int:
    return max(n for n, point in enumerate(found.points) if point.startswith("blocks.0."))


def _choose(click: Click) -> None:
    LENS_CELL.set((click.row, click.column))


def point_names(points: tuple[str, ...]) -> list[str]:
    """The points of a GPT as a reader knows them."""
    names = []
    for point in points:
        if point == "embedded":
            names.append(_("comes in"))
            continue
        layer = int(point.split(".")[1])
        words = _("attention {layer}") if point.endswith("attention") else _("MLP {layer}")
        names.append(words.format(layer=layer))
    return names


def _best(found: LogitLensAnswer) -> NDArray[np.str_]:
    """The best token at each point and position, [s t]."""
    return np.array([[cell[0] for cell in stage] for stage in found.best])


def _changed(found: LogitLensAnswer) -> NDArray[np.bool_]:
    """Whether the best token is another than at the point before, [s t]; at the first point never."""
    best = _best(found)
    same = np.ones((1, best.shape[1]), dtype=bool)
    return ~np.concatenate([same, best[1:] == best[:-1]])


def _like_the_end(found: LogitLensAnswer) -> NDArray[np.bool_]:
    """Whether the best token is the one that the whole model says, [s t]."""
    best = _best(found)
    return np.asarray(best == best[-1:])


def _cells(found: LogitLensAnswer) -> LensCells:
    right = np.zeros((len(found.points), len(found.tokens)), dtype=bool)
    right[:, :-1] = found.ranks == 1
    return LensCells(
        _best(found).T.tolist(),
        found.probabilities[:, :, 0].T,
        _changed(found).T,
        right.T,
    )


def _show_grid(found: LogitLensAnswer, chosen: tuple[int, int], source: Source) -> None:
    labels = labels_of(picture.LABELS)
    points = point_names(found.points)
    cells = _cells(found)
    plot(
        picture.lens_grid(cells, found.tokens, points, theme(), chosen, labels),
        key="gpt_lens_grid",
        height=90 + 42 * len(found.tokens),
        on_click=_choose,
        caption=_(
            "The text runs down, the model runs to the right. A cell: the best next token and its "
            "probability. A frame: another token than in the cell before. A tick: the token that really "
            "comes next."
        ),
        source=source,
        table=lambda: picture.lens_table(cells, found.tokens, points, labels),
    )


def _show_cell(found: LogitLensAnswer, row: int, column: int, source: Source) -> None:
    points = point_names(found.points)
    st.markdown(
        _("**{token}**, read at: {point}").format(
            token=code(found.tokens[row]), point=points[column]
        )
    )
    tokens, chances = found.best[column][row], found.probabilities[column, row]
    plot(
        next_token.next_token_bars(
            tokens, chances.tolist(), theme(), labels=labels_of(next_token.LABELS)
        ),
        key="gpt_lens_bars",
        height=240,
        caption=_("The five best tokens of the chosen cell."),
        source=source,
        table=next_token.next_token_table(tokens, chances.tolist()),
    )
    if row == len(found.tokens) - 1:
        st.caption(_("It is the last token: what comes next is not known, so it has no rank."))
        return
    ranks = found.ranks[:, row].tolist()
    chance_table = found.chances[:, row].tolist()
    plot(
        picture.rank_curve(ranks, points, found.vocabulary, theme(), labels_of(picture.LABELS)),
        key="gpt_lens_ranks",
        height=250,
        caption=_(
            "The rank of what really comes next, {token}, from part to part; 1 is best."
        ).format(token=found.tokens[row + 1]),
        source=source,
        table=(
            (_("read at"), _("rank"), _("probability")),
            list(zip(points, ranks, chance_table, strict=True)),
        ),
    )


def _sentence(found: LogitLensAnswer) -> str:
    """How often the token itself is read at first, and from where on the final answer stands."""
    agrees = _like_the_end(found).sum(axis=1)
    count, points = len(found.tokens), point_names(found.points)
    early = _last_of_layer_0(found)
    return _(
        "Before the first block the lens reads the token itself at **{itself}** of {count} places. After "
        "layer 0 ({point}) the answer of the whole model already stands first at **{early}** of them; what "
        "comes after changes the other {late}."
    ).format(
        itself=int(found.itself[0].sum()),
        count=count,
        point=points[early],
        early=int(agrees[early]),
        late=count - int(agrees[early]),
    )
