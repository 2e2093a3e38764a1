"""Dragging the scrubber of a training in a real browser: from the input to the frame in which all has moved.

All is the marker in the losses, the sample and the grid of heads of the GPT lesson: of the run that ships,
and of one that trains meanwhile. Run alone: ``python -m tests.benchmarks.bench_scrub``.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile

from playwright.sync_api import Page, sync_playwright

from tests.benchmarks.bench_edit import serving
from tests.benchmarks.rows import Row, printed
from tests.browser.driving import SETTLED

PROMISED_MS = 150.0
LEAST_STEPS = 10
"""So many steps the run that trains has when it is dragged over."""

_RUNNING = "gpt?lang=en&gpt_step=288&whole=1&gpt_seed=4242&gpt_steps=3000"
_DRAG = """
async count => {
  const panel = document.querySelector(".st-key-gpt_panel");
  const input = panel.querySelector(".clearhead-scrubber input");
  const parts = [".st-key-gpt_losses .clearhead-plot", ".st-key-gpt_head_grid .clearhead-plot",
    ".st-key-gpt_sample .clearhead-at-step"].map(one => panel.querySelector(one));
  const frame = () => new Promise(requestAnimationFrame);
  const most = Number(count) - 1;
  const places = [...Array.from({ length: most }, (_, i) => most - 1 - i),
    ...Array.from({ length: most }, (_, i) => i)].slice(0, 40);
  const times = [];
  for (const place of places) {
    if (Number(input.value) === place) continue;
    input.value = place;
    const began = performance.now();
    input.dispatchEvent(new Event("input", { bubbles: true }));
    const step = panel.querySelector(".clearhead-scrubber").dataset.step;
    while (parts.some(part => part.dataset.step !== step)) {
      if (performance.now() - began > 20000) throw new Error(`nothing follows at ${step}`);
      await frame();
    }
    await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    times.push(performance.now() - began);
    await new Promise(done => setTimeout(done, 50));
  }
  return times;
}
"""


def rows() -> list[Row]:
    """Median and worst of each run; about a minute and a half."""
    found: list[Row] = []
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        path = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="en-US")
        with serving(folder) as url:
            found += _rows("scrub_ms", _dragged(page, f"{url}/gpt?lang=en&gpt_step=288&whole=1"))
            page.goto(f"{url}/{_RUNNING}")
            page.locator(SETTLED).wait_for(timeout=60_000)
            if page.locator(".st-key-gpt_train button:visible").count() == 0:
                page.locator(".st-key-gpt_bet_first_answer button").first.click()
                page.locator(".st-key-gpt_bet_first_check button").click()
            page.locator(".st-key-gpt_train button:visible").click()
            page.wait_for_function(
                f"() => Number(document.querySelector('.clearhead-scrubber')?.dataset.last) >= {LEAST_STEPS}",
                timeout=240_000,
            )
            found += _rows("scrub_running_ms", _dragged(page))
            page.locator(".st-key-gpt_stop button").click()
            page.locator(".st-key-gpt_train button:visible").wait_for(timeout=60_000)
        browser.close()
    return found


def _dragged(page: Page, address: str | None = None) -> list[float]:
    """The times of each step, there and back; the handle is not let go."""
    if address is not None:
        page.goto(address)
        page.locator(SETTLED).wait_for(timeout=60_000)
    slider = page.locator(".clearhead-scrubber input")
    page.locator(".st-key-gpt_panel").evaluate("node => node.scrollIntoView()")
    for key in ("gpt_losses", "gpt_head_grid"):
        page.locator(f".st-key-{key} .clearhead-plot[data-step]").wait_for(timeout=60_000)
    slider.hover()
    page.wait_for_timeout(1000)
    count = page.evaluate(
        "() => 1 + Number(document.querySelector('.clearhead-scrubber').dataset.last)"
    )
    times: list[float] = page.evaluate(_DRAG, count)
    return times[2:]  # the first ones warm up


def _rows(name: str, times: list[float]) -> list[Row]:
    measured = {"median": statistics.median(times), "worst": max(times)}
    return [
        {
            "name": f"{name}_{kind}",
            "ours": value,
            "peer": PROMISED_MS,
            "ratio": PROMISED_MS / value,
            "unit": "ms",
        }
        for kind, value in measured.items()
    ]


if __name__ == "__main__":
    printed(rows())
