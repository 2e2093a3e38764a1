"""The soft limit of open files is raised where the system allows it, and nothing is said where not."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")


@pytest.mark.parametrize(("hard", "expected"), [(4000, 4000), (256, 256)])
def test_the_soft_limit_is_as_high_as_the_hard_one(hard: int, expected: int) -> None:
    program = (
        "import resource, sys\n"
        f"resource.setrlimit(resource.RLIMIT_NOFILE, (256, {hard}))\n"
        "from core.runs.descriptors import raise_open_files\n"
        "print(raise_open_files(), raise_open_files(), resource.getrlimit(resource.RLIMIT_NOFILE)[0])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [str(expected)] * 3 and done.stderr == ""


def test_a_refused_limit_is_tried_lower(monkeypatch: pytest.MonkeyPatch) -> None:
    import resource

    from core.runs.descriptors import raise_open_files

    limit = [256]

    def as_on_macos(_which: int, wanted: tuple[int, int]) -> None:
        if wanted[0] > 10_240:
            raise ValueError("current limit exceeds maximum limit")
        limit[0] = wanted[0]

    monkeypatch.setattr(resource, "getrlimit", lambda _which: (limit[0], resource.RLIM_INFINITY))
    monkeypatch.setattr(resource, "setrlimit", as_on_macos)
    assert raise_open_files() == 10_240
