"""How much of what an N-gram writes stands in the counted text as it is: by token, and by order."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st

from core.models.ngram import NGramModel
from core.protocol import Tokens
from core.spec.families.ngram import NGramSpec
from core.worked.counting.copying import (
    LONG,
    CopiedRun,
    TokenPlaces,
    copied_runs,
    copied_share,
    longest_run,
)
from core.worked.counting.drawing import written_tokens
from pages.ngram.counted import ORDERS, Counted, lines_around, source_of
from pages.ngram.state import COPY, SMOOTHINGS
from pages.parts.frame.escaped import code
from pages.parts.frame.language import _
from pages.parts.frame.quoted import show_quoted
from pages.parts.frame.state import fragment
from pages.parts.training.own_text import when_deleted
from pages.parts.widgets.shaded_text import Shaded, shaded_text
from pages.parts.widgets.shared.source import Source, show_caption

COMPARED = 200
"""Tokens that each order writes to be compared."""
COMPARED_SEED = 1
_DARKEST = 10
"""Tokens in a row: a longer run is no darker."""


def show_copied(counted: Counted, start: Tokens, tokens: list[int], source: Source) -> None:
    """The written text, under each token the length of its copied run, and where the chosen one stands."""
    runs = copied_runs(_places(counted), tokens)
    longest = longest_run(runs)
    show = counted.tokenizer.show
    chosen = COPY.value if COPY.value is not None and COPY.value < len(tokens) else None
    if len(start):
        st.markdown(code(counted.tokenizer.decode(start)) + " …")
    marked = [
        _marked(show(token), counted.tokenizer.decode([token]), run, longest)
        for token, run in zip(tokens, runs, strict=True)
    ]
    shaded_text(
        marked,
        key="ngram_copied",
        chosen=chosen,
        on_choose=COPY.set,
        caption=_(
            "Under each token: how many tokens in a row, with this one among them, stand in the text as they "
            "are. More colour: longer. Underlined: the longest. Click a token to see the place."
        ),
        source=source,
        table=(
            (_("token"), _("length of its copied run")),
            [(one.shown, one.number) for one in marked],
        ),
    )
    _say_longest(counted, tokens, runs, longest)
    run = longest if chosen is None else runs[chosen]
    if run is not None:
        show_quoted(
            "\n".join(
                lines_around(counted, [int(token) for token in tokens[run.start : run.end]], 2)
            )
        )


def copying_at(counted: Counted, order: int) -> tuple[float, int]:
    """The share of COMPARED tokens that lie in copied runs of LONG or more, and the longest; remembered."""
    choices = counted.choices.model_copy(update={"order": order})
    key = counted.spec.model_copy(update={"model": choices}).canonical_json()
    return _copying(key, counted, choices)


@fragment
def show_copying_by_order(counted: Counted) -> None:
    """A row for each order: how much of the same number of tokens was copied."""
    found = []
    with st.empty():
        for order in ORDERS:
            st.progress(order / len(ORDERS), _("Writing at every order …"))
            found.append(copying_at(counted, order))
        _draw_table(found)
    show_caption(
        _(
            "Each order wrote {count} tokens from nothing, with seed {seed}; smoothing: {smoothing}."
        ).format(
            count=COMPARED,
            seed=COMPARED_SEED,
            smoothing=_(SMOOTHINGS[counted.choices.smoothing]),
        ),
        source_of(counted),
    )


def _draw_table(found: Sequence[tuple[float, int]]) -> None:
    st.table(
        {
            _("order n"): [str(order) for order in ORDERS],
            _("tokens in copied runs of {long} or more").format(long=LONG): [
                f"{share:.0%}" for share, _longest in found
            ],
            _("longest copied run"): [str(longest) for _share, longest in found],
        }
    )


def _marked(shown: str, text: str, run: CopiedRun | None, longest: CopiedRun | None) -> Shaded:
    length = 0 if run is None else len(run)
    return Shaded(
        shown,
        min(max(length - 1, 0) / (_DARKEST - 1), 1.0),
        str(length),
        _("{token}: in a copied run of {count}").format(token=text.strip() or shown, count=length),
        framed=run is not None and run == longest,
        ends="\n" in text,
    )


def _say_longest(
    counted: Counted,
    tokens: Sequence[int],
    runs: Sequence[CopiedRun | None],
    longest: CopiedRun | None,
) -> None:
    st.markdown(
        _(
            "At order {order} the longest copied run is **{longest}** of {count} tokens; **{share:.0%}** of "
            "the tokens lie in copied runs of {long} or more."
        ).format(
            order=counted.model.order,
            longest=0 if longest is None else len(longest),
            count=len(tokens),
            share=copied_share(runs),
            long=LONG,
        )
    )


def _places(counted: Counted) -> TokenPlaces:
    key = counted.spec.corpus.model_dump_json() + counted.spec.tokenizer.model_dump_json()
    return _remembered_places(key, counted)


@st.cache_resource(max_entries=4, show_spinner=False)
def _remembered_places(key: str, _counted: Counted) -> TokenPlaces:
    return TokenPlaces.of(_counted.training, _counted.model.vocabulary_size)


@st.cache_data(max_entries=128, show_spinner=False)
def _copying(key: str, _counted: Counted, _choices: NGramSpec) -> tuple[float, int]:
    model = NGramModel(_counted.model.grams, _choices)
    tokens = written_tokens(model, np.zeros(0, np.int64), COMPARED, COMPARED_SEED)
    runs = copied_runs(_places(_counted), tokens)
    longest = longest_run(runs)
    return copied_share(runs), 0 if longest is None else len(longest)


when_deleted(_remembered_places.clear)
