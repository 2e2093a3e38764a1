"""What a run wrote and saw at its steps, for the browser: fetched once somebody takes hold of the scrubber.

``GET /replay/<run>/<start>-<stop>/<mark>`` answers for the full snapshots from ``start`` to before ``stop``:
``records`` with ``step``, ``sample``, ``maps`` (base64 of bytes [l h q k], in hundredths), their ``shape``,
the tokens of the ``probe``, ``vectors`` of words where the model has such, and, of a GPT, what it expects
``next`` and what the logit ``lens`` reads. A run that trains is asked for
its new steps only. ``mark`` is made of what
stands at the last of them, so that an answer may be kept for as long as the browser likes.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from core.store.snapshot import Snapshot
from core.store.store import is_run_id
from core.store.view import RunView
from pages.parts.frame.routes import from_page
from pages.parts.frame.services import library
from pages.parts.training.said import said_at
from pages.parts.widgets.cloud import whole_numbers

PATH = "/replay"
_KEPT = "private, max-age=31536000, immutable"
_NOT_KEPT = "no-store"
_STEPS = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")
_MISSING = "There is no such training, or no such step of it."


def address_of(run: RunView) -> str:
    """Where the browser asks, as seen from the page; steps and mark follow."""
    return from_page(f"{PATH}/{run.id}")


def mark_of(run: RunView) -> str:
    """Names what stands at the last full step, for the address; empty while there is none."""
    return _mark(run.full)


def steps_of_a_run(request: Request) -> Response:
    """The answer to a browser; 404 and a sentence where there is no such run, or not these steps."""
    asked = request.path_params
    run, steps = asked["run"], _STEPS.fullmatch(asked["steps"])
    try:
        if not is_run_id(run) or steps is None or not library().has(run):
            raise LookupError(run)
        found = packed(run, int(steps[1]), int(steps[2]), asked["mark"])
    except LookupError:
        headers = {"Cache-Control": _NOT_KEPT}
        return Response(_MISSING, status_code=404, media_type="text/plain", headers=headers)
    if not found.is_whole:
        packed.cache_clear()
    headers = {
        # What was made of a learner's own text goes when they delete it.
        "Cache-Control": _KEPT if found.is_whole and not found.is_own else _NOT_KEPT,
        "X-Content-Type-Options": "nosniff",
    }
    return Response(found.body, media_type="application/json", headers=headers)


class Packed(NamedTuple):
    """Steps as JSON; whether all that the model looks at could be read; whether the run is one of a
    learner's own text."""

    body: bytes
    is_whole: bool
    is_own: bool


@lru_cache(maxsize=32)
def packed(run_id: str, start: int, stop: int, mark: str) -> Packed:
    """The steps of a run. LookupError without one that has them with this mark."""
    run = library().look(run_id)
    if run is None or not 0 <= start < stop <= len(run.full) or _mark(run.full[:stop]) != mark:
        raise LookupError(run_id)
    found = run.full[start:stop]
    arrays = [run.arrays(snapshot.step) for snapshot in found]
    maps = [seen.get("attention") for seen in arrays]
    answer = {
        "records": [_record(run, one, seen) for one, seen in zip(found, arrays, strict=True)],
        "shape": next((seen.shape for seen in maps if seen is not None), None),
        "probe": next((one.probe for one in found if one.probe), None),
    }
    text = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
    wanted = {"attention", "vectors"} & {*run.spec.model.snapshot_arrays}
    is_whole = all(wanted <= seen.keys() for seen in arrays)
    return Packed(text.encode(), is_whole, run.spec.corpus.name == "own")


def _record(run: RunView, snapshot: Snapshot, arrays: Mapping[str, NDArray[Any]]) -> dict[str, Any]:
    maps, vectors = arrays.get("attention"), arrays.get("vectors")
    record: dict[str, Any] = {
        "step": snapshot.step,
        "sample": snapshot.sample,
        "maps": None if maps is None else base64.b64encode(_hundredths(maps)).decode("ascii"),
    }
    if vectors is not None:
        record["vectors"] = whole_numbers(vectors)
    said = said_at(run, snapshot.step, arrays)
    if said is not None:
        record["next"] = {"tokens": said.next, "shares": said.next_shares}
        record["lens"] = {"tokens": said.lens, "shares": said.lens_shares, "comes": said.comes}
    return record


def _hundredths(maps: NDArray[Any]) -> bytes:
    """Weights as the cells write them: two decimals, an exact half to the even digit."""
    whole = np.rint(np.nan_to_num(maps.astype(np.float64)) * 100)
    return np.clip(whole, 0, 100).astype(np.uint8).tobytes()


def _mark(full: tuple[Snapshot, ...]) -> str:
    if not full:
        return ""
    last = full[-1]
    said = json.dumps([len(full), last.step, str(last.validation_loss), last.sample])
    return hashlib.sha256(said.encode()).hexdigest()[:12]


ROUTES = [Route(f"{PATH}/{{run}}/{{steps}}/{{mark}}", steps_of_a_run, methods=["GET"])]
