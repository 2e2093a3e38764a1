"""A page that the browser has translated goes on working, and its tokens and formulas stay as they are."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.driving import Server, open_lesson

_TRANSLATE = """
() => {
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const kept = node.parentElement.closest("[translate=no], script, style, svg");
    if (node.data.trim() && !kept) texts.push(node);
  }
  for (const text of texts) {
    const [outer, inner] = [document.createElement("font"), document.createElement("font")];
    inner.textContent = `«${text.data}»`;
    outer.append(inner);
    text.replaceWith(outer);
  }
  return texts.length;
}
"""
"""What the translation of a browser does to the texts of a page."""


def test_a_translated_page_goes_on_working(page: Page, server: Server) -> None:
    open_lesson(page, server, "gpt?lang=en&gpt_step=276&at=training", whole=False)
    expect(page.locator(".katex").first).to_have_attribute("translate", "no")
    expect(page.locator(".stMarkdown code").first).to_have_attribute("translate", "no")
    assert page.locator(".katex:not([translate=no])").count() == 0
    assert page.evaluate(_TRANSLATE) > 50
    for key in ("ArrowLeft", "ArrowLeft", "ArrowRight"):
        before = page.url
        page.locator(".st-key-gpt_scrubber input").first.press(key)
        page.wait_for_url(lambda url, before=before: url != before)
    expect(page.locator("h1").first).to_be_visible()
    expect(page.locator(".clearhead-plot svg").first).to_be_attached()
