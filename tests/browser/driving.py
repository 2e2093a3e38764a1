"""Driving pages as a visitor does: start a server, open a page, act, wait until the script has answered."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from weakref import WeakKeyDictionary

from playwright.sync_api import Locator, Page, WebSocket, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.patience import PATIENCE, eventually

ROOT = Path(__file__).parents[2]
SMALL = Path(__file__).parent / "small" / "app.py"
SETTLED = '[data-testid="stApp"][data-test-script-state="notRunning"]'
_OVER = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)

_sockets: WeakKeyDictionary[Page, WebSocket] = WeakKeyDictionary()
"""The connection of each open page to its server, the last one after a reload."""

expect.set_options(timeout=1000 * PATIENCE)


@dataclass
class Server:
    """A running server, with its own folder of runs and its log."""

    url: str
    port: int
    runs: Path
    process: subprocess.Popen[bytes]
    log: Path

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def end(self) -> None:
        """End it as its owner would."""
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()


def start_server(
    runs: Path, pages: Path | None = None, open_files: int | None = None, port: int | None = None
) -> Server:
    """Start the app, or the small pages of a folder, on a free port and wait until it answers.

    ``open_files`` is the soft limit that it is born with, ``port`` the one that another server had.

    Raises RuntimeError with the end of the log if it ends before.
    """
    if port is None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
    script = ROOT / "app.py" if pages is None else SMALL
    environment = {**os.environ, "CLEARHEAD_RUNS": str(runs), "PYTHONPATH": str(ROOT)}
    if pages is not None:
        environment["SMALL_PAGES"] = str(pages)
    log = runs.parent / f"server-{port}.log"
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    options = [f"--server.port={port}", "--server.headless=true", "--server.address=127.0.0.1"]
    with log.open("wb") as written:
        process = subprocess.Popen(
            command + options,
            cwd=ROOT,
            env=environment,
            stdout=written,
            stderr=subprocess.STDOUT,
            preexec_fn=None if open_files is None else partial(_allow_open_files, open_files),
        )
    server = Server(f"http://127.0.0.1:{port}", port, runs, process, log)
    eventually(lambda: process.poll() is not None or _answers(server), "the server's answer")
    if process.poll() is not None:
        raise RuntimeError(f"{script} ended:\n{log.read_text(errors='replace')[-3000:]}")
    return server


def _allow_open_files(soft: int) -> None:
    import resource

    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def _answers(server: Server) -> bool:
    try:
        urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=5).close()
    except OSError:
        return False
    return True


def open_lesson(page: Page, server: Server, path: str = "", whole: bool = True) -> None:
    """Open an address of the app and wait until its script has finished. A lesson is drawn ``whole``, or as
    visitors get it: what is in sight, and nearly."""
    if whole and path:
        path += f"{'&' if '?' in path else '?'}whole=1"
    open_page(page, server, path)
    expect(page.locator("h1").first).to_be_visible()


def open_page(page: Page, server: Server, path: str = "") -> None:
    """Open an address of any page and wait until its script has finished."""
    if page not in _sockets:
        page.set_default_timeout(1000 * PATIENCE)
        page.on("websocket", lambda opened: _sockets.update({page: opened}))
    page.goto(f"{server.url}/{path}")
    settled(page)


def settled(page: Page) -> None:
    """Wait until no script runs."""
    expect(page.locator(SETTLED)).to_be_visible()


@contextmanager
def rerun(page: Page) -> Iterator[None]:
    """Wait for the end of a run of the script, which what is done within must cause."""
    with answered(page):
        yield
    settled(page)


@contextmanager
def answered(page: Page) -> Iterator[None]:
    """As ``rerun``, but only until the server has said that the run is over: nothing may be drawn yet."""
    with _sockets[page].expect_event("framereceived", _ends_a_run, timeout=1000 * PATIENCE):
        yield


def _ends_a_run(payload: str | bytes) -> bool:
    if isinstance(payload, str):
        return False
    message = ForwardMsg.FromString(payload)
    return message.WhichOneof("type") == "script_finished" and message.script_finished in _OVER


def saved(page: Page, button: Locator, folder: Path) -> Path:
    """What a button offers for download, saved in ``folder``."""
    expect(button).to_be_visible()
    with page.expect_download() as waiting:
        button.evaluate("node => node.click()")
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


@contextmanager
def opened_offline(page: Page, path: Path) -> Iterator[Page]:
    """A saved file in a browser without a network; the file throws nothing and asks for nothing."""
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(offline=True)
    opened = context.new_page()
    opened.set_default_timeout(1000 * PATIENCE)
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("request", lambda request: _note_outside(request.url, wrong))
    opened.goto(path.as_uri())
    yield opened
    context.close()
    assert wrong == []


def _note_outside(url: str, found: list[str]) -> None:
    if not url.startswith(("file:", "data:", "blob:")):
        found.append(url)
