"""Vectors of very many words, read from the disk as far as they are looked at. Torch-free."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from core.errors import LearnerError
from core.worked.vectors.neighbours import Nearest

VECTORS, LENGTHS, WORDS, ENDS, ORDER = (
    "vectors.npy",
    "lengths.npy",
    "words.txt",
    "ends.npy",
    "order.npy",
)
FREQUENT = 50_000
"""Among so many of the most frequent words neighbours are looked for; the rest are mostly rare names."""


class VectorTable:
    """Words and their vectors, mapped into memory: all who look share one copy, which the system holds.

    Rows are in the order of how frequent the words are.
    """

    def __init__(self, folder: Path) -> None:
        """OSError, ValueError or EOFError if a file is missing or is none of ours."""
        self.vectors: NDArray[np.float32] = _mapped(folder / VECTORS)
        self._lengths: NDArray[np.float32] = _mapped(folder / LENGTHS)
        self._ends: NDArray[np.int32] = _mapped(folder / ENDS)
        self._order: NDArray[np.int32] = _mapped(folder / ORDER)
        self._letters = np.memmap(folder / WORDS, dtype=np.uint8, mode="r")
        if not len(self.vectors) == len(self._lengths) == len(self._ends) == len(self._order):
            raise ValueError("the files are not of the same words")

    def __len__(self) -> int:
        return len(self.vectors)

    def word(self, row: int) -> str:
        """The word of a row."""
        return self._spelled(row).decode("utf-8")

    def words(self, rows: Iterable[int]) -> tuple[str, ...]:
        """The words of rows."""
        return tuple(self.word(int(row)) for row in rows)

    def find(self, word: str) -> int | None:
        """The row of a word, in small letters as all of them are; None if it is not there."""
        wanted, low, high = word.strip().lower().encode("utf-8"), 0, len(self)
        while low < high:
            middle = (low + high) // 2
            row = int(self._order[middle])
            found = self._spelled(row)
            if found == wanted:
                return row
            low, high = (middle + 1, high) if found < wanted else (low, middle)
        return None

    def row(self, word: str) -> int:
        """The row of a word; LearnerError if it is not there."""
        row = self.find(word)
        if row is None:
            raise LearnerError(
                "“{word}” is not among the {count:,} words that have a vector here: type another one.",
                word=word.strip(),
                count=len(self),
            )
        return row

    def rows(self, rows: Sequence[int]) -> NDArray[np.float64]:
        """The vectors of these rows, [n d]."""
        chosen: NDArray[np.float64] = self.vectors[list(rows)].astype(np.float64)
        return chosen

    def nearest(
        self,
        query: NDArray[Any],
        count: int,
        without: Iterable[int] = (),
        among: int = FREQUENT,
    ) -> Nearest:
        """As ``core.worked.vectors.neighbours.nearest``, of the ``among`` most frequent words: a hundredth of
        a second."""
        among = min(among, len(self))
        wide = np.asarray(query, dtype=np.float32)
        length = float(np.linalg.norm(wide)) or 1.0
        lengths = np.maximum(self._lengths[:among], 1e-12)
        alike = (self.vectors[:among] @ wide) / lengths / length
        alike[[row for row in without if row < among]] = -np.inf
        alike[self._lengths[:among] == 0] = -np.inf
        few = min(count + 1, among)
        best = np.argpartition(-alike, few - 1)[:few]
        best = best[np.lexsort((best, -alike[best]))][:count]
        best = best[np.isfinite(alike[best])]
        return Nearest(best.astype(np.int64), alike[best].astype(np.float64))

    def _spelled(self, row: int) -> bytes:
        start = int(self._ends[row - 1]) + 1 if row else 0
        return self._letters[start : int(self._ends[row])].tobytes()


def write_table(folder: Path, words: Sequence[str], vectors: NDArray[np.float32]) -> None:
    """Write what ``VectorTable`` reads. ValueError if the two do not fit each other."""
    if vectors.ndim != 2 or len(words) != len(vectors) or not len(words):
        raise ValueError("as many words as vectors are needed")
    spelled = [word.encode("utf-8") for word in words]
    if any(b"\n" in word for word in spelled):
        raise ValueError("a word has no line break")
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / VECTORS, np.ascontiguousarray(vectors, dtype=np.float32))
    np.save(folder / LENGTHS, np.fromiter(_lengths(vectors), dtype=np.float32, count=len(vectors)))
    sizes = np.fromiter(map(len, spelled), dtype=np.int64, count=len(spelled))
    np.save(folder / ENDS, (np.cumsum(sizes + 1) - 1).astype(np.int32))
    order = sorted(range(len(spelled)), key=spelled.__getitem__)
    np.save(folder / ORDER, np.array(order, dtype=np.int32))
    (folder / WORDS).write_bytes(b"\n".join(spelled))


def _lengths(vectors: NDArray[np.float32]) -> Iterator[float]:
    for start in range(0, len(vectors), 65_536):
        yield from np.linalg.norm(vectors[start : start + 65_536].astype(np.float64), axis=1)


def _mapped(path: Path) -> NDArray[Any]:
    return cast(NDArray[Any], np.load(path, mmap_mode="r", allow_pickle=False))
