"""What on a page is to be pressed and is smaller than a finger."""

from __future__ import annotations

from playwright.sync_api import Page

FINGER = 44
_SMALL = """
([least]) => {
  const roles = ["button", "checkbox", "radio", "slider", "switch", "tab", "option", "combobox", "link"];
  const pressed = ["a[href]", "button", "input", "select", "textarea", "summary", "[tabindex='0']"];
  const all = document.querySelectorAll([...pressed, ...roles.map(role => `[role="${role}"]`)].join());
  // In lines of prose, links keep to the line. Rows of tokens and cells of matrices stand close together, and
  // who presses the one beside it sees that at once. "Skip to main content" is for keys alone.
  const exempt = "p a, li p a, .clearhead-heads g.token, [role=gridcell], td, th, [data-testid=stSkipToContent]," +
    "[data-testid=stSkipToContent] *, [inert] *, [aria-hidden=true] *, [data-collapsed=true] *";
  const around = "label, [data-testid=stTextInputRootElement], [data-testid=stFileUploaderDropzone]";
  const sides = one => {
    const box = one.getBoundingClientRect();
    const more = getComputedStyle(one, "::after");
    const added = more.position === "absolute" ? [parseFloat(more.width) || 0, parseFloat(more.height) || 0] : [0, 0];
    return [Math.max(box.width, added[0]), Math.max(box.height, added[1])];
  };
  const large = one => sides(one).every(side => side >= least - 0.5);
  return [...all].filter(one => {
    const box = one.getBoundingClientRect();
    if (!box.width || !box.height || one.matches(exempt) || !one.checkVisibility({ visibilityProperty: true })) return false;
    // A slider's own input is unseen: its handle is what is pressed.
    const handle = one.type === "range" ? one.parentElement.parentElement : one;
    const label = one.closest(around);
    return !large(handle) && !(label && large(label));
  }).map(one => [one.outerHTML.slice(0, 160), one.innerText ?? "", ...sides(one).map(Math.round)]);
}
"""


def too_small(page: Page) -> list[list[object]]:
    """Each control that is seen and less than 44 pixels wide or high: what it is, says, and its sides."""
    found: list[list[object]] = page.evaluate(_SMALL, [FINGER])
    return found
