"""The first minute: what `make` says where the course cannot run."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

MAKEFILE = Path(__file__).parents[1] / "Makefile"

needs_make = pytest.mark.skipif(shutil.which("make") is None, reason="no make on this machine")


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a copy of the Makefile where nothing is installed."""
    shutil.copy(MAKEFILE, folder)
    (folder / "requirements.txt").touch()
    return subprocess.run(
        ["make", "run", *arguments], cwd=folder, capture_output=True, text=True, check=False
    )


@needs_make
def test_on_a_mac_without_a_pytorch_it_says_so_and_what_to_do(tmp_path: Path) -> None:
    done = make(tmp_path, "PLATFORM=Darwin x86_64")
    assert done.returncode != 0
    assert "no PyTorch for Macs with an Intel processor" in done.stdout
    assert "PYTHON=" in done.stdout and "Linux" in done.stdout
    assert not (tmp_path / ".venv").exists(), "nothing was begun"


@needs_make
def test_a_python_that_is_too_old_is_named(tmp_path: Path) -> None:
    old = tmp_path / "python3.9"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    done = make(tmp_path, f"PYTHON={old}", "PLATFORM=Linux x86_64")
    assert done.returncode != 0
    assert "Clearhead needs Python 3.11 or newer" in done.stdout
    assert not (tmp_path / ".venv").exists(), "nothing was begun"
