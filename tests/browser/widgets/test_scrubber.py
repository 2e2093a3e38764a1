"""The scrubber of a training: all moves while it is dragged, the page hears of it when it is let go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from core.store.folder import RunWriter
from core.store.state import RunState, State
from core.store.store import Store
from pages.parts.frame.services import shipped
from tests.browser.driving import ROOT, Server, open_page, rerun

PAGE = "scrubber?try_step=144"
SEED = 2718
SHIPPED = Store(ROOT / "starters", read_only=True).open(shipped("gpt").id)
_LOOKS = """
() => ({
  marker: document.querySelector(".st-key-try_losses .clearhead-plot-canvas").innerHTML,
  sample: document.querySelector(".st-key-try_sample").textContent,
  heads: document.querySelector(".st-key-try_head_grid image")?.getAttribute("href"),
  head: document.querySelector(".st-key-try_chosen_head .clearhead-plot").textContent,
})
"""


def _slider(page: Page) -> Locator:
    return page.locator(".clearhead-scrubber input")


def _shown_at(page: Page, step: int) -> None:
    """Wait until losses, heads, sample and the open head are those of the step."""
    for key in ("try_losses", "try_head_grid", "try_chosen_head"):
        picture = page.locator(f".st-key-{key} .clearhead-plot")
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_attribute("data-step", str(step))
    for words in (f"What it writes at step {step} (", f"Layer 0, head 0, at step {step} ("):
        expect(page.get_by_text(words)).to_be_visible()


def test_everything_moves_before_the_handle_is_let_go(widget: Page) -> None:
    page = widget
    _shown_at(page, 144)
    before = page.evaluate(_LOOKS)
    _slider(page).scroll_into_view_if_needed()
    box = _slider(page).bounding_box()
    assert box is not None and box["height"] >= 44
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 12, box["y"] + box["height"] / 2, steps=4)
    _shown_at(page, 0)
    dragged = page.evaluate(_LOOKS)
    assert [part for part in before if dragged[part] == before[part]] == []
    assert "try_step=144" in page.url
    with rerun(page):
        page.mouse.up()
    page.wait_for_url("**try_step=0*")
    _shown_at(page, 0)
    released = page.evaluate(_LOOKS)
    assert released["head"] == dragged["head"], "the digits are those of the server"
    assert released["sample"] == dragged["sample"]


def test_keys_move_it_and_say_where_it_is(widget: Page) -> None:
    page = widget
    slider = _slider(page)
    slider.focus()
    expect(slider).to_have_attribute(
        "aria-valuetext",
        re.compile(
            r"^Step 144 of 450 · validation loss \d\.\d\d per token, \d\.\d\d per character$"
        ),
    )
    for key, step in (("ArrowLeft", 122), ("ArrowRight", 144), ("PageUp", 191), ("Home", 0)):
        page.keyboard.press(key)
        expect(slider).to_have_attribute("aria-valuetext", re.compile(f"^Step {step} of 450"))
        expect(page.locator(".st-key-try_sample")).to_contain_text(f"at step {step} (")
    page.wait_for_url("**try_step=0*")
    page.keyboard.press("End")
    page.wait_for_url(lambda url: "try_step" not in url)
    _shown_at(page, 450)


def test_without_the_steps_it_moves_all_once_it_is_let_go(widget: Page) -> None:
    page = widget
    page.evaluate("() => { window.fetch = () => Promise.reject(new Error('no network')); }")
    _slider(page).focus()
    expect(page.locator(".clearhead-scrubber .hint")).to_contain_text("did not load")
    page.keyboard.press("Home")
    page.wait_for_url("**try_step=0*")
    _shown_at(page, 0)


@pytest.fixture
def run(widgets: Server) -> Iterator[RunWriter]:
    """A GPT that trains."""
    writer = RunWriter(widgets.runs, SHIPPED.spec.model_copy(update={"seed": SEED}))
    writer.queue()
    writer.begin(SHIPPED.tokenizer())
    yield writer
    writer.mark(State(RunState.CANCELLED))


def _append(run: RunWriter, steps: int) -> list[int]:
    """Until so many full steps are there; all that are."""
    there = len(_lines(run.path))
    full: list[int] = []
    for place, snapshot in enumerate(SHIPPED.snapshots()):
        if snapshot.full:
            full.append(snapshot.step)
        if place >= there:
            run.append(replace(snapshot, arrays=SHIPPED.arrays(snapshot.step)))
        if len(full) == steps:
            break
    return full


def _lines(folder: Path) -> list[str]:
    return (folder / "metrics.jsonl").read_text().splitlines()


def test_a_run_that_trains_is_followed_held_and_followed_again(
    page: Page, widgets: Server, run: RunWriter
) -> None:
    steps = _append(run, 5)
    open_page(page, widgets, f"scrubber?seed={SEED}")
    _shown_at(page, steps[-1])
    steps = _append(run, 7)
    _shown_at(page, steps[-1])
    now = page.locator(".clearhead-scrubber .now")
    expect(now).to_be_hidden()
    _slider(page).focus()
    before = page.locator(".st-key-try_panel").bounding_box()
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    held = steps[-4]
    _shown_at(page, held)
    page.wait_for_url(f"**try_step={held}*")
    place = _slider(page).input_value()
    steps = _append(run, 10)
    expect(page.locator(".clearhead-scrubber")).to_have_attribute("data-last", "9")
    _shown_at(page, held)
    assert _slider(page).input_value() == place, "the handle stays where it is held"
    after = page.locator(".st-key-try_panel").bounding_box()
    assert before is not None and after is not None
    assert after["height"] == pytest.approx(before["height"], abs=1)
    now.click()
    _shown_at(page, steps[-1])
    page.wait_for_url(lambda url: "try_step" not in url)
    expect(now).to_be_hidden()
    steps = _append(run, 11)
    _shown_at(page, steps[-1])
    page.keyboard.press("ArrowLeft")
    _shown_at(page, steps[-2])
    page.keyboard.press("End")
    page.wait_for_url(lambda url: "try_step" not in url)
    steps = _append(run, 12)
    _shown_at(page, steps[-1])
