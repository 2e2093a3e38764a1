"""One thread for every test, the processor as each test expects to find it."""

import os
import sys
from collections.abc import Iterator

import pytest

# With more threads, two cores spend their time waiting for each other.
os.environ["OMP_NUM_THREADS"] = "1"
os.environ.setdefault("OMP_WAIT_POLICY", "passive")


@pytest.fixture(autouse=True)
def _subnormal_numbers_exist() -> Iterator[None]:
    """Training flushes subnormal numbers to zero, for speed; a test after it must not notice."""
    yield
    if "torch" in sys.modules:
        sys.modules["torch"].set_flush_denormal(False)
