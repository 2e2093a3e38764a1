"""A text as it was written: by a model, in a corpus, by a learner."""

from __future__ import annotations

from html import escape

import streamlit as st


def show_quoted(text: str) -> None:
    """The text with its line ends, in a box, wrapped where it is too long.

    ``st.code`` looks alike, but brings 1.5 MB of syntax highlighting with it, which no such text needs and
    which holds up a page's first picture by half a second and more.
    """
    # A browser drops the first line end within <pre>.
    st.html(f'<pre class="clearhead-quoted" translate="no">\n{escape(text)}</pre>')
