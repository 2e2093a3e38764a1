"""The scrubbers of the GPT lesson: what follows them while they are dragged, nothing asked of the server."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.driving import Server, open_lesson, rerun

_SHOWN = """() => ({
  curves: document.querySelector('.st-key-gpt_forming .clearhead-plot').dataset.step,
  lens: document.querySelector('.st-key-gpt_lens_at_step .clearhead-plot svg').textContent,
  bars: document.querySelector('.st-key-gpt_next_alone .clearhead-plot svg').textContent,
})"""
_ABOVE = """() => ({
  losses: document.querySelector('.st-key-gpt_losses .clearhead-plot').dataset.step,
  heads: document.querySelector('.st-key-gpt_head_grid .clearhead-plot').dataset.step,
  bars: document.querySelector('.st-key-gpt_next .clearhead-plot svg').textContent,
  sample: document.querySelector('.st-key-gpt_sample .sample').textContent,
})"""
_DRAG = """async ([name, places]) => {
  const input = document.querySelector(`.st-key-${name} input`);
  const pictures = [...document.querySelectorAll('.clearhead-plot')].filter((one) => one.dataset.step);
  const near = pictures.filter((one) => {
    const { top, bottom } = one.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  });
  const took = [];
  for (const place of places) {
    const began = performance.now();
    input.value = place;
    input.dispatchEvent(new Event('input'));
    const step = document.querySelector(`.st-key-${name} .clearhead-scrubber`).dataset.step;
    while (near.some((one) => one.dataset.step !== step)) await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    took.push(performance.now() - began);
  }
  return { took, pictures: near.length };
}"""


def _drag(page: Page, name: str, places: list[int]) -> int:
    """Move the handle over the places, as a hand does, without letting go; how many pictures went along."""
    dragged = page.evaluate(_DRAG, [name, places])
    print(
        f"{name}: {[round(took) for took in dragged['took']]} ms for {dragged['pictures']} pictures"
    )
    return int(dragged["pictures"])


def _wait_for_others(page: Page, look: str, before: dict[str, str]) -> None:
    """Until each of the pictures shows something else than before; those out of sight take their time."""
    page.wait_for_function(
        f"(before) => {{ const now = ({look})(); "
        "return Object.keys(before).every((name) => now[name] !== before[name]); }",
        arg=before,
    )


def _slider(page: Page, name: str) -> Locator:
    return page.locator(f".st-key-{name} input")


def test_four_pictures_move_while_the_scrubber_is_dragged(page: Page, server: Server) -> None:
    open_lesson(page, server, "gpt?lang=en&gpt_step=276&at=training", whole=False)
    slider = _slider(page, "gpt_scrubber")
    slider.scroll_into_view_if_needed()
    slider.hover()
    expect(page.locator(".st-key-gpt_next .clearhead-plot svg").first).to_be_visible()
    before = page.evaluate(_ABOVE)
    page.wait_for_function(
        "() => document.querySelector('.st-key-gpt_head_grid .clearhead-plot svg')"
    )
    assert _drag(page, "gpt_scrubber", [17, 16, 12, 8, 4, 1]) >= 2
    _wait_for_others(page, _ABOVE, before)
    assert "gpt_step=276" in page.url, "nothing was asked of the server"


def test_curves_lens_and_bars_move_with_their_own_and_with_the_other(
    page: Page, server: Server
) -> None:
    open_lesson(page, server, "gpt?lang=en&gpt_step=276&at=forming", whole=False)
    bet = page.locator(".st-key-bet_gpt_bet_forming")
    with rerun(page):
        bet.get_by_text("late: after nine tenths").click()
    with rerun(page):
        bet.get_by_role("button", name="Place the bet").click()
    slider = _slider(page, "gpt_forming_scrubber")
    slider.scroll_into_view_if_needed()
    slider.hover()
    page.wait_for_function(
        "() => document.querySelector('.st-key-gpt_lens_at_step .clearhead-plot svg')"
    )
    before = page.evaluate(_SHOWN)
    _drag(page, "gpt_forming_scrubber", [17, 12, 5])
    _wait_for_others(page, _SHOWN, before)
    expect(_slider(page, "gpt_scrubber")).to_have_value("5")
    with rerun(page):
        slider.dispatch_event("change")
    page.wait_for_url("**gpt_step=21*")
