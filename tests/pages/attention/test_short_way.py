"""The short way gives what the page gives: the same numbers for any matrices, switches and edits."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from starlette.applications import Starlette
from starlette.testclient import TestClient

from lessons.attention.examples import EXAMPLES
from pages.attention.attending import Switches, trace_of
from pages.attention.routes import ROUTES
from pages.attention.sheet.numbers import numbers_of
from pages.attention.sheet.sheet import (
    TYPED,
    Sheet,
    edited,
    initial_sheet,
    randomised,
    with_tokens,
)
from pages.attention.short_way import MOST_BYTES, PATH, answer, short_way
from pages.parts.widgets.chain.data import packed
from pages.parts.widgets.grid.cells import Edit, short_text

TYPED_TEXTS = ["1/3", "√2", "-1", "25%", "0", "12345.678901234567", "abc", "", "1e9", "０，５"]
ASKED = short_way(
    initial_sheet("sentence"), Switches("causal"), {"grid": "q"}, {"grid": ("view", 3)}
)


@some.composite
def sheets(draw: some.DrawFn) -> Sheet:
    slug = draw(some.sampled_from([example.slug for example in EXAMPLES]))
    sheet = initial_sheet(slug, draw(some.sampled_from(["qkv", "x"])))
    if draw(some.booleans()):
        return sheet
    tokens = tuple(f"t{place}" for place in range(draw(some.integers(1, 32))))
    width = draw(some.integers(1, 8))
    return randomised(with_tokens(sheet, tokens), width, draw(some.integers(0, 99)))


def switches(tokens: int) -> some.SearchStrategy[Switches]:
    places = some.lists(some.integers(0, tokens - 1), max_size=tokens).map(tuple)
    masks = some.sampled_from(["causal", "none", "padding", "cross"])
    flag = some.booleans()
    return some.builds(Switches, masks, flag, some.integers(1, tokens), flag, places)


@settings(max_examples=60)
@given(some.data())
def test_it_says_what_the_page_would(data: some.DataObject) -> None:
    sheet = data.draw(sheets())
    chosen = data.draw(switches(len(sheet.tokens)))
    names = TYPED[sheet.mode]
    cells = some.tuples(some.sampled_from(names), some.integers(0, 31), some.integers(0, 7))
    edits = data.draw(some.lists(some.tuples(cells, some.sampled_from(TYPED_TEXTS)), max_size=5))
    bad_before = edited(sheet, names[0], [Edit(0, 0, "?")])
    asked = short_way(bad_before, chosen, {}, {})["about"]
    said = [[name, row, column, text] for (name, row, column), text in edits]
    found = answer(json.loads(json.dumps({"about": asked, "edits": said})))
    for (name, row, column), text in edits:
        sheet = edited(sheet, name, [Edit(row, column, short_text(text))])
    assert found == packed(trace_of(numbers_of(sheet), chosen), "scores", 0)


def test_the_browser_is_told_where_to_ask_and_what_was_heard() -> None:
    assert ASKED["url"] == PATH.removeprefix("/"), "relative, as seen from the page"
    assert ASKED["grids"] == {"grid": "q"}
    assert ASKED["heard"] == {"grid": ["view", 3]}


def test_it_is_served_and_any_other_question_is_refused() -> None:
    client = TestClient(Starlette(routes=ROUTES))
    about = ASKED["about"]
    good = {"about": about, "edits": [["q", 0, 0, "2"]]}
    reply = client.post("/attention/typed", content=json.dumps(good))
    assert reply.status_code == 200
    assert reply.json()["complete"] is True
    switched = about["switches"]
    bad = [
        "",
        "{",
        "[" * 50_000,
        "null",
        {"about": about},
        {"about": about | {"example": "none"}, "edits": []},
        {"about": about | {"example": ["sentence"]}, "edits": []},
        {"about": about | {"sheet": about["sheet"][:-1]}, "edits": []},
        {"about": about | {"sheet": [*about["sheet"][:-1], "1|2"]}, "edits": []},
        {"about": about | {"sheet": ["qkv", None, 0, 1, 1, "a b", "1|2"]}, "edits": []},
        {"about": about | {"switches": {}}, "edits": []},
        {"about": about | {"switches": switched | {"mask": ["causal"]}}, "edits": []},
        {"about": about | {"switches": switched | {"count": -1}}, "edits": []},
        {"about": about | {"switches": switched | {"asking": [99]}}, "edits": []},
        {"about": about, "edits": [["w_q", 0, 0, "1"]]},
        {"about": about, "edits": [[["q"], 0, 0, "1"]]},
        {"about": about, "edits": ["q"]},
    ]
    for question in bad:
        content = question if isinstance(question, str) else json.dumps(question)
        assert client.post("/attention/typed", content=content).status_code == 400, question
    long = json.dumps(good | {"more": "x" * MOST_BYTES})
    assert client.post("/attention/typed", content=long).status_code == 413
    assert client.get("/attention/typed").status_code == 405


@pytest.mark.parametrize("edit", [["q", 99, 0, "1"], ["q", 0, True, "1"], ["q", 0, 0, 7]])
def test_an_edit_beside_the_matrix_changes_nothing(edit: list[object]) -> None:
    about = ASKED["about"]
    assert answer({"about": about, "edits": [edit]}) == answer({"about": about, "edits": []})
