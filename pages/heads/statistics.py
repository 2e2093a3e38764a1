"""What every head of a model does on one text: measures with chance levels, and one sentence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.figures import head_statistics as figure
from core.figures.theme import number
from core.worked.patterns import HeadStatistics, head_statistics
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _
from pages.parts.frame.theme import theme
from pages.parts.widgets.plot import plot
from pages.parts.widgets.shared.source import Source


def show_head_statistics(
    maps: NDArray[np.floating],
    tokens: Sequence[int],
    *,
    key: str,
    source: Source,
    links: Sequence[tuple[int, int]] | None = None,
    mask: NDArray[np.bool_] | None = None,
) -> HeadStatistics:
    """Draw the measures of maps [l h q k] on a text of token ids, and return them.

    ``links`` are (query, gold key); ``mask`` [q k] is True where a key is hidden, and without it
    every key after its query is. Two pictures under ``key`` and ``key_scatter``, both with ``source``.
    """
    found = head_statistics(maps, tokens, links, mask)
    labels = labels_of(figure.LABELS)
    heads = found.entropy.size
    plot(
        figure.statistics_heatmap(found, theme(), labels=labels),
        key=key,
        height=110 + 26 * min(heads + 1, 33),
        caption=_(
            "One row for each head, one column for each measure; the top row is a head that attends "
            "evenly. Darker or lighter than it: the head has chosen."
        ),
        source=source,
        table=lambda: figure.statistics_table(found, labels),
    )
    plot(
        figure.entropy_against_distance(found, theme(), labels),
        key=f"{key}_scatter",
        height=360,
        caption=_(
            "Each mark is a head: further right it looks further away, lower it looks at fewer tokens. "
            "The ring is even attention."
        ),
        source=source,
        table=lambda: figure.statistics_table(found, labels),
    )
    st.markdown(_sentence(found))
    return found


def _sentence(found: HeadStatistics) -> str:
    sharp, wide = (np.unravel_index(at(found.entropy), found.entropy.shape) for at in _ENDS)
    before = np.unravel_index(np.argmax(np.nan_to_num(found.previous)), found.previous.shape)
    return _(
        "The sharpest head is layer {layer}, head {head} ({low} nats), the most even is layer "
        "{wide_layer}, head {wide_head} ({high} nats); layer {before_layer}, head {before_head} looks "
        "most at the token before: {share} of its weight, where even attention has {even}."
    ).format(
        layer=sharp[0],
        head=sharp[1],
        low=number(float(found.entropy[sharp])),
        wide_layer=wide[0],
        wide_head=wide[1],
        high=number(float(found.entropy[wide])),
        before_layer=before[0],
        before_head=before[1],
        share=number(float(found.previous[before])),
        even=number(found.even["previous"]),
    )


_ENDS = (np.argmin, np.argmax)
