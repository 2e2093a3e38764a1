"""The widgets' JavaScript, in the Node that Playwright brings: its unit tests, and what modules import."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from posixpath import dirname, join, normpath

from playwright._impl._driver import compute_driver_executable

from pages.parts.widgets.shared.served import FILES
from tests.patience import PATIENCE

WIDGETS = Path(__file__).parents[4] / "pages" / "parts" / "widgets"
NODE = str(compute_driver_executable()[0])


def node(*arguments: str) -> subprocess.CompletedProcess[str]:
    """What Node says, run where the widgets are."""
    return subprocess.run(
        [NODE, "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON", *arguments],
        cwd=WIDGETS,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def test_unit_tests_beside_the_modules() -> None:
    files = sorted(str(path.relative_to(WIDGETS)) for path in WIDGETS.rglob("*.test.js"))
    ran = node("--test", "--test-isolation=none", "--test-reporter=tap", *files)
    assert ran.returncode == 0, ran.stdout[-6000:] + ran.stderr[-2000:]
    counted = re.search(r"^# pass (\d+)$", ran.stdout, re.M)
    assert counted is not None and int(counted[1]) >= len(files) > 10


def test_every_module_finds_what_it_imports() -> None:
    modules = sorted(name for name in FILES if name.endswith(".js"))
    program = "\n".join(f'await import("./{name}");' for name in modules)
    ran = node("--input-type=module", "--eval", program)
    assert ran.returncode == 0, ran.stderr[-3000:]


def test_no_two_modules_need_each_other() -> None:
    """A circle would work, until a module uses at once what the other has not defined yet."""
    needs = {
        name: [
            normpath(join(dirname(name), other))
            for other in re.findall(r'\bfrom "(\.\.?/[^"]+)"', text)
        ]
        for name, text in FILES.items()
    }
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " → ".join((*path, name))
        if name not in done:
            for other in needs[name]:
                visit(other, (*path, name))
            done.add(name)

    for name in needs:
        visit(name, ())


def test_no_function_is_written_twice() -> None:
    written: dict[str, str] = {}
    for name, text in FILES.items():
        for found in re.finditer(
            r"^(?:export )?(?:async )?function \w*(\(.*?^\})$", text, re.M | re.S
        ):
            assert written.setdefault(found[1], name) == name, (found[0], name, written[found[1]])
