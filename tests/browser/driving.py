"""Driving the app as a visitor does: start a server, open a lesson, wait until it is settled."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect

ROOT = Path(__file__).parents[2]
SETTLED = '[data-testid="stApp"][data-test-script-state="notRunning"]'


@dataclass
class Server:
    """A running server of the app, with its own folder of runs."""

    url: str
    runs: Path
    process: subprocess.Popen[bytes]

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def start_server(runs: Path) -> Server:
    """Start the app on a free port and wait until it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = (runs.parent / f"server-{port}.log").open("wb")
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    options = [f"--server.port={port}", "--server.headless=true", "--server.address=127.0.0.1"]
    process = subprocess.Popen(
        command + options,
        cwd=ROOT,
        env={**os.environ, "CLEARHEAD_RUNS": str(runs)},
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    server = Server(f"http://127.0.0.1:{port}", runs, process)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=1).close()
            return server
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.2)
    raise RuntimeError(Path(log.name).read_text(errors="replace")[-3000:])


def open_lesson(page: Page, server: Server, path: str = "") -> None:
    """Open an address of the app and wait until its script has finished."""
    page.goto(f"{server.url}/{path}")
    expect(page.locator(SETTLED)).to_be_visible(timeout=30_000)
    expect(page.locator("h1").first).to_be_visible(timeout=30_000)


def settle(page: Page) -> None:
    """Wait for the script run that an action has caused."""
    page.wait_for_timeout(250)
    expect(page.locator(SETTLED)).to_be_visible(timeout=30_000)


@contextmanager
def opened_offline(page: Page, path: Path) -> Iterator[Page]:
    """A saved file in a browser without a network; the file throws nothing and asks for nothing."""
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(offline=True)
    opened = context.new_page()
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
