"""What a visitor waits for and what one costs: the first picture in a real browser, the web process's work.

Cold is a browser that was never here, on a server that has shown the page; warm is its second visit. A
picture counts once it is painted with its numbers: home's stands in its first response already, so a row more
says when the page itself has taken its place. By itself: ``python -m tests.benchmarks.bench_open``.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from lessons.catalogue import lessons
from tests.benchmarks.rows import Row, printed
from tests.browser.conftest import FLAGS
from tests.browser.driving import SETTLED, Server, start_server
from tests.browser.visitors import heard, visit

TIMES = 5
PROMISED_MS = {
    "home_picture_cold_ms": 2500.0,
    "home_picture_warm_ms": 1200.0,
    "lesson_picture_cold_ms": 3000.0,
}
PROMISED_CPU_MS, PROMISED_TEN_MS = 60.0, 1000.0
VISITS_AT_ONCE, CLASS, CLASSES = 4, 10, 3
"""A process's time is told in hundredths of a second, so that several visits are measured as one."""

_PICTURES = ", ".join(
    f".clearhead-{name}"
    for name in ("plot", "chain", "heads", "neurons", "unrolled", "cloud", "graph", "tokens")
)
_SIGHT = ".first-sight .picture"
_WATCH = """
window.opening = { shift: 0 };
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.opening.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
const look = (places, name) => {
  const picture = document.querySelector(places);
  // In this order: whether it is seen asks for a layout, which would be counted as the page's own.
  if (picture && /[0-9]/.test(written(picture)) && picture.offsetParent) {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => { window.opening[name] ??= performance.now(); };
    requestAnimationFrame(() => channel.port2.postMessage(0));
  } else requestAnimationFrame(() => look(places, name));
};
const written = picture =>
  [...picture.querySelectorAll("svg text, td, th, .token")].map(part => part.textContent).join(" ");
look("PLACES", "page");
look("SIGHT", "picture");
""".replace("PLACES", _PICTURES).replace("SIGHT", f"{_SIGHT}, {_PICTURES}")


@dataclass
class Opened:
    """One page opened in a browser: milliseconds to the first picture, and to the first one of the page
    itself, None where none is near its top; the layout's shift; what was sent."""

    picture_ms: float | None
    page_ms: float | None
    shift: float
    requests: list[str]
    kilobytes: float


@dataclass
class Cost:
    """One more visitor of a page: milliseconds of the web process, elements drawn, bytes sent."""

    cpu_ms: list[float] = field(default_factory=list)
    elements: int = 0
    sent: int = 0


def rows() -> Iterator[Row]:
    """Browser first, then visitors without one; about five minutes."""
    slugs = ["home", *(lesson.slug for lesson in lessons())]
    with tempfile.TemporaryDirectory() as folder:
        server = start_server(Path(folder) / "runs")
        try:
            for slug in slugs:
                for _ in range(2):
                    visit(server.url, slug)
            yield from _opened(server, slugs)
            for slug in slugs:
                yield from _costs(server, slug)
            yield from _class_opens(server, slugs[1:])
        finally:
            server.end()


def _opened(server: Server, slugs: list[str]) -> Iterator[Row]:
    slowest = 0.0
    for slug in slugs:
        cold, warm = _visits(server, slug)
        picture = _median([one.picture_ms for one in cold])
        if slug == "home":
            yield _promised("home_picture_cold_ms", picture)
            yield _promised("home_picture_warm_ms", _median([one.picture_ms for one in warm]))
            yield _counted("home_page_cold_ms", _median([one.page_ms for one in cold]), "ms")
            yield _counted("home_page_warm_ms", _median([one.page_ms for one in warm]), "ms")
            yield _row("cold_files_cpu_ms", _files_cost(server, cold[-1].requests), None, "ms")
        elif picture:
            yield _counted(f"picture_cold_ms_{slug}", picture, "ms")
            slowest = max(slowest, picture)
        for name, unit, counted in (
            ("cold_requests", "", [len(one.requests) for one in cold]),
            ("cold_kilobytes", "KB", [one.kilobytes for one in cold]),
            ("layout_shift", "", [one.shift for one in cold]),
        ):
            yield _counted(f"{name}_{slug}", statistics.median(counted), unit)
    yield _promised("lesson_picture_cold_ms", slowest)


def _median(found: list[float | None]) -> float:
    """Nought for a page without a picture near its top."""
    times = [one for one in found if one is not None]
    return statistics.median(times) if times else 0.0


def _visits(server: Server, slug: str) -> tuple[list[Opened], list[Opened]]:
    """Cold and warm openings of a page, ``TIMES`` of each; only home is opened warm."""
    cold, warm = [], []
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("google-chrome")
        for _ in range(TIMES):
            browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
            context = visitor(browser)
            cold.append(opened(context, server, slug))
            if slug == "home":
                warm.append(opened(context, server, slug))
            browser.close()
    return cold, warm


def visitor(browser: Browser) -> BrowserContext:
    """One who was never here."""
    return browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-US")


def opened(context: BrowserContext, server: Server, slug: str) -> Opened:
    """A page opened in a new tab, until its first picture and all else that it loads by itself are there."""
    page = context.new_page()
    page.add_init_script(_WATCH)
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    protocol = context.new_cdp_session(page)
    protocol.send("Network.enable")
    sent: list[float] = []
    protocol.on("Network.loadingFinished", lambda event: sent.append(event["encodedDataLength"]))
    page.goto(f"{server.url}/{'' if slug == 'home' else slug}")
    page.locator("h1").first.wait_for(timeout=60_000)
    page.locator(SETTLED).wait_for(timeout=60_000)
    page.wait_for_timeout(2000)
    if page.locator(_PICTURES).count():
        page.wait_for_function("window.opening.page", timeout=60_000)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)
    told = page.evaluate("window.opening")
    page.close()
    seen = told.get("picture"), told.get("page")
    return Opened(*seen, told["shift"], requests, sum(sent) / 1000)


def _files_cost(server: Server, addresses: list[str]) -> float:
    """Milliseconds of the web process for the files that one browser asks for."""
    headers = {"Accept-Encoding": "gzip, deflate, br, zstd"}
    asked = [one for one in addresses if one.startswith(server.url)]

    def fetch_all() -> None:
        for one in asked:
            urllib.request.urlopen(urllib.request.Request(one, headers=headers)).read()

    fetch_all()
    begin = _worked(server)
    for _ in range(TIMES):
        fetch_all()
    return (_worked(server) - begin) / TIMES


def _costs(server: Server, slug: str) -> Iterator[Row]:
    host = server.url.removeprefix("http://")
    cost = Cost()
    for _ in range(TIMES):
        begin = _worked(server)
        for _visit in range(VISITS_AT_ONCE):
            messages = list(heard(host, slug))
        time.sleep(0.2)
        cost.cpu_ms.append((_worked(server) - begin) / VISITS_AT_ONCE)
    cost.elements = sum(one.WhichOneof("type") == "delta" for one in messages)
    cost.sent = sum(one.ByteSize() for one in messages)
    yield _row(f"page_open_cpu_ms_{slug}", statistics.median(cost.cpu_ms), PROMISED_CPU_MS, "ms")
    yield _counted(f"page_open_elements_{slug}", cost.elements, "")
    yield _counted(f"page_open_bytes_{slug}", cost.sent, "B")


def _worked(server: Server) -> float:
    """Milliseconds of processor time that the web process has had, its foreman and workers not."""
    times = psutil.Process(server.process.pid).cpu_times()
    return 1000 * float(times.user + times.system)


def _class_opens(server: Server, slugs: list[str]) -> Iterator[Row]:
    """Ten visitors within a second, a lesson at a time; the slowest lesson is what is promised."""
    found: dict[str, float] = {}
    for slug in slugs:
        times: list[float] = []
        for _ in range(CLASSES):
            with ThreadPoolExecutor(CLASS) as crowd:
                times += crowd.map(
                    lambda place, slug=slug: _arrives(server, slug, place), range(CLASS)
                )
        found[slug] = sorted(times)[round(0.95 * (len(times) - 1))]
    yield _row("ten_open_p95_ms", max(found.values()), PROMISED_TEN_MS, "ms")
    for slug, value in found.items():
        yield _counted(f"ten_open_p95_ms_{slug}", value, "ms")


def _arrives(server: Server, slug: str, place: int) -> float:
    time.sleep(place / CLASS)
    begin = time.perf_counter()
    problems = visit(server.url, slug).problems
    if problems:
        raise RuntimeError(f"{slug}: {problems}")
    return 1000 * (time.perf_counter() - begin)


def _promised(name: str, ours: float) -> Row:
    return _row(name, ours, PROMISED_MS[name], "ms")


def _counted(name: str, ours: float, unit: str) -> Row:
    return _row(name, ours, None, unit)


def _row(name: str, ours: float, peer: float | None, unit: str) -> Row:
    ratio = None if peer is None or not ours else peer / ours
    return {"name": name, "ours": ours, "peer": peer, "ratio": ratio, "unit": unit}


if __name__ == "__main__":
    printed(rows())
