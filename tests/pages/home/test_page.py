"""Home: what the three machines say of one prompt, in words that need no lesson."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from streamlit.proto.BidiComponent_pb2 import BidiComponent
from streamlit.testing.v1 import AppTest

from pages.home.looking import MOST_ROWS, worth_showing
from tests.pages.components import told
from tests.pages.reading import quoted

OpenPage = Callable[..., AppTest]
LONG = "Anna lost a hat in the park. " * 20 + "The cards close to the tree"


def sent(app: AppTest, key: str) -> dict[str, object]:
    """What a widget of our own was sent."""
    found: list[dict[str, object]] = []

    def walk(block: object) -> None:
        for child in getattr(block, "children", {}).values():
            proto = getattr(child, "proto", None)
            if isinstance(proto, BidiComponent) and proto.id.endswith(f"-{key}"):
                found.append(data_of(proto))
            walk(child)

    walk(app._tree)
    (data,) = found
    return data


def data_of(proto: BidiComponent) -> dict[str, object]:
    data: dict[str, object] = told(proto)
    return data


def said(app: AppTest) -> str:
    return "\n".join([*(m.value for m in app.markdown), *(c.value for c in app.caption)])


@pytest.mark.parametrize("prompt", ["The cards close to the tree", LONG])
def test_the_picture_and_the_bars_are_of_the_same_last_token(
    open_page: OpenPage, prompt: str
) -> None:
    app = open_page("home", home_prompt=prompt)
    looked = sent(app, "home_looked")
    assert looked["tokens"][-1] == "␣tree"
    assert "looks back from the last one, `␣tree`" in said(app)


def test_a_long_prompt_is_cut_and_the_page_says_so(open_page: OpenPage) -> None:
    app = open_page("home", home_prompt=LONG)
    assert "The GPT reads 64 at once, so it sees the last 64 only" in said(app)
    assert said(app).count("It reads only the last") == 2
    assert "The GPT reads" not in said(open_page("home"))


def test_all_cards_have_one_axis(open_page: OpenPage) -> None:
    app = open_page("home")
    layouts = [
        json.loads(sent(app, f"home_bars_{slug}")["figure"])["layout"]
        for slug in ("ngram", "lstm", "gpt")
    ]
    axes = [layout["xaxis"] for layout in layouts]
    assert len({layout["margin"]["l"] for layout in layouts}) == 1
    assert not any(layout["yaxis"]["automargin"] for layout in layouts)
    assert axes[0] == axes[1] == axes[2]
    assert axes[0]["visible"] and axes[0]["tickvals"] == [0, 0.5, 1]
    assert axes[0]["range"][1] >= 1


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_word_of_a_lesson_stands_on_home(open_page: OpenPage, language: str) -> None:
    app = open_page("home", language)
    looked = sent(app, "home_looked")
    captions = [c.value for c in app.caption if "%" not in c.value]
    markdown = [m.value for m in app.markdown if "·" not in m.value]
    spoken = " ".join([*captions, *markdown, *looked["words"].values(), *looked["names"]])
    for word in ("head", "layer", "query", "key", "注意力头", "个头", "查询", "层"):
        assert word not in spoken, word
    # A token, and its sign for a space, is explained before the first one is shown.
    first = app.markdown[0].value
    assert "token" in first and "`␣were`" in first


def test_every_line_is_seen_without_scrolling(open_page: OpenPage) -> None:
    for prompt in ("Mia", "The cards close to the tree", LONG):
        looked = sent(open_page("home", home_prompt=prompt), "home_looked")
        assert 26 + 27 * len(looked["tokens"]) + 4 <= looked["height"]


@pytest.mark.parametrize("count", [1, 2, 17, 18, 19, 64])
def test_what_is_looked_at_most_is_shown(count: int) -> None:
    rng = np.random.default_rng(count)
    gazes = rng.dirichlet(np.ones(count), 4)
    rows = worth_showing(gazes)
    named = [row for row in rows if row is not None]
    assert len(rows) <= MOST_ROWS
    assert named == sorted(set(named)) and named[-1] == count - 1
    assert int(gazes[:, :-1].max(axis=0, initial=0).argmax()) in named if count > 1 else True
    if count <= MOST_ROWS:
        assert rows == list(range(count))
    for before, after in pairwise(rows):
        assert before is not None or after is not None


def test_the_way_back_from_a_lesson_leads_to_the_map(open_page: OpenPage) -> None:
    assert sent(open_page("home", at="map"), "landing_map") == {}
    with pytest.raises(ValueError):
        sent(open_page("home"), "landing_map")
    links = [link.proto for link in open_page("ngram").get("page_link")]
    assert [link.query_string for link in links if "map" in link.label] == ["at=map"]


def test_what_the_machines_write_keeps_its_beginning(open_page: OpenPage) -> None:
    written = quoted(open_page("home"))
    assert len(written) == 3
    assert all(text.startswith("…") for text in written)


def test_an_empty_box_says_that_nothing_was_read(open_page) -> None:
    app = open_page("home")
    app.text_input(key="home_prompt").set_value("  ").run()
    assert not app.exception
    assert any("The box is empty" in caption.value for caption in app.caption)
