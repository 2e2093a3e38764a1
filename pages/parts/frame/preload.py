"""All that pages use, imported before the first of them runs.

Around each run of a script Streamlit puts the script's folder into ``sys.path`` and takes it out again,
unless it is there already. Another thread that looks for a module or a package's version meanwhile may
be looking at a path that moves under it, and miss what is there. So the folder stays on the path, last,
where it hides nothing; and a page finds imported what it imports, which is quicker for its first visitor.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from types import ModuleType

import lessons
import pages
from core.spec.text import CorpusSpec
from core.text.corpora import CORPORA, load_corpus

_SCRIPTS = ("pages.shell",)
_LATE = (
    "PIL.ImageFile",
    "pandas",
    "pyarrow.pandas_compat",
    "streamlit.emojis",
    "streamlit.material_icon_names",
)
"""What Streamlit and the libraries import only when it is first needed: within a page."""


def preload() -> None:
    """Import the pages' modules, those of the lessons and what comes late, and keep the path still."""
    folder = os.path.abspath(Path(pages.__file__).parent)
    if folder not in sys.path:
        sys.path.append(folder)
    for name in (*_modules(pages), *_modules(lessons), *_LATE):
        import_module(name)
    for corpus in CORPORA:
        if corpus != "own":
            load_corpus(CorpusSpec.model_validate({"name": corpus, "size": 1}))


def _modules(package: ModuleType) -> list[str]:
    """The names of all modules of a package that are no scripts: those run, and are not imported."""
    found = walk_packages(package.__path__, f"{package.__name__}.")
    names = [module.name for module in found]
    return [name for name in names if name not in _SCRIPTS and not name.endswith(".page")]
