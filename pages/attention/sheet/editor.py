"""The learner's own matrices: queries, keys and values, or the inputs and projections that give them.

They are typed in grids, filled by presets, resized, undone, and carried by a link.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from core.errors import LearnerError
from core.wording import N_
from pages.attention.sheet.history import History
from pages.attention.sheet.link import decoded, encoded, mended
from pages.attention.sheet.numbers import Matrices, numbers_of
from pages.attention.sheet.sheet import (
    MOST_TOKENS,
    MOST_WIDTH,
    PRESETS,
    TYPED,
    Mode,
    Sheet,
    edited,
    healed,
    initial_sheet,
    preset,
    randomised,
    read_tokens,
    with_mode,
    with_model_width,
    with_tokens,
    with_width,
)
from pages.attention.state import HISTORIES, MATRICES, READ, REFUSED
from pages.parts.frame.language import _, worded
from pages.parts.frame.state import arrival
from pages.parts.widgets.grid import matrix_grid
from pages.parts.widgets.grid.cells import Edit
from pages.parts.widgets.shared.source import Source

__all__ = [
    "Matrices",
    "edit_matrices",
    "grid_keys",
    "keep_link",
    "matrices",
    "matrix_actions",
    "reshape_matrices",
    "sheet",
    "source_of",
]

_GRID = "attention_grid"
_RESHAPED = "attention_reshaped"
_LARGEST_SEED = 999_999
_GRIDS: Mapping[str, tuple[str, str, str]] = {
    "q": ("Q", "query", N_("queries: what each token looks for")),
    "k": ("K", "key", N_("keys: what each token offers")),
    "v": ("V", "value", N_("values: what each token hands over")),
    "x": ("X", "muted", N_("inputs: what each token is")),
    "w_q": ("W_Q", "query", N_("makes the queries: Q = X W_Q")),
    "w_k": ("W_K", "key", N_("makes the keys: K = X W_K")),
    "w_v": ("W_V", "value", N_("makes the values: V = X W_V")),
}
_MARKDOWN = {"query": "blue", "key": "red", "value": "green", "muted": "gray"}
_MODES: Mapping[Mode, str] = {"qkv": N_("Q, K, V"), "x": N_("X and W_Q, W_K, W_V")}


def matrices(slug: str) -> Matrices:
    """The learner's matrices for this example: as a link or the example begins them, then as edited."""
    return numbers_of(_history(slug).present)


def sheet(slug: str) -> Sheet:
    """The same as they were typed."""
    return _history(slug).present


def source_of(state: Matrices) -> Source:
    """Where the numbers come from: of the example as it begins, or changed by the learner in any way."""
    if mended(sheet(state.slug)) == initial_sheet(state.slug, state.mode):
        return Source("chosen", (_("The numbers were chosen so that you can follow them."),))
    return Source("numbers", (_("Typed, filled in or drawn by you; the rest is the example's."),))


def grid_keys(state: Matrices) -> dict[str, str]:
    """The key of each grid that ``edit_matrices`` draws, and its matrix."""
    return {f"{_GRID}_{name}": name for name in TYPED[state.mode]}


def keep_link(slug: str) -> None:
    """Have the address carry the matrices."""
    code = encoded(_history(slug).present)
    if code is None:
        MATRICES.forget()
    else:
        MATRICES.set(code)


def edit_matrices(state: Matrices) -> Matrices:
    """Draw the grids and return the good numbers."""
    for name in TYPED[state.mode]:
        _draw_grid(state, name)
    return state


def matrix_actions(state: Matrices) -> None:
    """A row of buttons: undo, redo, and what fills the grids at once."""
    slug = state.slug
    history = _history(slug)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
        st.button(
            "↶ " + _("Undo"),
            key="attention_undo",
            on_click=_undo,
            args=(slug,),
            disabled=not history.past,
        )
        st.button(
            "↷ " + _("Redo"),
            key="attention_redo",
            on_click=_redo,
            args=(slug,),
            disabled=not history.future,
        )
        # Sent only while it is open: nine widgets fewer for every edit.
        filling = st.popover("▦ " + _("Fill in"), key="attention_fill", on_change="rerun")
        if filling.open:
            with filling:
                _fillers(state)
    refused = REFUSED.value
    if refused is not None:
        REFUSED.forget()
        st.warning(worded(refused))


def reshape_matrices(state: Matrices) -> None:
    """What is typed (Q, K, V or X and its projections), for which tokens, and how wide."""
    slug, sheet = state.slug, _history(state.slug).present
    keys = ("attention_typed", "attention_tokens", "attention_width", "attention_model_width")
    inner = sheet.model_width if sheet.mode == "x" else None
    now = (slug, sheet.mode, sheet.tokens, sheet.width, inner)
    if st.session_state.get(_RESHAPED) != now or any(key not in st.session_state for key in keys):
        st.session_state[_RESHAPED] = now
        values = (sheet.mode, " ".join(sheet.tokens), sheet.width, sheet.model_width)
        st.session_state.update(dict(zip(keys, values, strict=True)))

    def typed() -> str:
        return str(st.session_state[keys[1]] or "")

    def retype() -> None:
        try:
            tokens = read_tokens(typed())
        except LearnerError:
            return  # it is said below, as long as the text stands there
        _change(slug, lambda old: with_tokens(old, tokens))

    st.segmented_control(
        _("Type"),
        tuple(_MODES),
        key=keys[0],
        format_func=lambda mode: _(_MODES[mode]) if mode in _MODES else str(mode),
        required=True,
        on_change=lambda: _change(slug, lambda old: with_mode(old, st.session_state[keys[0]])),
    )
    st.text_input(
        _("Tokens, with spaces between them (at most {most})").format(most=MOST_TOKENS),
        key=keys[1],
        max_chars=420,
        on_change=retype,
    )
    try:
        read_tokens(typed())
    except LearnerError as error:
        st.warning(worded(error))
    st.slider(
        _("Numbers in a query, dₖ"),
        1,
        MOST_WIDTH,
        key=keys[2],
        on_change=lambda: _change(slug, lambda old: with_width(old, st.session_state[keys[2]])),
    )
    st.slider(
        _("Numbers in a row of X, d"),
        1,
        MOST_WIDTH,
        key=keys[3],
        disabled=sheet.mode != "x",
        on_change=lambda: _change(
            slug, lambda old: with_model_width(old, st.session_state[keys[3]])
        ),
    )


def _fillers(state: Matrices) -> None:
    slug = state.slug
    for name, title in PRESETS.items():
        st.button(
            _(title),
            key=f"attention_preset_{name}",
            on_click=_change,
            args=(slug, lambda old, name=name: preset(old, name)),
            width="stretch",
        )

    def draw() -> None:
        seed = int(st.session_state.get("attention_matrices_seed") or 0)
        _change(slug, lambda old: randomised(old, old.width, seed))

    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.number_input(
            _("Seed"),
            0,
            _LARGEST_SEED,
            value=1,
            key="attention_matrices_seed",
            on_change=draw,
            width=130,
        )
        st.button("⚄ " + _("Random with seed"), key="attention_random", on_click=draw)
    st.button(
        _("Begin this example again"),
        key="attention_again",
        on_click=_change,
        args=(slug, lambda old: initial_sheet(slug, old.mode)),
        width="stretch",
    )


def _draw_grid(state: Matrices, name: str) -> None:
    title, colour, saying = _GRIDS[name]
    projection = name.startswith("w")
    rows = state.features if projection else state.tokens
    columns = state.features if name == "x" else state.columns
    heading = "W" if projection else title
    if projection:
        heading = f"W_{title[-1]}"
    slug = state.slug

    def edit(edits: Sequence[Edit]) -> None:
        _change(slug, lambda old: edited(old, name, edits))

    st.markdown(f":{_MARKDOWN[colour]}[${heading}$] {_(saying)}")
    matrix_grid(
        title,
        state.texts[name],
        [_(row) for row in rows] if projection else rows,
        [_(column) for column in columns],
        key=f"{_GRID}_{name}",
        colour=colour,
        caption=_(saying),
        source=source_of(state),
        bad=state.bad[name],
        on_edit=edit,
        on_undo=lambda: _undo(slug),
        on_redo=lambda: _redo(slug),
    )


def _histories() -> dict[str, History[Sheet]]:
    found = HISTORIES.value
    if found is None:
        found = {}
        HISTORIES.set(found)
    return found


def _history(slug: str) -> History[Sheet]:
    """What this learner did with this example. The address is read at each arrival, as one step more."""
    histories = _histories()
    if slug not in histories:
        histories[slug] = History(initial_sheet(slug))
    if READ.value != arrival(READ.slug):
        READ.set(arrival(READ.slug))
        linked = decoded(MATRICES.value, slug) or initial_sheet(slug)
        # What is too large for a link is in no address: it stays.
        if encoded(linked) != encoded(histories[slug].present):
            histories[slug] = histories[slug].changed(linked)
    return histories[slug]


def _change(slug: str, change: Callable[[Sheet], Sheet]) -> None:
    """One step of the history; what cannot be done is said, and changes nothing."""
    history = _history(slug)
    try:
        _histories()[slug] = _healed(history).changed(change(history.present))
    except LearnerError as error:
        REFUSED.set(error)


def _undo(slug: str) -> None:
    """To the state before; where a cell says no number, to what it said last."""
    history = _history(slug)
    good = _healed(history)
    _histories()[slug] = history.undone() if good is history else good


def _healed(history: History[Sheet]) -> History[Sheet]:
    """Nobody goes back to a cell that says no number: it is not kept among the steps."""
    return history.corrected(healed(history.present, history.past[-1] if history.past else None))


def _redo(slug: str) -> None:
    _histories()[slug] = _history(slug).redone()
