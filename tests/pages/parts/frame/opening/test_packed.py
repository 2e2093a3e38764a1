"""Files packed once: whole for everybody, and not sent to whoever has them."""

from __future__ import annotations

import gzip

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Route
from starlette.testclient import TestClient

from pages.parts.frame.opening.packed import PackedFile

TEXT = b"export const one = 1;\n" * 400


class Counted:
    """A file that tells how often it was read."""

    def __init__(self) -> None:
        self.read = 0

    def __call__(self) -> bytes:
        self.read += 1
        return TEXT


def _client(read: Counted) -> TestClient:
    file = PackedFile(read, "text/javascript")
    outer = [Middleware(GZipMiddleware, minimum_size=100)]
    return TestClient(Starlette(routes=[Route("/a.js", file.answer)], middleware=outer))


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("gzip, br", "gzip"), ("br, GZIP;q=0.5", "gzip"), ("identity", None), ("", None)],
)
def test_the_file_is_whole_however_it_is_sent(accepted: str, encoding: str | None) -> None:
    answer = _client(Counted()).get("/a.js", headers={"Accept-Encoding": accepted})
    assert answer.content == TEXT  # the client unpacks
    assert answer.headers.get("content-encoding") == encoding
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "accept-encoding" in answer.headers["vary"].lower()
    assert "immutable" in answer.headers["cache-control"]


def test_it_is_read_and_packed_once_for_all() -> None:
    read = Counted()
    client = _client(read)
    sizes = {client.get("/a.js").headers["content-length"] for _ in range(5)}
    assert read.read == 1
    assert sizes == {str(len(gzip.compress(TEXT, 9, mtime=0)))}


@pytest.mark.parametrize("said", ["{}", 'W/"other", {}', "*"])
def test_who_has_it_is_told_so(said: str) -> None:
    client = _client(Counted())
    etag = client.get("/a.js").headers["etag"]
    again = client.get("/a.js", headers={"If-None-Match": said.format(etag)})
    assert again.status_code == 304 and not again.content
    assert again.headers["etag"] == etag
    other = client.get("/a.js", headers={"If-None-Match": '"another"'})
    assert other.status_code == 200 and other.content == TEXT


def test_only_its_head_is_sent_to_whom_it_is_enough() -> None:
    answer = _client(Counted()).head("/a.js")
    assert answer.status_code == 200 and not answer.content
    assert int(answer.headers["content-length"]) > 0
