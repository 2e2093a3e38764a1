"""What holds for every test: one thread, one Hypothesis profile, the processor as tests expect it."""

import os
import sys
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

import tests.apptest
import tests.quiet  # noqa: F401

# With more threads, two cores spend their time waiting for each other.
os.environ["OMP_NUM_THREADS"] = "1"
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

# Nothing here is a matter of speed: no deadline, and examples may be slow to draw. The same examples in
# every run, so that a red test means that the code changed; without luck there is nothing to keep in a
# database. ``pytest --hypothesis-profile=search`` draws new ones, and prints how to have them again.
settings.register_profile(
    "same",
    deadline=None,
    derandomize=True,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("search", settings.get_profile("same"), derandomize=False)
settings.load_profile("same")


@pytest.fixture(autouse=True)
def _subnormal_numbers_exist() -> Iterator[None]:
    """Training flushes subnormal numbers to zero, for speed; a test after it must not notice."""
    yield
    if "torch" in sys.modules:
        sys.modules["torch"].set_flush_denormal(False)
