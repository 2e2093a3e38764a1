"""Where a picture's numbers come from: each word in both languages, and no picture without one."""

from __future__ import annotations

import inspect
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts.widgets.chain import Chain
from pages.parts.widgets.grid import matrix_grid
from pages.parts.widgets.head_view import head_view
from pages.parts.widgets.model_view import model_view
from pages.parts.widgets.neuron_view import neuron_view
from pages.parts.widgets.plot import plot
from pages.parts.widgets.save import Page
from pages.parts.widgets.shared.source import KINDS, WORDS
from tests.patience import PATIENCE


def shown() -> None:

    import streamlit as st

    from pages.parts.frame.language import settle_language
    from pages.parts.widgets.shared.source import KINDS, Source, show_caption

    settle_language()
    for kind in KINDS:
        show_caption("A *caption* with [brackets].", Source(kind, ("One.", "Two $x$.")))
    show_caption("Short.", Source("run", (), own_text=True))
    st.text(Source("run", ("One.", "Two.")).told)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_kind_is_said_beside_the_caption_and_told_in_its_help(language: str) -> None:
    app = AppTest.from_function(shown, default_timeout=PATIENCE)
    app.query_params["lang"] = language
    app.run()
    assert not app.exception
    tags = [
        caption.value.rpartition(" :gray-badge[")[2].removesuffix("]") for caption in app.caption
    ]
    assert len(set(tags)) == len(KINDS) + 1
    assert (tags[:-1] == [WORDS[kind] for kind in KINDS]) == (language == "en")
    assert all(caption.help == "One.  \nTwo \\$x\\$." for caption in app.caption[:-1])
    assert app.caption[0].value.startswith(r"A \*caption\* with \[brackets]. ")
    assert tags[-1] == {"en": "this run, your text", "zh": "这次运行，你的文本"}[language]
    assert not app.caption[-1].help
    assert (
        app.text[0].value
        == {
            "en": "Where the numbers come from: this run. One. Two.",
            "zh": "数值来源：这次运行。One.Two.",
        }[language]
    )


@pytest.mark.parametrize(
    "picture", [plot, head_view, model_view, neuron_view, matrix_grid, Chain, Page]
)
def test_no_picture_can_be_drawn_without_its_source(picture: Callable[..., object]) -> None:
    asked = inspect.signature(picture).parameters["source"]
    assert asked.default is inspect.Parameter.empty
