"""One life of the foreman process as its clients see it: connections, patience, an end. Torch-free."""

from __future__ import annotations

import contextlib
import shutil
import socket
import struct
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from multiprocessing.connection import Client, Connection, answer_challenge, deliver_challenge
from pathlib import Path
from typing import Any

_LONGEST_SECONDS = 90.0
"""An answer that takes longer will not come."""

PING = "ping"
"""The request that any foreman answers at once, however much it has to do."""


class Silent(Exception):
    """The process is there and answers nothing: it has been stopped, or the whole machine is."""


@dataclass
class Session:
    """One life of the foreman process, and the idle connections to it. May be shared by threads."""

    process: subprocess.Popen[str]
    address: str | tuple[str, int]
    key: bytes
    _idle: list[Connection] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _silent: bool = False

    def request(self, method: str, arguments: tuple[Any, ...], patience: float) -> tuple[bool, Any]:
        """Whether it went well, and the answer or the error. An answer may take its time; what may not
        is a ping. EOFError or OSError if the process dies, Silent if it answers nothing for
        ``patience`` seconds, twice; then every request is refused at once until it answers again."""
        if self._silent:
            raise Silent
        try:
            reply: tuple[bool, Any] = self._exchange(method, arguments, patience)
            return reply
        except TimeoutError:
            self._await_voice()
            raise Silent from None

    def hang_up(self) -> None:
        with self._lock:
            while self._idle:
                self._idle.pop().close()

    def end(self) -> None:
        """Close its standard input, which ends it; kill it if that takes longer than 4 s."""
        self.hang_up()
        with contextlib.suppress(OSError):
            pipe(self.process.stdin).close()
        try:
            self.process.wait(4)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        pipe(self.process.stdout).close()
        if isinstance(self.address, str) and sys.platform != "win32":
            shutil.rmtree(Path(self.address).parent, ignore_errors=True)

    def _exchange(self, method: str, arguments: tuple[Any, ...], patience: float) -> Any:
        with self._lock:
            connection = self._idle.pop() if self._idle else None
        if connection is None:
            connection = _connect(self.address, self.key, patience)
        try:
            with _hurried():
                connection.send((method, arguments))
            self._await(connection, method, patience)
            with _hurried():
                reply = connection.recv()
        except BaseException:
            connection.close()
            raise
        with self._lock:
            self._idle.append(connection)
        return reply

    def _await(self, connection: Connection, method: str, patience: float) -> None:
        """Wait for the answer as long as the process is heard of. TimeoutError if it is not."""
        gives_up = time.monotonic() + _LONGEST_SECONDS
        while not connection.poll(patience):
            if method == PING or time.monotonic() > gives_up:
                raise TimeoutError(method)
            self._exchange(PING, (), patience)

    def _await_voice(self) -> None:
        """Refuse requests until the process answers again, however long that takes."""
        with self._lock:
            if self._silent:
                return
            self._silent = True

        def listen() -> None:
            with contextlib.suppress(EOFError, OSError):
                connection = _connect(self.address, self.key, None)
                with connection:
                    connection.send((PING, ()))
                    connection.recv()
            self._silent = False

        threading.Thread(target=listen, daemon=True, name="foreman's silence").start()


def pipe(stream: Any) -> Any:
    """A pipe that was asked for is there."""
    assert stream is not None
    return stream


def _connect(address: str | tuple[str, int], key: bytes, patience: float | None) -> Connection:
    """A connection on which each read and write takes at most ``patience`` seconds; as long as it likes
    with None. TimeoutError if the other side does not answer."""
    if sys.platform == "win32":
        return Client(address, authkey=key)
    family = socket.AF_UNIX if isinstance(address, str) else socket.AF_INET
    with socket.socket(family) as opened, _hurried():
        opened.settimeout(patience)
        opened.connect(address)
        opened.setblocking(True)
        if patience is not None:
            seconds, rest = divmod(max(patience, 0.001), 1)
            limit = struct.pack("@ll", int(seconds), int(1e6 * rest))
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, limit)
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, limit)
        connection = Connection(opened.detach())
        try:
            answer_challenge(connection, key)
            deliver_challenge(connection, key)
        except BaseException:
            connection.close()
            raise
        return connection


@contextlib.contextmanager
def _hurried() -> Any:
    """What the system says when a read, a write or a connection was not done in time, by one name."""
    try:
        yield
    except BlockingIOError:
        raise TimeoutError from None
