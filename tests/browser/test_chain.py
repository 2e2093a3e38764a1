"""Worked attention in a browser: keys alone, a trained head's cells, all that is saved, edits, presets.

One visitor does it all, since the page takes longest to open.
"""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, TimeoutError, expect

from lessons.attention.examples import EXAMPLES
from pages.attention.short_way import PATH as SHORT
from tests.browser.driving import Server, open_lesson, opened_offline, settle

ADDRESS = "attention?lang=en"

PATIENCE = 20_000
MOST = re.compile(r"0\.9\d|1\.00")
LATER = ("scores", "scaled", "mask", "exp", "softmax", "output")


def chain(page: Page, key: str = "attention") -> Locator:
    found = page.locator(f".st-key-{key} .clearhead-chain").first
    expect(found.locator(".card.current")).to_be_visible(timeout=PATIENCE)
    return found


def pressed(page: Page, key: str) -> None:
    """Click in the page itself, so that a toast or a sticky bar is never in the way."""
    button = page.locator(f".st-key-{key} button").first
    expect(button).to_be_enabled(timeout=PATIENCE)
    button.evaluate("node => node.click()")


def choose(page: Page, key: str, option: str) -> None:
    """Open the menu and take the option; a page that is still drawn may close the menu again."""
    found = page.get_by_role("option", name=option, exact=True)
    for _try in range(8):
        settle(page)
        page.locator(f".st-key-{key} input").first.focus()
        page.keyboard.press("ArrowDown")
        try:
            found.click(timeout=2500)
            return
        except TimeoutError:
            page.keyboard.press("Escape")
    raise AssertionError(f"no option {option}")


def saved(page: Page, button: Locator, folder: Path) -> Path:
    expect(button).to_be_visible(timeout=PATIENCE)
    with page.expect_download() as waiting:
        button.evaluate("node => node.click()")
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def test_the_stages_are_walked_with_keys_alone(lesson: Page) -> None:
    page = lesson
    seen = chain(page)
    current = seen.locator(".card.current")
    page.locator(
        ".st-key-attention_exact label"
    ).first.click()  # a name of the link that a switch owns
    page.wait_for_url("**attention_exact=true**")
    current.locator("[tabindex='0']").first.focus()
    for key, stage in (("PageDown", "scaled"), ("]", "mask"), ("PageUp", "scaled")):
        page.keyboard.press(key)
        expect(current).to_have_attribute("data-matrix", stage)
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    arithmetic = page.locator(".st-key-attention_arithmetic")
    expect(arithmetic).to_contain_text("her → gave", timeout=PATIENCE)
    assert page.evaluate("document.activeElement.getAttribute('aria-selected')") == "true"
    page.wait_for_url("**attention_stage=scaled**")
    page.keyboard.press("Shift+Tab")  # the card before, whose Enter jumps there
    page.keyboard.press("Enter")
    expect(current).to_have_attribute("data-matrix", "scores")


def test_a_trained_heads_cell_is_explained_and_its_lines_are_locked(
    lesson: Page,
) -> None:
    page = lesson
    seen = chain(page, "attention_head")
    arithmetic = page.locator(".st-key-attention_head_arithmetic")
    expect(arithmetic).to_contain_text("its share of the sum", timeout=PATIENCE)
    cell = seen.locator('.card.current td[data-row="6"][data-column="2"]')
    cell.evaluate("node => node.click()")
    expect(arithmetic).to_contain_text("in → ", timeout=PATIENCE)
    expect(arithmetic).to_contain_text(cell.inner_text())

    lines = page.locator(".st-key-attention_head_lines").first
    token = lines.locator("g.token.query").nth(10)
    said = lines.locator(".said")
    expect(token).to_be_visible(timeout=PATIENCE)
    idle = said.inner_text()
    token.hover()
    expect(said).not_to_have_text(idle, timeout=PATIENCE)
    isolated = said.inner_text()
    token.click()
    expect(token).to_have_attribute("aria-pressed", "true", timeout=PATIENCE)
    lines.locator(".said").hover()
    expect(said).to_have_text(isolated)  # locked: it stays when the pointer leaves
    token.click()
    expect(token).to_have_attribute("aria-pressed", "false", timeout=PATIENCE)


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
        expect(cell).to_be_visible(timeout=PATIENCE)
        cell.click()
        expect(cell).to_have_attribute("aria-selected", "true")
        expect(alone.locator(".readout")).to_contain_text("gave → gave")
        alone.keyboard.press("PageDown")
        expect(alone.locator(".card.current")).to_have_attribute("data-matrix", "scaled")


_LATE = """
const listen = WebSocket.prototype.addEventListener;
const later = (hear) => (event) => setTimeout(() => hear.call(event.target, event), window.late ?? 0);
WebSocket.prototype.addEventListener = function (name, hear, ...rest) {
  return listen.call(this, name, name === "message" ? later(hear) : hear, ...rest);
};
"""
"""Whatever the page's server says arrives ``window.late`` milliseconds later."""

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
    page.add_init_script(_LATE)
    open_lesson(page, server, "attention?lang=en&attention_alone=bench")
    chain(page)
    answered = []
    page.on("response", lambda reply: answered.append(reply.status) if SHORT in reply.url else None)
    cell = page.locator(".st-key-attention_grid_q input").first
    page.evaluate(_LOG, '.card.current td[data-row="0"][data-column="0"]')
    before = float(page.evaluate("window.seen")[0])
    page.evaluate("window.late = 700")
    for text in ("21", "22", "23"):
        cell.fill(text)
        cell.press("Enter")
        page.wait_for_timeout(400)
    seen = [float(text) for text in page.evaluate("window.seen")]
    page.wait_for_timeout(1500)
    settle(page)
    later = [float(text) for text in page.evaluate("window.seen")]
    assert answered == [200] * 3
    assert seen[0] == before and len(seen) == 4
    assert later == seen  # the page's late answers changed nothing

    page.evaluate("window.late = 0")
    page.route(f"**{SHORT}", lambda route: route.abort())
    cell.fill("24")
    cell.press("Enter")
    page.wait_for_function("count => window.seen.length > count", arg=len(later), timeout=PATIENCE)


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
    for name, table in tables.items():
        expect(table).not_to_have_text(before[name], timeout=PATIENCE)
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
            expect(weights.locator(place)).to_have_text(text, timeout=PATIENCE)
    pressed(page, "attention_fill")

    for example in EXAMPLES[1:]:
        choose(page, "attention_example", example.title)
        head = seen.locator(".card.current th[scope=row]")
        expect(head.first).to_have_text(example.tokens[0], timeout=PATIENCE)
        expect(head).to_have_count(len(example.tokens))
