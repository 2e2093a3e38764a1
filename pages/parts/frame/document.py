"""What the browser is told of the whole document: its language, its history, what is not translated."""

from __future__ import annotations

import streamlit as st

from pages.parts.frame.language import TAGS, language

_document = st.components.v2.component(
    "clearhead_document",
    html="<span hidden></span>",
    js="""
export default function ({ data }) {
  document.documentElement.lang = data.language;
  if (window.clearheadDocument) return;
  window.clearheadDocument = true;
  history.pushState = completing(history.pushState, history.replaceState);
  bearTranslation();
}

// Streamlit makes an entry of its own for each address that a page writes. One without a language was not
// written by the page yet: what is written first completes it, so that Back needs one press. And what a quick
// page writes may arrive before the browser has come to it: then it stands under the page before, and once
// more, word for word, under its own; the second one takes the place of the first.
function completing(push, replace) {
  let last = "";
  return function (state, unused, address) {
    const [here, next] = [new URL(location.href), new URL(address, location.href)];
    const moved = next.pathname !== here.pathname;
    const completes = !moved && !here.searchParams.has("lang");
    const early = moved && here.href === last && next.search === here.search && next.search;
    (completes || early ? replace : push).call(history, state, unused, address);
    last = completes || early ? "" : location.href;
  };
}

// A browser that translates a page puts its texts into elements of its own, and React, which draws the page,
// raises when it takes away or moves what is no longer where it put it: a blank page. Tokens, code and
// formulas are the same in every language.
function bearTranslation() {
  const { removeChild, insertBefore } = Node.prototype;
  Node.prototype.removeChild = function (child) {
    return child.parentNode === this ? removeChild.call(this, child) : child;
  };
  Node.prototype.insertBefore = function (child, place) {
    const moved = place && place.parentNode !== this;
    return insertBefore.call(this, child, moved ? null : place);
  };
  const mark = () => {
    for (const part of document.querySelectorAll(":is(.katex, code, pre):not([translate])")) {
      part.setAttribute("translate", "no");
    }
  };
  new MutationObserver(mark).observe(document.body, { childList: true, subtree: true });
  mark();
}
""",
)


def show_document() -> None:
    """Tell the browser, and so screen readers, the language. Its history has one entry for a page as it
    opens, though the page completes its address when it is drawn; a translated page goes on working."""
    _document(data={"language": TAGS[language()]}, key="document", height=1)
