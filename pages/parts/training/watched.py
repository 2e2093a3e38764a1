"""What follows the scrubber of a GPT besides losses, heads and samples: next tokens, and the logit lens."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st

from core.figures import next_token
from core.figures.inside import lens
from core.figures.inside.lens import LensCells
from core.figures.watching.said import bars_at_step, lens_at_step
from pages.parts.frame.escaped import literal
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _
from pages.parts.frame.theme import theme
from pages.parts.training.panel import Panel
from pages.parts.training.said import Said, said_at
from pages.parts.training.scrubbing import follows
from pages.parts.training.sources import of_run
from pages.parts.widgets.plot import plot


def show_next(panel: Panel, step: int | None, height: int, *, alone: bool = False) -> None:
    """The likeliest next tokens at the end of a held-out passage. ``alone``: see ``follows``."""
    said = said_of(panel, step)
    if said is None:
        with st.container(border=True, height=height):
            st.caption(_("What the model expects next in a held-out story appears here."))
        return
    labels = labels_of(next_token.LABELS)
    figure = bars_at_step(said.next, said.next_shares, theme(), labels)
    figure.update_layout(meta={"follows": follows(panel, alone=alone)})
    plot(
        figure,
        key=f"{panel.key}_next" + ("_alone" if alone else ""),
        height=height,
        caption=literal(
            _("What comes after “{text}”? In the story it is {token}.").format(
                text=spoken(said.passage[:-1]), token=said.passage[-1]
            )
        ),
        source=of_run(panel.spec, step=step),
        table=next_token.next_token_table(said.next, said.next_shares, labels=labels),
    )


def show_lens_at_step(panel: Panel, step: int | None, height: int) -> None:
    """What the stream says at the passage's last tokens, before the first layer and after each."""
    said = said_of(panel, step)
    if said is None:
        return
    labels = labels_of(lens.LABELS)
    points = [_("comes in"), *(_("layer {layer}").format(layer=n) for n in range(_layers(said)))]
    cells = lens_cells(said)
    figure = lens_at_step(cells, said.read, points, theme(), labels)
    figure.update_layout(meta={"follows": follows(panel, alone=True)})
    plot(
        figure,
        key=f"{panel.key}_lens_at_step",
        height=height,
        caption=_(
            "The text runs down, the model runs to the right. A cell: the best next token and its "
            "probability. A frame: another token than in the cell before. A tick: the token that really "
            "comes next."
        ),
        source=of_run(panel.spec, step=step),
        table=lambda: lens.lens_table(cells, said.read, points, labels),
    )


def said_of(panel: Panel, step: int | None) -> Said | None:
    """What the panel's run said at a step; None where there is nothing of the kind."""
    if panel.view is None or step is None:
        return None
    return said_at(panel.view, step)


def lens_cells(said: Said) -> LensCells:
    best = np.array(said.lens)
    same = np.ones((len(best), 1), dtype=bool)
    changed = ~np.concatenate([same, best[:, 1:] == best[:, :-1]], axis=1)
    right = best == np.array(said.comes)[:, None]
    return LensCells(said.lens, np.array(said.lens_shares, dtype=np.float64), changed, right)


def spoken(tokens: Sequence[str], most: int = 8) -> str:
    """The last tokens as a text."""
    text = "".join(token.replace("␣", " ") for token in tokens[-most:]).strip()
    return f"… {text}" if len(tokens) > most else text


def _layers(said: Said) -> int:
    return len(said.lens[0]) - 1
