"""One thread for every test, the processor as each test expects to find it, two tests at a time."""

import os
import sys
from collections.abc import Iterator

import pytest

# With more threads, two cores spend their time waiting for each other.
os.environ["OMP_NUM_THREADS"] = "1"
os.environ.setdefault("OMP_WAIT_POLICY", "passive")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """With several processes, a file's tests stay together, and so do all that drive a browser: these
    mostly wait, while another process reckons."""
    for item in items:
        group = "browser" if "browser" in item.path.parts else item.path.stem
        item.add_marker(pytest.mark.xdist_group(group))


@pytest.fixture(autouse=True)
def _subnormal_numbers_exist() -> Iterator[None]:
    """Training flushes subnormal numbers to zero, for speed; a test after it must not notice."""
    yield
    if "torch" in sys.modules:
        sys.modules["torch"].set_flush_denormal(False)
