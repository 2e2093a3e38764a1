"""What makes a test depend on the machine's speed, found in its source."""

from __future__ import annotations

import ast
from collections.abc import Iterator

_WAITS = {"sleep", "wait_for_timeout"}
_APPS = {"from_file", "from_function", "from_string"}
_CLOCKS = {"monotonic", "perf_counter", "process_time", "monotonic_ns", "perf_counter_ns"}


def problems(source: str) -> Iterator[str]:
    """One sentence for each place: a wait of fixed length, a time that is asserted, a bound of its own.

    Within ``while`` one may sleep and look at a clock: that is how one waits for something.
    """
    yield from _walk(ast.parse(source), waiting=False)


def _walk(node: ast.AST, waiting: bool) -> Iterator[str]:
    waiting = waiting or isinstance(node, ast.While)
    if isinstance(node, ast.Call):
        name = _name(node.func)
        if name in _WAITS and not waiting:
            yield f"line {node.lineno}: {name} waits a fixed time; wait for what should happen"
        given = {keyword.arg: keyword.value for keyword in node.keywords}
        if "deadline" in given:
            yield f"line {node.lineno}: a deadline belongs in the profile of tests/conftest.py"
        if name in _APPS and _name(given.get("default_timeout")) != "PATIENCE":
            yield f"line {node.lineno}: a page has 3 seconds; give it default_timeout=PATIENCE"
    if isinstance(node, ast.Assert) and not waiting:
        read = {_name(call.func) for call in ast.walk(node) if isinstance(call, ast.Call)} & _CLOCKS
        if read:
            yield f"line {node.lineno}: {min(read)} is asserted; speed belongs in tests/benchmarks"
    for child in ast.iter_child_nodes(node):
        yield from _walk(child, waiting)


def _name(said: ast.expr | None) -> str:
    match said:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""
