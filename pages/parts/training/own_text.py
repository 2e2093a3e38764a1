"""The learner's own text: pasted or from a file, looked at before it is used, kept until they delete it.

It is kept beside the runs, under the learner's name, so it is there after a reload and in every lesson. The
session holds only its digest: a megabyte of text would stand in memory once for each visitor and widget.
Only a file whose encoding was guessed waits there, until the learner says that it is read right.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from core.errors import LearnerError
from core.store.own_texts import OwnText, OwnTexts
from core.text.own import ENCODINGS, MOST_BYTES, Reading, check_own_text, preview, read_file
from pages.parts.frame import services
from pages.parts.frame.escaped import escaped
from pages.parts.frame.language import _, worded
from pages.parts.frame.learner import learner
from pages.parts.frame.quoted import show_quoted
from pages.parts.frame.state import redraw_page

_Button = tuple[str, str, Callable[[], None]]
"""Its label, its key, and what a click does."""

_EDITED = 20_000
"""Characters of a pasted text that stay in the box to be changed there."""

_forgetters: list[Callable[[], object]] = []


@dataclass(frozen=True)
class _Waiting:
    """A file whose encoding was guessed: it waits until the learner says that it is read right."""

    name: str
    data: bytes
    reading: Reading


def own_text() -> OwnText | None:
    """The text that the learner gave last."""
    return _texts().given(learner())


def written(own: OwnText) -> str:
    """The text itself."""
    return _written(str(services.RUNS_FOLDER), own.digest)


def when_deleted(forget: Callable[[], object]) -> None:
    """Have ``forget`` called when a text is deleted: for what a page remembers of texts."""
    _forgetters.append(forget)


def own_text_box(slug: str) -> None:
    """A box to paste into, a place to drop a file, and what was read of the one that was given last."""
    own, box = own_text(), f"{slug}_own_text"
    if box not in st.session_state:
        st.session_state[box] = _to_edit(own)
    st.text_area(
        _("Paste a text (at least 200 characters)"),
        key=box,
        height=140,
        on_change=_take_pasted,
        args=(slug,),
    )
    uploader = _uploader(slug)
    st.file_uploader(
        _("or upload a text file, at most {size} MB").format(size=MOST_BYTES // 1_000_000),
        key=uploader,
        type=["txt", "md", "csv", "py"],
        on_change=_take_file,
        args=(slug, uploader),
    )
    problem = st.session_state.get(_problem(slug))
    if problem is not None:
        st.warning(worded(problem))
    waiting = st.session_state.get(_waiting(slug))
    if waiting is not None:
        _ask_whether_right(slug, waiting)
    elif own is not None:
        _show_used(slug, own, bool(st.session_state[box].strip()))


def _ask_whether_right(slug: str, waiting: _Waiting) -> None:
    """The preview of a guess, to be confirmed or to be read in another encoding."""
    reading = waiting.reading
    with st.container(border=True, key=f"{slug}_own_waiting"):
        st.markdown(
            _("**{name}**: are these the right letters? Its encoding was guessed.").format(
                name=escaped(waiting.name)
            )
        )
        show_quoted(preview(reading.text).beginning)
        _say_lost(reading.lost)
        choice = f"{slug}_own_encoding"
        if choice not in st.session_state:
            st.session_state[choice] = reading.encoding
        st.selectbox(
            _("Encoding"),
            tuple(ENCODINGS),
            key=choice,
            format_func=lambda name: _(ENCODINGS[name]) if name in ENCODINGS else str(name),
            on_change=_read_otherwise,
            args=(slug, choice),
        )
        _choose(
            (_("Yes, use this text"), f"{slug}_own_use", partial(_confirm, slug)),
            (_("Leave it out"), f"{slug}_own_drop", partial(_drop_waiting, slug)),
        )


def _show_used(slug: str, own: OwnText, box_has_text: bool) -> None:
    """Which text counts, what is in it, and a way to delete it."""
    seen = own.preview
    with st.container(border=True, key=f"{slug}_own_used"):
        source = (
            _("**In use: the file {name}.**").format(name=escaped(own.name))
            if own.name
            else _("**In use: the text that you pasted.**")
        )
        facts = _(
            "{characters:,} characters, {signs:,} different ones; {words:,} different words and marks."
        ).format(
            characters=seen.characters, signs=seen.kinds_of_character, words=seen.kinds_of_word
        )
        st.markdown(f"{source} {facts}")
        if own.name and box_has_text:
            st.caption(_("The text in the box is not used: the file was given after it."))
        _say_lost(own.lost)
        show_quoted(seen.beginning)
        _show_delete(slug)


def _show_delete(slug: str) -> None:
    """Deleting takes two steps, and says what goes."""
    asked = f"{slug}_own_delete_asked"
    if not st.session_state.get(asked):
        st.button(
            _("Delete my text"),
            key=f"{slug}_own_delete",
            on_click=_set,
            args=(asked, True),
        )
        return
    count = len(_texts().runs(learner()))
    st.warning(
        _("Your text is deleted here, and with it the models trained on it: {count}.").format(
            count=count
        )
        if count
        else _("Your text is deleted here.")
    )
    _choose(
        (_("Delete"), f"{slug}_own_delete_now", partial(_delete, slug)),
        (_("Keep"), f"{slug}_own_keep", partial(_set, asked, False)),
    )


def _choose(yes: _Button, no: _Button) -> None:
    """Two buttons side by side; the first one goes on."""
    with st.container(horizontal=True):
        st.button(yes[0], key=yes[1], type="primary", on_click=yes[2])
        st.button(no[0], key=no[1], on_click=no[2])


def _say_lost(count: int) -> None:
    if count == 1:
        st.caption(_("One character was damaged or cut through, and is missing."))
    elif count:
        st.caption(
            _(
                "{count} characters were damaged or cut through: they are missing, or “�” stands for them."
            ).format(count=count)
        )


# What the learner does, before the page is drawn.


def _take_pasted(slug: str) -> None:
    text = st.session_state[f"{slug}_own_text"]
    if not text:
        return
    _drop_waiting(slug)
    with _Attempt(slug):
        own = _texts().give(learner(), check_own_text(text))
        redraw_page()
        if own.preview.characters > _EDITED:  # else each rerun would send it all again
            st.session_state[f"{slug}_own_text"] = ""


def _take_file(slug: str, uploader: str) -> None:
    upload = st.session_state.get(uploader)
    if upload is None:
        return
    name, data = upload.name, upload.getvalue()
    _release(upload)
    st.session_state[f"{slug}_own_turn"] = st.session_state.get(f"{slug}_own_turn", 0) + 1
    _drop_waiting(slug)
    with _Attempt(slug):
        reading = read_file(data)
        text = check_own_text(reading.text)
        if reading.certain:
            _texts().give(learner(), text, name, reading.lost)
            redraw_page()
        else:
            st.session_state[_waiting(slug)] = _Waiting(name, data, reading)


def _read_otherwise(slug: str, choice: str) -> None:
    waiting: _Waiting | None = st.session_state.get(_waiting(slug))
    if waiting is None:  # it was used or left out before the page had changed
        return
    with _Attempt(slug):
        reading = read_file(waiting.data, st.session_state[choice])
        st.session_state[_waiting(slug)] = _Waiting(waiting.name, waiting.data, reading)


def _confirm(slug: str) -> None:
    waiting: _Waiting | None = st.session_state.get(_waiting(slug))
    if waiting is None:  # a second click before the page had changed
        return
    with _Attempt(slug):
        reading = waiting.reading
        _texts().give(learner(), check_own_text(reading.text), waiting.name, reading.lost)
        _drop_waiting(slug)
        redraw_page()


def _drop_waiting(slug: str) -> None:
    st.session_state.pop(_waiting(slug), None)
    st.session_state.pop(f"{slug}_own_encoding", None)
    st.session_state.pop(_problem(slug), None)


def _delete(slug: str) -> None:
    _set(f"{slug}_own_delete_asked", False)
    with _Attempt(slug):
        _texts().delete(learner())
        redraw_page()
        st.session_state[f"{slug}_own_text"] = ""
        _written.cache_clear()
        for forget in _forgetters:
            forget()


class _Attempt:
    """Something that may be refused: the sentence is shown under the boxes until something else is tried."""

    def __init__(self, slug: str) -> None:
        self._key = _problem(slug)

    def __enter__(self) -> None:
        st.session_state.pop(self._key, None)

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        if isinstance(error, LearnerError):
            st.session_state[self._key] = error
            return True
        return False


def _set(key: str, value: bool) -> None:
    st.session_state[key] = value


def _release(upload: UploadedFile) -> None:
    """Streamlit would hold the file until the visitor has gone."""
    context = get_script_run_ctx()
    if context is not None and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        context.uploaded_file_mgr.remove_file(context.session_id, upload.file_id)


def _to_edit(own: OwnText | None) -> str:
    """A pasted text that is short enough stands in the box again when its page is opened."""
    if own is None or own.name or own.preview.characters > _EDITED:
        return ""
    try:
        return written(own)
    except LearnerError:  # its file is damaged: it can be given again
        return ""


def _uploader(slug: str) -> str:
    """Each file has a box of its own, so that the last one is let go of."""
    turn = st.session_state.get(f"{slug}_own_turn", 0)
    return f"{slug}_own_file_{turn}" if turn else f"{slug}_own_file"


def _waiting(slug: str) -> str:
    return f"{slug}_own_waits"


def _problem(slug: str) -> str:
    return f"{slug}_own_problem"


def _texts() -> OwnTexts:
    return OwnTexts(services.store())


@lru_cache(maxsize=2)
def _written(root: str, digest: str) -> str:
    return services.store().text(digest)
