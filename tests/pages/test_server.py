"""What every request passes through."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from pages.parts.frame.learner import COOKIE
from pages.server import LearnerCookie

CLIENT = TestClient(
    Starlette(
        routes=[Route("/", lambda _: HTMLResponse("page"))], middleware=[Middleware(LearnerCookie)]
    )
)


@pytest.mark.parametrize(
    "sent", ["a/b=1", "(x)=1; @=2", "{x}", f"not_{COOKIE}=1", "", "=", f"x={COOKIE}"]
)
def test_a_browser_gets_its_name_whatever_others_have_set(sent: str) -> None:
    answer = CLIENT.get("/", headers={"Cookie": sent})
    assert answer.status_code == 200
    assert answer.headers["set-cookie"].startswith(f"{COOKIE}=")


@pytest.mark.parametrize("before", ["", "a/b=1; ", "x;"])
def test_a_browser_that_has_a_name_keeps_it(before: str) -> None:
    answer = CLIENT.get("/", headers={"Cookie": f"{before}{COOKIE}={'0' * 32}"})
    assert "set-cookie" not in answer.headers
