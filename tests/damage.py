"""What may have happened to a file: a full disk, a power cut, a hand."""

from __future__ import annotations

import shutil
from pathlib import Path

KINDS = ("empty", "truncated", "garbage", "a folder in its place", "a file in its place")


def damage(path: Path, kind: str) -> None:
    """Have it happen to a file, or, where ``path`` is a folder, to what is in it."""
    if path.is_dir() and kind != "a file in its place":
        for inside in path.iterdir():
            damage(inside, kind)
        return
    content = path.read_bytes() if path.is_file() else b""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    match kind:
        case "empty":
            path.touch()
        case "truncated":
            path.write_bytes(content[: len(content) * 2 // 3 - 1])
        case "garbage":
            path.write_bytes(b"\x00\xff{]\n" * 50)
        case "a folder in its place":
            path.mkdir()
        case "a file in its place":
            path.write_bytes(b"{}\n")
