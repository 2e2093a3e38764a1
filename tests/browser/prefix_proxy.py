"""A proxy as schools and notebooks have them: it takes a prefix off, and the server never hears of it."""

from __future__ import annotations

import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

PREFIX = "/proxy/8501"


class PrefixProxy(socketserver.ThreadingTCPServer):
    """Passes on what is asked below ``PREFIX``; ``strays`` are the paths that were asked beside it."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, behind: str) -> None:
        super().__init__(("127.0.0.1", 0), _Passage)
        parts = urlsplit(behind)
        self.behind = (str(parts.hostname), parts.port or 80)
        self.strays: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}{PREFIX}"


class _Passage(socketserver.BaseRequestHandler):
    """One request, or one WebSocket: every connection carries no more than one."""

    server: PrefixProxy

    def handle(self) -> None:
        asked = b""
        while b"\r\n\r\n" not in asked:
            more = self.request.recv(65536)
            if not more:
                return
            asked += more
        head, body = asked.split(b"\r\n\r\n", 1)
        first, *headers = head.decode("latin-1").split("\r\n")
        method, path, version = first.split(" ")
        if not path.startswith(f"{PREFIX}/"):
            self.server.strays.append(path)
            self.request.sendall(b"HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n")
            return
        if not any(header.lower().startswith("upgrade:") for header in headers):
            headers = [h for h in headers if not h.lower().startswith("connection:")]
            headers.append("Connection: close")
        lines = [f"{method} {path.removeprefix(PREFIX)} {version}", *headers, "", ""]
        with socket.create_connection(self.server.behind) as there:
            there.sendall("\r\n".join(lines).encode("latin-1") + body)
            sending = threading.Thread(target=_pass_on, args=(self.request, there), daemon=True)
            sending.start()
            _pass_on(there, self.request)


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    try:
        while found := source.recv(65536):
            target.sendall(found)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass  # the other side has gone


@contextmanager
def prefix_proxy(behind: str) -> Iterator[PrefixProxy]:
    """A proxy on a free port before the server at the address ``behind``."""
    with PrefixProxy(behind) as proxy:
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        yield proxy
        proxy.shutdown()
