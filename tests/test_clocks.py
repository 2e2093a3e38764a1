"""No test depends on the machine's speed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clocks import problems

ROOT = Path(__file__).parent
PROFILE = ROOT / "conftest.py"
FILES = sorted(
    path
    for path in ROOT.rglob("*.py")
    if path != PROFILE and "benchmarks" not in path.relative_to(ROOT).parts
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_waits_a_fixed_time_or_asserts_one(path: Path) -> None:
    assert not list(problems(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("time.sleep(1)", "waits a fixed time"),
        ("for key in keys:\n    page.wait_for_timeout(250)", "waits a fixed time"),
        ("assert time.monotonic() - began < 1", "monotonic is asserted"),
        ("@settings(deadline=None)\ndef test(): pass", "belongs in the profile"),
        ("AppTest.from_function(page).run()", "default_timeout=PATIENCE"),
        ("AppTest.from_file(path, default_timeout=60)", "default_timeout=PATIENCE"),
    ],
)
def test_what_depends_on_speed_is_named(source: str, said: str) -> None:
    (problem,) = problems(source)
    assert said in problem


def test_one_may_look_until_something_is_there() -> None:
    assert not list(problems("while not done():\n    assert monotonic() < end\n    sleep(0.01)"))
