"""A Plotly figure as plain dictionaries: built and written in a few milliseconds.

Plotly's own graph objects check every property as it is set, 20 to 80 ms for one picture. A page
need not check what a test has checked: ``data`` and ``layout`` go through Plotly's validators, and
tests read figures through them. Arrays cross to the browser as bytes, not as digits.
"""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Trace = dict[str, Any]
"""One layer of a picture, in Plotly's words: its ``type`` and what that type knows."""

_BYTES = {
    "float64": "f8",
    "float32": "f4",
    "int32": "i4",
    "int16": "i2",
    "int8": "i1",
    "uint8": "u1",
}


class Figure:
    """Traces and a layout. The methods are those of Plotly's figure that pictures here need."""

    def __init__(self, traces: Sequence[Trace] = (), layout: Mapping[str, Any] | None = None):
        self.traces: list[Trace] = list(traces)
        self.settings: dict[str, Any] = dict(layout or {})

    def add_trace(self, trace: Trace) -> None:
        """Put one more layer on top."""
        self.traces.append(trace)

    def add_traces(self, traces: Sequence[Trace]) -> None:
        """Put several layers on top."""
        self.traces.extend(traces)

    def update_layout(self, **settings: Any) -> None:
        """Set what is given in the layout; dictionaries are merged, all else is replaced."""
        _merge(self.settings, settings)

    def update_xaxes(self, **settings: Any) -> None:
        """Set what is given on the x axis."""
        self.update_layout(xaxis=settings)

    def update_yaxes(self, **settings: Any) -> None:
        """Set what is given on the y axis."""
        self.update_layout(yaxis=settings)

    def add_shape(self, **shape: Any) -> None:
        """Draw one more line or rectangle."""
        self.settings["shapes"] = [*self.settings.get("shapes", ()), shape]

    def add_annotation(self, **annotation: Any) -> None:
        """Write one more note on the picture."""
        self.settings["annotations"] = [*self.settings.get("annotations", ()), annotation]

    @property
    def meta(self) -> Mapping[str, Any]:
        """What the page's plot reads of the figure: its theme, its cells."""
        return self.settings.get("meta") or {}

    @property
    def data(self) -> tuple[Any, ...]:
        """The traces as Plotly's own objects: ValueError for a property that Plotly doesn't know."""
        traces: tuple[Any, ...] = self._checked().data
        return traces

    @property
    def layout(self) -> Any:
        """The layout as Plotly's own object: ValueError for a property that Plotly doesn't know."""
        return self._checked().layout

    def to_json(self) -> str:
        """The figure as the browser gets it; what is no number is null."""
        whole = {"data": self.traces, "layout": self.settings}
        try:
            return _written(whole)
        except ValueError:
            return _written(_nulled(whole))

    def _checked(self) -> Any:
        import plotly.graph_objects as go  # only tests get here: it costs a second to import

        return go.Figure(data=self.traces, layout=self.settings)


def scatter(**properties: Any) -> Trace:
    """A layer of points, lines or texts; properties that are None are left out."""
    return {"type": "scatter"} | {n: value for n, value in properties.items() if value is not None}


def plain_figure(figure: Figure | Any) -> Figure:
    """The same figure without Plotly's objects; ``figure`` may be Plotly's own."""
    if isinstance(figure, Figure):
        return figure
    parts = figure.to_dict()
    return Figure(parts.get("data", ()), parts.get("layout"))


def _merge(into: dict[str, Any], settings: Mapping[str, Any]) -> None:
    for name, value in settings.items():
        before = into.get(name)
        if isinstance(value, Mapping) and isinstance(before, dict):
            into[name] = dict(before)
            _merge(into[name], value)
        else:
            into[name] = value


def _written(whole: object) -> str:
    return json.dumps(whole, default=_encoded, allow_nan=False, separators=(",", ":"))


def _encoded(value: object) -> object:
    """What JSON has no word for: arrays as base64 of their bytes, as plotly.js reads them."""
    if isinstance(value, np.ndarray):
        return _typed(value)
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"a figure cannot hold {type(value).__name__}")


def _typed(array: NDArray[Any]) -> object:
    if array.dtype == np.int64 and np.abs(array).max(initial=0) < 2**31:
        array = array.astype(np.int32)
    if array.dtype.name not in _BYTES:
        return array.tolist()
    little = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<"))
    coded = {
        "dtype": _BYTES[array.dtype.name],
        "bdata": base64.b64encode(little.tobytes()).decode("ascii"),
    }
    if array.ndim > 1:
        coded["shape"] = ", ".join(str(length) for length in array.shape)
    return coded


def _nulled(value: Any) -> Any:
    """Plain lists may hold NaN or infinities too, for which JSON has no word."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {name: _nulled(entry) for name, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_nulled(entry) for entry in value]
    return value
