"""Files that never change while the server runs: packed once, sent packed to everybody.

Packing on the way, each file for each visitor, cost the web process more than all else that an opening
page asks of it. Only the packed bytes are kept: what they hold is unpacked for the few who cannot.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from threading import Lock

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

FOR_EVER = "public, max-age=31536000, immutable"
ASKED_ABOUT = "no-cache"
"""Kept, but not used before the server has said that it is still the same."""
_LEVEL = 9


class PackedFile:
    """One file, read and packed when it is first asked for, or before."""

    def __init__(self, read: Callable[[], bytes], media_type: str, kept: str = FOR_EVER) -> None:
        self.media_type = media_type
        self.kept = kept
        self._read = read
        self._lock = Lock()
        self._packed = b""
        self._etag = ""

    def pack(self) -> None:
        """Have the packed bytes at hand. Takes half a second for plotly.js, so call it in a thread."""
        with self._lock:
            if not self._packed:
                packed = gzip.compress(self._read(), _LEVEL, mtime=0)
                # Weak: the same file may be sent packed or not.
                self._etag = f'W/"{hashlib.sha256(packed).hexdigest()[:20]}"'
                self._packed = packed

    async def answer(self, request: Request) -> Response:
        """The file for one browser, or 304 if it has it; ``kept`` by browsers and proxies."""
        if not self._packed:
            await run_in_threadpool(self.pack)
        headers = {
            "Cache-Control": self.kept,
            "ETag": self._etag,
            "Vary": "Accept-Encoding",
            "X-Content-Type-Options": "nosniff",
        }
        if _has(request.headers.get("if-none-match", ""), self._etag):
            return Response(status_code=304, headers=headers)
        if _takes_gzip(request.headers.get("accept-encoding", "")):
            headers["Content-Encoding"] = "gzip"
            return Response(self._packed, media_type=self.media_type, headers=headers)
        plain = await run_in_threadpool(gzip.decompress, self._packed)
        return Response(plain, media_type=self.media_type, headers=headers)


def _has(known: str, etag: str) -> bool:
    """Whether ``If-None-Match`` names the file: weak and strong names of it are the same."""
    strong = etag.removeprefix("W/")
    names = [name.strip().removeprefix("W/") for name in known.split(",")]
    return "*" in names or strong in names


def _takes_gzip(accepted: str) -> bool:
    """Whether ``Accept-Encoding`` names gzip and does not refuse it."""
    for entry in accepted.lower().split(","):
        name, _, weight = entry.partition(";")
        if name.strip() == "gzip":
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
