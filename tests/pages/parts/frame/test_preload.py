"""Pages import nothing and look nothing up while they run: the server has done it before."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[4]

_OPEN_ALL = """
import importlib.metadata, pathlib, sys, tempfile
import tests.apptest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from core.errors import LearnerError
from core.runs.client import Foreman
from lessons.catalogue import pages
from pages.parts.frame import services
from pages.parts.frame.preload import preload

def no_answer(*arguments, **options):
    raise LearnerError("Nobody answers here.")

Foreman.start = lambda self: None
Foreman._call = no_answer
services.RUNS_FOLDER = pathlib.Path(tempfile.mkdtemp())
preload()
path = list(sys.path)
AppTest.from_string("import streamlit", default_timeout=100).run()
importlib.metadata.version = no_answer
shown = set()
for slug in ("home", *(page.slug for page in pages())):
    app = AppTest.from_file(sys.argv[1], default_timeout=100)
    if slug != "home":
        app._page_hash = calc_hash(slug)
    before = set(sys.modules)
    app.run()
    assert not app.exception, app.exception[0].message
    late = sorted(set(sys.modules) - before)
    assert not late, f"{slug} imports {late}"
    assert sys.path == path
    shown.add(app.title[0].value)
assert len(shown) == len(pages()) + 1
"""


def test_no_page_imports_a_module_or_asks_for_a_version() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _OPEN_ALL, str(ROOT / "pages" / "shell.py")],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-3000:]


def test_streamlit_leaves_the_path_as_it_is() -> None:
    program = (
        "import sys\n"
        "from streamlit.runtime.scriptrunner.exec_code import modified_sys_path\n"
        "from pages.parts.frame.preload import preload\n"
        "preload()\n"
        "before = list(sys.path)\n"
        "with modified_sys_path(sys.argv[1]):\n"
        "    assert sys.path == before\n"
        "assert sys.path == before and before[-1] == sys.argv[2]\n"
    )
    pages = ROOT / "pages"
    done = subprocess.run(
        [sys.executable, "-c", program, str(pages / "shell.py"), str(pages)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-3000:]
