from __future__ import annotations

import pytest

from core.errors import LearnerError
from core.runs.engines.local import LocalEngine
from core.runs.engines.registry import ENGINES, make_engine
from core.runs.processes import Processes, named


def test_every_name_is_of_something_that_makes_an_engine(processes: Processes) -> None:
    for name, function in ENGINES.items():
        assert isinstance(make_engine(name, processes), named(function))


def test_an_engine_that_is_not_entered_is_named_by_its_place(processes: Processes) -> None:
    engine = make_engine("core.runs.engines.local:LocalEngine", processes, 3)
    assert isinstance(engine, LocalEngine)


@pytest.mark.parametrize("name", ["abacus", "no.such.module:engine", "core.runs.queue:abacus"])
def test_an_unknown_name_is_a_sentence(processes: Processes, name: str) -> None:
    with pytest.raises(LearnerError, match=f"no training engine called {name}"):
        make_engine(name, processes)
