"""What import-linter cannot hold of the house: ``python -m tests.house``, a part of ``make lint``.

No folder is crowded, every lesson on the screen has its lesson, every widget is a package, and no module
shadows one of Python's own once Streamlit puts a page's folder first.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).parents[1]
MOST_FILES = 20
_DATA = ("starters", "locale")
_RERUN_OF_A_FRAGMENT = re.compile(r"""scope\s*=\s*["']fragment["']""")


def problems(files: Sequence[str]) -> Iterator[str]:
    """One sentence for each thing that is out of place among ``files``, paths from the root."""
    paths = [PurePosixPath(name) for name in files]
    code = [path for path in paths if path.parts[0] not in _DATA]
    for folder, count in sorted(Counter(path.parent for path in code).items()):
        if count > MOST_FILES:
            yield f"{folder} holds {count} files: at most {MOST_FILES}, so that one can see them all"
    shown = {path.parts[1] for path in paths if _is(path, "pages/*/page.py")}
    taught = {path.parts[1] for path in paths if _is(path, "lessons/*/en.md")}
    for slug in sorted(shown ^ taught):
        yield f"{slug} is in only one of pages/ and lessons/"
    for widget in sorted({path.parts[3] for path in paths if _is(path, "pages/parts/widgets/*/*")}):
        folder = f"pages/parts/widgets/{widget}"
        if f"{folder}/__init__.py" not in files:
            yield f"{folder} is no package"
    modules = {path for path in code if _is(path, "pages/*.py")}
    packages = {path.parent for path in code if _is(path, "pages/*/__init__.py")}
    for path in sorted(modules | packages):
        if path.stem in sys.stdlib_module_names:
            yield f"{path} shadows a module of Python's own"


def forbidden(path: str, text: str) -> Iterator[str]:
    """One sentence for each thing that may not stand in this file of a page."""
    if not path.startswith("pages/"):
        return
    for number, line in enumerate(text.splitlines(), 1):
        if _RERUN_OF_A_FRAGMENT.search(line):
            yield (
                f"{path}:{number}: a fragment asks to run again, which raises where a run of the whole page "
                "has just replaced it: change what is shown in the widget's callback"
            )


def _is(path: PurePosixPath, pattern: str) -> bool:
    """Whether the pattern is the whole path from the root; a relative one may match its end alone."""
    return PurePosixPath("/", path).match(f"/{pattern}")


def tracked() -> list[str]:
    """The files of the project, as git knows them."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return [name for name in listing.stdout.splitlines() if (ROOT / name).exists()]


if __name__ == "__main__":
    found = list(problems(tracked()))
    for name in tracked():
        if name.endswith(".py"):
            found += forbidden(name, (ROOT / name).read_text(encoding="utf-8"))
    print("\n".join(found) or "The house is in order.")
    sys.exit(bool(found))
