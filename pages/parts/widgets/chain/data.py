"""What the browser needs to unfold a trace: its matrices, packed, and what feeds each cell.

A small trace is sent whole, so that the browser can walk it alone. Of a large one only the chosen
stage is sent, with the rows and columns that its cell was made from, and thumbnails of the others.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterator, Mapping
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from core.figures.theme import ScaleName
from core.worked.stages import (
    INPUTS,
    MatrixName,
    is_divided,
    sources,
    stage_matrix,
    stages_of,
)
from core.worked.trace import STAGES, Stage, Trace

MOST_WHOLE = 32
"""Up to so many tokens all stages are sent."""

MOST_CELLS = 576
"""Up to so many cells a matrix is a table of digits in the browser."""

_THUMB = 32
_SQUARE = ("bias", "scores", "scaled", "mask", "exp", "softmax")
AXES: Mapping[str, tuple[str, str]] = {
    "x": ("tokens", "inputs"),
    "w_q": ("inputs", "columns"),
    "w_k": ("inputs", "columns"),
    "w_v": ("inputs", "columns"),
    "b_q": ("one", "columns"),
    "b_k": ("one", "columns"),
    "b_v": ("one", "columns"),
    "q": ("queries", "columns"),
    "k": ("keys", "columns"),
    "v": ("values", "columns"),
    **dict.fromkeys(_SQUARE, ("queries", "keys")),
    "output": ("queries", "columns"),
}
_HIDE = {"mask": "−∞", "exp": "0", "softmax": "0"}


def packed(
    trace: Trace, stage: Stage, row: int, holds: Mapping[str, object] | None = None
) -> dict[str, Any]:
    """The trace for the component: ``matrices``, ``thumbs``, ``stages``, ``order``, ``sources``, …

    ``holds`` are the stamps of the matrices that the browser says it has: a large one is not sent
    again.
    """
    names = _matrices(trace)
    whole = max(trace.scores.shape) <= MOST_WHOLE
    if whole:
        matrices: dict[str, Any] = {name: _matrix(trace, name) for name in names}
        thumbs: dict[str, Any] = {}
    else:
        matrices = dict(_needed(trace, stage, row, holds or {}))
        thumbs = {name: _thumb(trace, name) for name in names}
    return {
        "stages": list(stages_of(trace)),
        "order": names,
        "complete": whole,
        "matrices": matrices,
        "thumbs": thumbs,
        "axesOf": {name: {"rows": AXES[name][0], "columns": AXES[name][1]} for name in names},
        "sources": {
            step: [[source.matrix, source.row, source.column] for source in sources(trace, step)]
            for step in _steps(trace)
        },
        "formulas": {name: _formula(trace, name) for name in names},
        "hidden": _base64(np.packbits(trace.mask)) if trace.mask.any() else "",
    }


def _steps(trace: Trace) -> tuple[Stage | Literal["row_sums"], ...]:
    return (*stages_of(trace), "row_sums")


def _matrices(trace: Trace) -> list[MatrixName]:
    """All matrices of the trace, in the order in which they come about."""
    steps = set(stages_of(trace))
    used = {source.matrix for step in steps for source in sources(trace, step)}
    given = [name for name in INPUTS if name in used and name != "bias"]
    order: list[MatrixName] = [
        *given,
        *(step for step in STAGES if step in steps or step in ("q", "k", "v")),
    ]
    if "bias" in used:
        order.insert(order.index("scaled"), "bias")
    return order


def _needed(
    trace: Trace, stage: Stage, row: int, holds: Mapping[str, object]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The chosen stage, and of its sources what its cell needs."""
    fed = {source.matrix for source in sources(trace, stage)}
    if stage == "softmax":
        fed.discard("row_sums")
    for name in _matrices(trace):
        if name == stage or (name in fed and name not in _SQUARE):
            yield name, _matrix(trace, name, held=holds.get(name))
        elif name in fed:
            yield name, _matrix(trace, name, only=row)


def _matrix(
    trace: Trace, name: MatrixName, only: int | None = None, held: object = None
) -> dict[str, Any]:
    """One matrix, or row ``only`` of it. ``stamp`` changes with its values.

    What is shown in digits has all of them; of what is shown in colours, a float is enough.
    """
    values = stage_matrix(trace, name)
    scale, low, high = _shading(trace, name, values)
    part = values if only is None else values[only : only + 1]
    bits = 64 if part.size <= MOST_CELLS else 32
    data = np.ascontiguousarray(part, dtype=np.float64 if bits == 64 else np.float32)
    stamp = f"{zlib.crc32(data.tobytes()):x}"
    sums = trace.row_sums if only is None else trace.row_sums[only : only + 1]
    return {
        "values": None if held == stamp and only is None else _base64(data),
        "bits": bits,
        "shape": list(part.shape),
        "first": only or 0,
        "rows": AXES[name][0],
        "columns": AXES[name][1],
        "scale": scale,
        "low": low,
        "high": high,
        "hide": _HIDE.get(name, ""),
        "sums": _base64(sums) if name == "exp" and len(sums) <= MOST_WHOLE else None,
        "stamp": stamp,
    }


def _thumb(trace: Trace, name: MatrixName) -> dict[str, Any]:
    """The matrix seen from afar: every so-many-th row and column."""
    values = stage_matrix(trace, name)
    scale, low, high = _shading(trace, name, values)
    if name in _HIDE:
        values = np.where(trace.mask, np.nan, values)
    steps = [max(1, -(-length // _THUMB)) for length in values.shape]
    seen = np.ascontiguousarray(values[:: steps[0], :: steps[1]], dtype=np.float32)
    return {
        "values": _base64(seen),
        "shape": list(seen.shape),
        "scale": scale,
        "low": low,
        "high": high,
        "stamp": f"{zlib.crc32(seen.tobytes()):x}",
    }


def _shading(
    trace: Trace, name: MatrixName, values: NDArray[np.float64]
) -> tuple[ScaleName, float, float]:
    """Weights from 0 to 1, exponentials from 0, all else even about 0."""
    if name == "softmax":
        return "attention", 0.0, 1.0
    seen = trace.scaled if name == "mask" else values
    most = float(np.abs(seen).max(initial=0.0)) or 1.0
    return ("attention", 0.0, most) if name == "exp" else ("diverging", -most, most)


def _formula(trace: Trace, name: MatrixName) -> str:
    """Which of the component's formulas stands above the matrix."""
    if name in ("q", "k", "v"):
        if name not in stages_of(trace):
            return f"given_{name}"
        return name if getattr(trace, f"b_{name}") is None else f"{name}_bias"
    if name == "scaled":
        divided = "scaled" if is_divided(trace) else "scaled_not"
        return divided if trace.bias is None else f"{divided}_bias"
    if name == "exp" and trace.shift.any():
        return "exp_shifted"
    return name


def _base64(array: NDArray[Any]) -> str:
    return base64.b64encode(np.ascontiguousarray(array).tobytes()).decode("ascii")
