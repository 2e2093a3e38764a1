"""From an edit to its picture, in a real browser: a typed cell or a moved slider, until it is painted.

At 32 tokens on the bench of the attention lesson, with random numbers: alone on the screen, and within
the lesson, whose text and exercises Streamlit draws again at each edit. At 128 and 256 tokens on a page of
its own, with a slider.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.benchmarks.rows import Row
from tests.browser.driving import SETTLED, start_server

PAGES = Path(__file__).parent
TIMES = 24
PROMISED_MS = {"p50": 150.0, "p95": 300.0}
_WATCH = """
selector => {
  const root = document.querySelector(selector);
  window.edited = new Promise(done => {
    const painted = () => requestAnimationFrame(() => setTimeout(() => done(performance.now())));
    const seen = new MutationObserver(changes => {
      const card = ({ target }) => (target.closest ? target : target.parentElement)?.closest(".card");
      if (!changes.some(card)) return;
      seen.disconnect();
      painted();
    });
    seen.observe(root, { subtree: true, characterData: true, childList: true, attributes: true,
      attributeFilter: ["width"] });
  });
  window.addEventListener("keydown", () => { window.began = performance.now(); },
    { once: true, capture: true });
}
"""


def rows() -> list[Row]:
    """Median and 95th percentile at three sizes; about a minute."""
    found: list[Row] = []
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        path = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="en-US")
        with serving(folder) as url:
            found += _rows("32_in_the_lesson", _typed(page, url, "attention"))
            found += _rows("32", _typed(page, url, "attention?attention_alone=bench"))
        with serving(folder, PAGES) as url:
            for tokens in (128, 256):
                found += _rows(str(tokens), _slid(page, f"{url}/edit?tokens={tokens}"))
        browser.close()
    return found


def _typed(page: Page, url: str, path: str) -> list[float]:
    """A number typed over in Q and committed with Enter, on the bench."""
    page.goto(f"{url}/{path}{'&' if '?' in path else '?'}lang=en&attention_stage=softmax")
    page.locator(SETTLED).wait_for(timeout=60_000)
    page.locator(".st-key-attention_knobs button").click()
    tokens = page.locator(".st-key-attention_tokens input")
    tokens.fill(" ".join(f"t{place}" for place in range(32)))
    tokens.press("Enter")
    _settle(page)
    page.keyboard.press("Escape")
    page.locator(".st-key-attention_fill button").first.click()
    page.locator(".st-key-attention_random button").click()
    _settle(page)
    page.keyboard.press("Escape")
    _settle(page)
    times = []
    cell = page.locator(".st-key-attention_grid_q input").first
    for turn in range(TIMES):
        cell.fill(str(turn % 2 + 1.5))
        times.append(_measured(page, ".st-key-attention .clearhead-chain", "Enter", cell))
        cell = page.locator(".st-key-attention_grid_q input").first
    return times


def _slid(page: Page, url: str) -> list[float]:
    """One press of an arrow key on a slider that changes every weight."""
    page.goto(url)
    page.locator(SETTLED).wait_for(timeout=60_000)
    page.locator(".clearhead-chain canvas").first.wait_for(timeout=60_000)
    slider = page.locator(".st-key-sharpness input[type=range]")
    return [
        _measured(page, ".clearhead-chain", "ArrowRight" if turn % 2 else "ArrowLeft", slider)
        for turn in range(TIMES)
    ]


def _measured(page: Page, watched: str, key: str, where: object) -> float:
    where.focus()  # type: ignore[attr-defined]
    page.evaluate(_WATCH, watched)
    page.keyboard.press(key)
    ended = page.evaluate("window.edited")
    began = page.evaluate("window.began")
    _settle(page)
    return float(ended - began)


def _settle(page: Page) -> None:
    page.wait_for_timeout(150)
    page.locator(SETTLED).wait_for(timeout=60_000)


def _rows(tokens: str, times: list[float]) -> list[Row]:
    kept = sorted(times[4:])  # the first ones warm up
    measured = {
        "p50": statistics.median(kept),
        "p95": kept[min(len(kept) - 1, round(0.95 * (len(kept) - 1)))],
    }
    return [
        {
            "name": f"edit_to_picture_ms_{tokens}_{name}",
            "ours": value,
            "peer": PROMISED_MS[name],
            "ratio": PROMISED_MS[name] / value,
            "unit": "ms",
        }
        for name, value in measured.items()
    ]


@contextmanager
def serving(folder: str, pages: Path | None = None) -> Iterator[str]:
    """The address of a server of the app, or of small pages, with its runs under ``folder``."""
    server = start_server(Path(folder) / "runs", pages)
    try:
        yield server.url
    finally:
        server.end()
