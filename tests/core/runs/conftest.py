from __future__ import annotations

import sys
from collections.abc import Iterator
from types import ModuleType

import pytest

from core.runs.processes import Processes


@pytest.fixture(scope="module")
def processes() -> Iterator[Processes]:
    """Cold processes; the environment that they ask for ends with the tests.

    Every process imports ``__main__``: without one, it is neither pytest nor the page that a test of
    the pages has left there.
    """
    with pytest.MonkeyPatch.context() as environment:
        environment.setitem(sys.modules, "__main__", ModuleType("__main__"))
        for variable in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OMP_WAIT_POLICY"):
            environment.setenv(variable, "1")
        yield Processes(["core.runs.worker"])
