from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from core.runs.client import Foreman
from core.runs.processes import Processes
from core.store.store import Store
from tests.core.runs.foremen import patient
from tests.core.runs.queueing import Setting


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


@pytest.fixture
def a(tmp_path: Path) -> Iterator[Setting]:
    setting = Setting(tmp_path)
    yield setting
    setting.queue.close()


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("runs")


@pytest.fixture(scope="session")
def foreman(root: Path) -> Iterator[Foreman]:
    """One for all tests that need no other, also for those that kill it: each costs two imports of torch.

    Whoever leaves a run to it that trains, or stops it, puts that right again.
    """
    foreman = patient(root, slots=2)
    foreman.start()
    yield foreman
    foreman.close()


@pytest.fixture(scope="session")
def store(root: Path) -> Store:
    return Store(root)
