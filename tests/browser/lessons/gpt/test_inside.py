"""The inside of the GPT in a browser: a bar clicked, a bet, a cell of the lens, keys and values growing."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.driving import rerun

ADDRESS = "gpt?lang=en"


def test_a_clicked_bar_is_taken_apart(lesson: Page) -> None:
    bars = lesson.locator(".st-key-gpt_output_bars .clearhead-plot")
    bars.scroll_into_view_if_needed()
    area = bars.locator(".area").first
    expect(area).to_be_visible()
    box = area.bounding_box()
    assert box is not None
    apart = lesson.locator(".st-key-gpt_output_lines strong")
    expect(apart).to_contain_text("␣is")
    with rerun(lesson):
        area.click(position={"x": 12, "y": box["height"] / 16})
    expect(apart).not_to_contain_text("␣is")


def test_a_cell_of_the_lens_is_opened_after_the_bet(lesson: Page) -> None:
    box = lesson.locator(".st-key-bet_gpt_bet_lens")
    box.scroll_into_view_if_needed()
    box.get_by_role("radio").first.click()
    box.get_by_role("button", name="Place the bet").click()
    grid = lesson.locator(".st-key-gpt_lens_grid .clearhead-plot")
    expect(grid).to_be_visible()
    grid.scroll_into_view_if_needed()
    area = grid.locator(".area").first
    expect(area).to_be_visible()
    place = area.bounding_box()
    assert place is not None
    with rerun(lesson):
        area.click(position={"x": place["width"] / 10, "y": place["height"] / 18})
    said = lesson.locator("p", has_text="read at:")
    expect(said).to_contain_text("The, read at: comes in")


def test_keys_and_values_grow_row_by_row(lesson: Page) -> None:
    widget = lesson.locator(".st-key-gpt_kept .clearhead-kept")
    widget.scroll_into_view_if_needed()
    rows = widget.locator(".row:not(.head)")
    expect(rows.first).to_have_attribute("data-state", "new")
    read, new, none = (
        widget.locator(f'.row[data-state="{state}"]') for state in ("kept", "new", "none")
    )
    expect(read).to_have_count(0)
    begun = new.count()
    widget.get_by_role("button", name="Write").click()
    expect(new).to_have_count(1)
    expect(read).to_have_count(begun)
    expect(widget.locator(".said")).to_contain_text("One row is reckoned")
    widget.locator("input").fill("11")
    expect(none).to_have_count(0)
    lesson.get_by_text("nothing is kept", exact=True).click()
    expect(read).to_have_count(0)
    expect(widget.locator(".said")).to_contain_text("Nothing was kept")
