"""One picture of a lesson alone on the screen: for a projector, and quick, as it shares its page with
nothing. The address carries it, so a teacher can send it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from lessons.text import load_lesson
from pages.parts.frame.language import _, language
from pages.parts.frame.state import Choice, State

_SCROLL = """
export default function ({ data }) {
  const page = document.querySelector('[data-testid="stMain"]');
  const place = () => document.querySelector(`.st-key-${data.button}`);
  const left = (window.clearheadLeft ??= {});
  const from = window.clearheadAlone;
  window.clearheadAlone = data.alone ? data.button : undefined;
  if (data.alone) {
    page?.scrollTo(0, 0);
    return;
  }
  const leave = ({ target }) => {
    if (target.closest?.(`.st-key-${data.button}`)) left[data.button] = place().getBoundingClientRect().top;
  };
  document.addEventListener("click", leave, true);
  const known = from === data.button && left[data.button] !== undefined;
  const stop = known ? stay(page, place, left[data.button]) : () => {};
  return () => {
    document.removeEventListener("click", leave, true);
    stop();
  };
}

// The lesson is drawn from its top: what stands above the button still grows. Until the learner scrolls, or
// for a few seconds, the button is kept where it was when it was pressed.
function stay(page, place, top) {
  const keep = () => {
    const button = place();
    if (button) page.scrollTop += button.getBoundingClientRect().top - top;
  };
  const growing = new ResizeObserver(keep);
  for (const part of page.children) growing.observe(part);
  const own = ["wheel", "touchstart", "keydown", "pointerdown"];
  const stop = () => {
    growing.disconnect();
    for (const kind of own) window.removeEventListener(kind, stop, true);
  };
  for (const kind of own) window.addEventListener(kind, stop, true);
  setTimeout(stop, 8000);
  keep();
  return stop;
}
"""
_scroll = st.components.v2.component("clearhead_alone", html="<span hidden></span>", js=_SCROLL)
"""What is alone begins at its top; the lesson is found again where it was left."""


def alone_state(state: State, parts: Sequence[str]) -> Choice[str]:
    """Which of a lesson's parts is alone on the screen; at first none is."""
    return state.choice("alone", ("", *parts), first="")


def show_alone(alone: Choice[str], show: Callable[[], None]) -> None:
    """The lesson's title as a way back, and the part."""
    title = load_lesson(alone.slug, language()).title
    st.button(
        "← " + _("The whole lesson"),
        key=f"{alone.name}_back",
        on_click=alone.forget,
        type="tertiary",
    )
    st.title(title, anchor=False)
    _follow(alone, True, f"{alone.slug}_{alone.value}_alone")
    show()


def with_alone_button(alone: Choice[str], part: str, show: Callable[[], None]) -> None:
    """The part within its lesson, and a button that shows it alone."""
    _follow(alone, False, f"{alone.slug}_{part}_alone")
    st.button(
        _("Alone on the screen"),
        icon=":material/fullscreen:",
        key=f"{alone.slug}_{part}_alone",
        on_click=alone.set,
        args=(part,),
        type="tertiary",
        help=_("Without the text around it: for a projector, and quicker with many tokens."),
    )
    show()


def _follow(alone: Choice[str], is_alone: bool, button: str) -> None:
    key = f"{alone.name}_{'top' if is_alone else 'place'}"
    _scroll(data={"alone": is_alone, "button": button}, key=key, height=1)
