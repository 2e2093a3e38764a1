"""Every run of the commit before keeps its id: folders, links and starters are named by it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from core.spec.run import read_spec

ROWS: list[dict[str, Any]] = json.loads(
    Path(__file__).with_name("run_ids.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['from']} {row['id']}" for row in ROWS])
def test_the_run_keeps_its_id(row: dict[str, Any]) -> None:
    assert read_spec(row["spec"]).id == row["id"]
    assert read_spec(json.dumps(row["spec"])).id == row["id"]
    spec = read_spec(row["given"])
    assert spec.id == row["id"]
    found = spec.model_dump(mode="json")
    parts = (("corpus", spec.corpus), ("model", spec.model), ("recipe", spec.recipe))
    for name, part in parts:
        for option, default in part.later_options.items():
            if option not in row["spec"][name]:
                assert found[name].pop(option) == default, (
                    "what is younger than the run has its default"
                )
    if "start" not in row["spec"]:
        assert found.pop("start") is None
    assert found == row["spec"]
