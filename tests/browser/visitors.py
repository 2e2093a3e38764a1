"""Visitors without a browser: they fetch what a browser fetches first, hold its connections open, speak
Streamlit's protocol and read what the page draws."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from tests.patience import PATIENCE

_CONNECTIONS = 6
"""As many as a browser opens to one server at once."""


@dataclass(frozen=True)
class Seen:
    """What one visit to a page has shown: its first heading, and what a visitor should never see."""

    heading: str | None
    problems: tuple[str, ...]


def visit(server: str, slug: str) -> Seen:
    """Open a page and read it to its end; then go, as one who closes the tab."""
    problems: list[str] = []
    heading: str | None = None
    address = urlsplit(server)
    try:
        with ExitStack() as open_now:
            for path in _fetched(slug):
                connection = http.client.HTTPConnection(address.netloc, timeout=PATIENCE)
                open_now.enter_context(closing(connection))
                connection.request("GET", path)
                answer = connection.getresponse()
                answer.read()
                if answer.status != 200:
                    problems.append(f"{path}: {answer.status}")
            for message in heard(address.netloc, slug):
                element = message.delta.new_element
                match element.WhichOneof("type"):
                    case "exception":
                        problems.append(element.exception.message)
                    case "heading":
                        heading = heading or element.heading.body
    except Exception as error:
        problems.append(f"{type(error).__name__}: {error}")
    return Seen(heading, tuple(problems))


def _fetched(slug: str) -> Iterator[str]:
    """The page, and something small as often as there are further connections to hold."""
    yield f"/{'' if slug == 'home' else slug}"
    for _connection in range(_CONNECTIONS - 1):
        yield "/_stcore/health"


def heard(host: str, slug: str) -> Iterator[ForwardMsg]:
    """Have the page's script run, and yield all that the server says until it is over; what is drawn is a
    ``delta``."""
    begin = BackMsg()
    begin.rerun_script.page_name = "" if slug == "home" else slug
    begin.rerun_script.query_string = "lang=en"
    with connect(
        f"ws://{host}/_stcore/stream",
        subprotocols=[Subprotocol("streamlit")],
        open_timeout=PATIENCE,
        max_size=None,
    ) as socket:
        socket.send(begin.SerializeToString())
        while True:
            answer = socket.recv(timeout=PATIENCE)
            assert isinstance(answer, bytes)
            message = ForwardMsg.FromString(answer)
            yield message
            if message.WhichOneof("type") == "script_finished":
                return
