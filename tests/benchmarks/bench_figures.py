"""Large pictures in a real browser: a 256 × 256 heatmap drawn anew in place, the head view pointed at.

Times are of the browser alone: from the new data until it is painted; of one frame under the pointer.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.benchmarks.bench_edit import serving
from tests.benchmarks.rows import Row
from tests.browser.driving import SETTLED

PAGES = Path(__file__).parent
TIMES = 12
PROMISED_MS = {"heatmap_256_redrawn_ms": 300.0, "heads_256_hover_ms": 30.0}
_WATCH = """
() => {
  window.spans = [];
  for (const name of ["react", "restyle"]) {
    const own = window.Plotly[name];
    window.Plotly[name] = (...given) => {
      const began = performance.now();
      const done = own(...given);
      requestAnimationFrame(() => setTimeout(() => window.spans.push(performance.now() - began)));
      return done;
    };
  }
}
"""
_HOVER = """
async marks => {
  const times = [];
  for (const mark of marks) {
    let began;
    requestAnimationFrame(() => { began = performance.now(); });
    mark.dispatchEvent(new PointerEvent("pointerenter"));
    await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    times.push(performance.now() - began);
    mark.dispatchEvent(new PointerEvent("pointerleave"));
  }
  return times;
}
"""


def rows() -> list[Row]:
    """The median of each; about half a minute."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        path = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="en-US")
        with serving(folder, PAGES) as url:
            page.goto(f"{url}/figures")
            page.locator(SETTLED).wait_for(timeout=60_000)
            page.locator(".clearhead-plot .main-svg").first.wait_for(timeout=60_000)
            page.locator(".clearhead-heads .token").first.wait_for(timeout=60_000)
            times = {
                "heatmap_256_redrawn_ms": _redrawn(page),
                "heads_256_hover_ms": _hovered(page),
            }
        browser.close()
    return [_row(name, found) for name, found in times.items()]


def _redrawn(page: Page) -> list[float]:
    page.wait_for_timeout(1000)
    page.evaluate(_WATCH)
    slider = page.locator(".st-key-sharpness input[type=range]")
    slider.focus()
    for turn in range(TIMES):
        before = page.evaluate("window.spans.length")
        page.keyboard.press("ArrowRight" if turn % 2 else "ArrowLeft")
        page.wait_for_function(f"window.spans.length > {before}", timeout=30_000)
        page.wait_for_timeout(300)
        page.locator(SETTLED).wait_for(timeout=60_000)
    found: list[float] = page.evaluate("window.spans")
    return found[2:]  # the first ones warm up


def _hovered(page: Page) -> list[float]:
    found: list[float] = page.locator(".clearhead-heads .token.query").evaluate_all(
        f"marks => ({_HOVER})(marks.slice(200, 200 + {TIMES + 4}))"
    )
    return found[4:]


def _row(name: str, times: list[float]) -> Row:
    ours = statistics.median(times)
    promised = PROMISED_MS[name]
    return {"name": name, "ours": ours, "peer": promised, "ratio": promised / ours, "unit": "ms"}
