"""What widgets of our own were sent: AppTest knows Streamlit's only."""

from __future__ import annotations

import json
from typing import Any

from streamlit.proto.BidiComponent_pb2 import BidiComponent
from streamlit.testing.v1 import AppTest


def sent(app: AppTest, key: str) -> dict[str, Any] | None:
    """The data of the widget under this key, or None where there is none."""
    found: list[dict[str, Any]] = []

    def walk(block: object) -> None:
        for child in getattr(block, "children", {}).values():
            proto = getattr(child, "proto", None)
            if isinstance(proto, BidiComponent) and proto.id.endswith(f"-{key}"):
                found.append(told(proto))
            walk(child)

    walk(app._tree)
    assert len(found) <= 1
    return found[0] if found else None


def told(proto: BidiComponent) -> Any:
    """The data that one widget was sent: of a ``Program``, one text in a list."""
    return json.loads(json.loads(proto.json)[0]) if proto.json else {}
