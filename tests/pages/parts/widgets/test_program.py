"""Where the browser finds a widget's program, and what that route does not give away."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.testclient import TestClient

from pages.parts.widgets.plot import _PROGRAM
from pages.parts.widgets.shared import served
from pages.parts.widgets.shared.program import Program, bare, packed

WIDGETS = Path(served.__file__).parents[1]
CLIENT = TestClient(Starlette(routes=served.ROUTES))


@pytest.mark.parametrize(
    ("name", "kind"), [("chain/chain.js", "text/javascript"), ("chain/chain.css", "text/css")]
)
def test_a_file_of_this_version_is_kept_for_ever(name: str, kind: str) -> None:
    answer = CLIENT.get(served.address(name))
    assert answer.status_code == 200
    assert answer.text == (WIDGETS / name).read_text(encoding="utf-8")
    assert answer.headers["content-type"] == f"{kind}; charset=utf-8"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize(
    "path",
    [
        "/widgets/0123456789abcdef/chain/chain.js",
        "/widgets/{}/chain/nothing.js",
        "/widgets/{}/chain/__init__.py",
        "/widgets/{}/chain/numbers.test.js",
        "/widgets/{}/%2e%2e/%2e%2e/server.py",
        "/widgets/{}/chain%2f..%2f..%2fplot/plot.js",
        "/widgets/{}//etc/passwd",
        "/widgets/{}/",
    ],
)
def test_all_else_is_not_there(path: str) -> None:
    answer = CLIENT.get(path.format(served.VERSION))
    assert answer.status_code == 404 and not answer.content


def test_another_text_is_another_version() -> None:
    before = served._hash({"a.js": "1", "b.js": "2"})
    assert before != served._hash({"a.js": "1", "b.js": "3"})
    assert before != served._hash({"a.js": "2", "b.js": "1"})
    assert before != served._hash({"a.js": "1b.js2"})


def test_a_program_is_its_entry_and_all_that_it_imports() -> None:
    assert {"plot/plot.js", "plot/fitting.js", "shared/numbers.js"} <= _PROGRAM.modules.keys()
    assert "chain/chain.js" not in _PROGRAM.modules
    assert _PROGRAM.css == (WIDGETS / "plot" / "plot.css").read_text(encoding="utf-8")


def test_what_stands_inline_is_short_and_relative(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is sent again with every change of the data."""
    declared: dict[str, str] = {}
    monkeypatch.setattr(
        "streamlit.components.v2.component", lambda name, **parts: declared.update(parts)
    )
    Program.of("plot", "<i></i>").component("any")
    assert len(declared["js"]) < 200 and "css" not in declared
    found = re.search(r'new URL\("([^"]+)", document\.baseURI\)', declared["js"])
    assert found is not None and found[1] == served.address("shared/loading/load.js")
    assert not found[1].startswith("/")


def test_an_import_map_holds_every_module_under_the_names_by_which_they_call_each_other() -> None:
    imports = _PROGRAM.import_map()["imports"]
    assert imports.keys() == {bare(name) for name in _PROGRAM.modules}
    for address in imports.values():
        text = base64.b64decode(address.removeprefix("data:text/javascript;base64,")).decode()
        called = re.findall(r'\bfrom "([^"]+)"', text)
        assert set(called) <= imports.keys()


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=20,
    )
)
def test_data_are_sent_as_one_text_that_the_browser_can_read(data: object) -> None:
    (text,) = packed(data)
    assert json.loads(text) == data


def test_what_json_does_not_know_is_not_sent() -> None:
    for data in (float("nan"), [float("inf")], {"a": object()}):
        with pytest.raises((TypeError, ValueError)):
            packed(data)
