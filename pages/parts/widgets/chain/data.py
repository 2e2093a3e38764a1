"""What the browser needs to unfold a trace: one list of stages, each with its numbers and sources.

A small trace is sent whole, so that the browser can walk it alone. Of a large one only the chosen
stage is sent, with the rows and columns that its cell was made from, and thumbnails of the others.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.worked.formula import mathml
from core.worked.stages import STAGES, Stage, StageName, chain_of
from core.worked.trace import Trace

MOST_WHOLE = 32
"""Up to so many tokens all stages are sent."""

MOST_CELLS = 576
"""Up to so many cells a matrix is a table of digits in the browser."""

_THUMBNAIL = 32
"""Rows and columns of a matrix seen from afar."""


def packed(
    trace: Trace, at: StageName, row: int, holds: Mapping[str, object] | None = None
) -> dict[str, Any]:
    """The trace's ``stages`` in order, whether they are ``complete``, and which keys are ``hidden``.

    ``at`` and ``row`` are of the chosen cell. ``holds`` are the stamps of the matrices that the browser
    says it has: a large one is not sent again.
    """
    is_complete = max(trace.scores.shape) <= MOST_WHOLE
    stages = []
    for stage in chain_of(trace):
        described = _described(trace, stage)
        if is_complete:
            described["matrix"] = _matrix(trace, stage)
        else:
            described["matrix"] = _needed(trace, stage, at, row, (holds or {}).get(stage.name))
            described["thumbnail"] = None if stage.beside else _thumbnail(trace, stage)
        stages.append(described)
    return {
        "stages": stages,
        "complete": is_complete,
        "hidden": _base64(np.packbits(trace.mask)) if trace.mask.any() else "",
    }


def _described(trace: Trace, stage: Stage) -> dict[str, Any]:
    """All about a stage but its numbers. What was given has no sources, and no formula."""
    sources = stage.sources_in(trace)
    low, high = stage.span_in(trace)
    return {
        "name": stage.name,
        "role": stage.role,
        "rows": stage.rows,
        "columns": stage.columns,
        "sources": [[source.matrix, source.row, source.column] for source in sources],
        "formula": mathml(stage.formula(trace)) if sources and not stage.beside else "",
        "scale": stage.scale,
        "low": low,
        "high": high,
        "hide": stage.hidden,
        "beside": stage.beside or "",
    }


def _needed(
    trace: Trace, stage: Stage, at: StageName, row: int, held: object
) -> dict[str, Any] | None:
    """The chosen stage, and of its sources what its cell needs."""
    if stage.name == at:
        return _matrix(trace, stage, held=held)
    if all(source.matrix != stage.name for source in STAGES[at].sources_in(trace)):
        return None
    if stage.rows == "queries" and stage.columns in ("keys", "one"):
        return _matrix(trace, stage, only=row)
    return _matrix(trace, stage, held=held)


def _matrix(
    trace: Trace, stage: Stage, only: int | None = None, held: object = None
) -> dict[str, Any]:
    """The stage's matrix, or row ``only`` of it. ``stamp`` changes with its values.

    What is shown in digits has all of them; of what is shown in colours, a float is enough.
    """
    matrix = stage.matrix(trace)
    part = matrix if only is None else matrix[only : only + 1]
    bits = 64 if part.size <= MOST_CELLS else 32
    values = np.ascontiguousarray(part, dtype=np.float64 if bits == 64 else np.float32)
    stamp = _stamp(values)
    return {
        "values": None if held == stamp and only is None else _base64(values),
        "bits": bits,
        "shape": list(part.shape),
        "first": only or 0,
        "stamp": stamp,
    }


def _thumbnail(trace: Trace, stage: Stage) -> dict[str, Any]:
    """The matrix seen from afar: every so-many-th row and column."""
    matrix = stage.matrix(trace)
    if stage.hidden:
        matrix = np.where(trace.mask, np.nan, matrix)
    steps = [max(1, -(-length // _THUMBNAIL)) for length in matrix.shape]
    values = np.ascontiguousarray(matrix[:: steps[0], :: steps[1]], dtype=np.float32)
    return {"values": _base64(values), "shape": list(values.shape), "stamp": _stamp(values)}


def _stamp(values: NDArray[Any]) -> str:
    return f"{zlib.crc32(values.tobytes()):x}"


def _base64(array: NDArray[Any]) -> str:
    return base64.b64encode(np.ascontiguousarray(array).tobytes()).decode("ascii")
