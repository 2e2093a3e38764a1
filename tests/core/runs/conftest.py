from __future__ import annotations

from collections.abc import Iterator

import pytest

from core.runs.processes import Processes


@pytest.fixture(scope="module")
def processes() -> Iterator[Processes]:
    """Cold processes; the environment that they ask for ends with the tests."""
    with pytest.MonkeyPatch.context() as environment:
        for variable in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OMP_WAIT_POLICY"):
            environment.setenv(variable, "1")
        yield Processes(["core.runs.worker"])
