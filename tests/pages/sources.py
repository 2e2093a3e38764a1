"""What the pictures of an opened page say of where their numbers come from."""

from __future__ import annotations

import re
from typing import Any

from streamlit.testing.v1 import AppTest

from tests.pages.components import told

_CAPTIONED = (
    *("clearhead_plot", "clearhead_heads", "clearhead_neurons"),
    *("clearhead_tokens", "clearhead_merges", "clearhead_unrolled", "clearhead_kept"),
    "clearhead_sampling",
)
_TAG = re.compile(r":gray-badge\[(.*)\]$")
Told = dict[str, tuple[str, str]]
"""Of each picture, by key: the words in sight and the details."""


def sources_of(app: AppTest) -> Told:
    """Of every picture on the page, in the order of the page. AssertionError for one that says nothing."""
    found: Told = {}
    waiting: list[str] = []

    def look(node: Any) -> None:
        for child in getattr(node, "children", {}).values():
            look(child)
        proto = getattr(node, "proto", None)
        name = getattr(proto, "component_name", "")
        if name == "clearhead_chain":
            chain = told(proto)["chain"]
            found[chain["picture"]] = _packed(chain["source"])
        elif name == "clearhead_grid":
            grid = told(proto)["grid"]
            found[grid["key"]] = _packed(grid["source"])
        elif name == "clearhead_cloud":
            assert not waiting, f"{waiting[0]} has no source"
            waiting.append(told(proto)["cloud"]["filename"])
        elif name in _CAPTIONED:
            assert not waiting, f"{waiting[0]} has no source"
            waiting.append(told(proto)["filename"])
        elif waiting and (tag := _TAG.search(getattr(proto, "body", ""))):
            found[waiting.pop()] = (tag[1], proto.help)

    look(app._tree)
    assert not waiting, f"{waiting[0]} has no source"
    return found


def words_of(app: AppTest) -> dict[str, str]:
    """The words in sight alone."""
    return {key: words for key, (words, _details) in sources_of(app).items()}


def _packed(source: dict[str, str]) -> tuple[str, str]:
    return source["words"], source["details"]
