"""Worked attention in its lesson: a stage, a trained head's cells, all that is saved, edits, presets.

One visitor does it all, since the page takes longest to open.
"""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, TimeoutError, expect

from lessons.attention.examples import EXAMPLES
from pages.attention.short_way import PATH as SHORT
from tests.browser.driving import Server, answered, open_lesson, opened_offline, saved, settled

ADDRESS = "attention?lang=en"

MOST = re.compile(r"0\.9\d|1\.00")
LATER = ("scores", "scaled", "mask", "exp", "softmax", "output")


def chain(page: Page, key: str = "attention") -> Locator:
    found = page.locator(f".st-key-{key} .clearhead-chain").first
    expect(found.locator(".card.current")).to_be_visible()
    return found


def pressed(page: Page, key: str) -> None:
    """Click in the page itself, so that a toast or a sticky bar is never in the way."""
    button = page.locator(f".st-key-{key} button").first
    expect(button).to_be_enabled()
    button.evaluate("node => node.click()")


def choose(page: Page, key: str, option: str) -> None:
    """Open the menu and take the option; a page that is still drawn may close the menu again."""
    found = page.get_by_role("option", name=option, exact=True)
    while True:  # a hang is ended by pytest
        settled(page)
        page.locator(f".st-key-{key} input").first.focus()
        page.keyboard.press("ArrowDown")
        try:
            found.click(timeout=2500)
            return
        except TimeoutError:
            page.keyboard.press("Escape")


def test_a_stage_that_is_walked_to_is_explained_and_stays_in_the_link(lesson: Page) -> None:
    page = lesson
    seen = chain(page)
    page.locator(".st-key-attention_exact label").first.click()  # a name that a switch owns
    page.wait_for_url("**attention_exact=true**")
    current = seen.locator(".card.current")
    current.locator("[tabindex='0']").first.focus()
    for key in ("PageDown", "Home", "ArrowRight"):
        page.keyboard.press(key)
    expect(page.locator(".st-key-attention_arithmetic")).to_contain_text("her → gave")
    page.wait_for_url("**attention_stage=scaled**")
    page.keyboard.press("PageUp")
    expect(current).to_have_attribute("data-matrix", "scores")


def test_a_trained_heads_cell_is_explained(lesson: Page) -> None:
    page = lesson
    seen = chain(page, "attention_head")
    arithmetic = page.locator(".st-key-attention_head_arithmetic")
    expect(arithmetic).to_contain_text("its share of the sum")
    cell = seen.locator('.card.current td[data-row="6"][data-column="2"]')
    cell.evaluate("node => node.click()")
    expect(arithmetic).to_contain_text("in → ")
    expect(arithmetic).to_contain_text(cell.inner_text())


def test_each_export_opens(lesson: Page, tmp_path: Path) -> None:
    page = lesson
    chain(page)
    pressed(page, "attention_worksheet")
    for sheet in ("exercise", "solution"):
        for kind in ("html", "tex"):
            button = page.locator(f".st-key-attention_worksheet_{sheet}_{kind} button")
            saved(page, button, tmp_path)
    page.keyboard.press("Escape")
    pressed(page, "attention_table")
    table = saved(page, page.locator(".st-key-attention_csv button"), tmp_path)
    assert table.read_text(encoding="utf-8-sig").splitlines()[1].endswith("3.0")
    picture = saved(page, page.get_by_role("button", name="Save as PNG"), tmp_path)
    assert picture.read_bytes().startswith(b"\x89PNG")
    drawing = saved(page, page.get_by_role("button", name="Save as SVG"), tmp_path)
    assert drawing.read_text(encoding="utf-8").startswith("<svg")
    offline = saved(page, page.locator(".st-key-attention_html button"), tmp_path)

    opened = page.context.new_page()
    for sheet in ("exercise", "solution"):
        text = (tmp_path / f"attention_{sheet}.tex").read_text(encoding="utf-8")
        assert "\\begin{document}" in text and "\\end{document}" in text
        opened.goto((tmp_path / f"attention_{sheet}.html").as_uri())
        expect(opened.locator("table").first).to_be_visible()
    opened.close()
    with opened_offline(page, offline) as alone:
        cell = alone.locator('.card.current td[data-row="1"][data-column="1"]')
        expect(cell).to_be_visible()
        cell.click()
        expect(cell).to_have_attribute("aria-selected", "true")
        expect(alone.locator(".readout")).to_contain_text("gave → gave")
        alone.keyboard.press("PageDown")
        expect(alone.locator(".card.current")).to_have_attribute("data-matrix", "scaled")


_HOLD = """
const listen = WebSocket.prototype.addEventListener;
const clock = performance.now.bind(performance);
const held = [];
let since = null;
const keeping = (hear) => function (event) {
  if (since === null) hear.call(this, event);
  else held.push(() => hear.call(this, event));
};
WebSocket.prototype.addEventListener = function (name, hear, ...rest) {
  return listen.call(this, name, name === "message" ? keeping(hear) : hear, ...rest);
};
performance.now = () => since ?? clock();
window.hold = () => {
  since = clock();
};
window.release = async () => {
  while (held.length) {
    held.shift()();
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  }
  since = null;
};
"""
"""From ``hold`` on, what the page's server says is kept back; ``release`` lets it in, bit by bit.

Meanwhile the page's clock stands still: the chain waits five seconds for the server, not longer.
"""

_LOG = """
selector => {
  window.seen = [];
  const look = () => {
    const text = document.querySelector(selector)?.textContent;
    if (text && text !== window.seen.at(-1)) window.seen.push(text);
    requestAnimationFrame(look);
  };
  look();
}
"""


def test_typed_numbers_take_the_short_way_and_never_go_back(page: Page, server: Server) -> None:
    page.add_init_script(_HOLD)
    open_lesson(page, server, "attention?lang=en&attention_alone=bench", whole=False)
    chain(page)
    short = []
    page.on("response", lambda reply: short.append(reply.status) if SHORT in reply.url else None)
    cell = page.locator(".st-key-attention_grid_q input").first
    page.evaluate(_LOG, '.card.current td[data-row="0"][data-column="0"]')
    drawn = "count => window.seen.length === count"
    page.evaluate("window.hold()")
    for turn, text in enumerate(("21", "22", "23")):
        with answered(page):
            cell.fill(text)
            cell.press("Enter")
        page.wait_for_function(drawn, arg=turn + 2)
    assert short == [200] * 3
    page.evaluate("window.release()")
    settled(page)
    assert page.evaluate("window.seen.length") == 4  # the page's late answers changed nothing

    page.route(f"**{SHORT}", lambda route: route.abort())
    cell.fill("24")
    cell.press("Enter")
    page.wait_for_function(drawn, arg=5)


def test_edits_and_presets_change_every_later_stage(lesson: Page) -> None:
    page = lesson
    page.locator(".st-key-attention").first.scroll_into_view_if_needed()
    seen = chain(page)
    seen.locator(".strip button").last.click()
    seen.locator("button.whole").click()
    tables = {name: seen.locator(f'[data-matrix="{name}"] table') for name in LATER}
    node = seen.locator('[data-matrix="softmax"]').element_handle()
    before = {name: table.text_content() or "" for name, table in tables.items()}
    cell = page.locator(".st-key-attention_grid_q").get_by_label("row her, column girl")
    cell.fill("1")
    cell.press("Enter")
    page.wait_for_url("**attention_matrices=**")
    for name, table in tables.items():
        expect(table).not_to_have_text(before[name])
    assert node is not None and node.evaluate("node => node.isConnected")

    pressed(page, "attention_fill")
    weights = tables["softmax"].locator("tbody")
    for preset, shown in (
        ("previous", [("1", "0", MOST), ("2", "1", MOST)]),
        ("itself", [("1", "1", MOST), ("4", "4", MOST)]),
        ("uniform", [("1", "0", "0.50"), ("4", "2", "0.20")]),
    ):
        pressed(page, f"attention_preset_{preset}")
        for row, column, text in shown:
            place = f'td[data-row="{row}"][data-column="{column}"]'
            expect(weights.locator(place)).to_have_text(text)
    pressed(page, "attention_fill")

    for example in EXAMPLES[1:]:
        choose(page, "attention_example", example.title)
        head = seen.locator(".card.current th[scope=row]")
        expect(head.first).to_have_text(example.tokens[0])
        expect(head).to_have_count(len(example.tokens))
