"""The web process: how long its imports take, and a rerun of each page once it is warm."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from streamlit.testing.v1 import AppTest

from lessons.catalogue import lessons
from pages.parts.frame import services
from tests.benchmarks.rows import Row

ROOT = Path(__file__).parents[2]
TIMES = 7
LEAST_PAUSE_MS = 300.0
"""What the interface is held to: an answer within 0.3 s."""


def rows() -> list[Row]:
    """Imports of the web process against those of torch alone; reruns against what we promise."""
    return [_imports(), *_reruns()]


def _imports() -> Row:
    ours, peer = [], []
    for _ in range(3):
        ours.append(_seconds("import streamlit, pages.server, pages.parts.training.controls"))
        peer.append(_seconds("import streamlit, torch"))
    return _row("web_import_seconds", statistics.median(ours), statistics.median(peer), "s")


def _seconds(code: str) -> float:
    begin = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    seconds = time.perf_counter() - begin
    if done.returncode:
        raise RuntimeError(done.stderr)
    return seconds


def _reruns() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        services.RUNS_FOLDER = Path(folder)
        try:
            return [_rerun(slug) for slug in ("home", *(lesson.slug for lesson in lessons()))]
        finally:
            services.close()


def _rerun(slug: str) -> Row:
    app = AppTest.from_file(str(ROOT / "pages" / "shell.py"), default_timeout=120).run()
    if slug != "home":
        app.switch_page(f"{slug}/page.py").run()
    app.run()
    times = []
    for _ in range(TIMES):
        begin = time.perf_counter()
        app.run()
        times.append(1000 * (time.perf_counter() - begin))
    return _row(f"page_rerun_ms_{slug}", statistics.median(times), LEAST_PAUSE_MS, "ms")


def _row(name: str, ours: float, peer: float, unit: str) -> Row:
    return {"name": name, "ours": ours, "peer": peer, "ratio": peer / ours, "unit": unit}
