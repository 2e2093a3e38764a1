"""What all pages share around their content: line length, phone layout, the document's language."""

from __future__ import annotations

import streamlit as st

from pages.parts.frame.language import language

_STYLE = """
<style>
.stMarkdown p, .stMarkdown li { max-width: 70ch; }
.stMainBlockContainer { max-width: 1360px; }
.stCaption, [data-testid="stCaptionContainer"] { overflow-wrap: anywhere; }
.stMarkdown .katex-display { overflow-x: auto; overflow-y: hidden; padding: .2rem 0; }
.stMarkdown code { white-space: pre-wrap; }
[data-testid="stTable"] { overflow-x: auto; }
.stMarkdown table { display: block; overflow-x: auto; max-width: 100%; width: fit-content; }
@media (max-width: 640px) {
  .stMainBlockContainer { padding-left: 1rem; padding-right: 1rem; }
  .stMainBlockContainer h1 { font-size: 1.9rem; overflow-wrap: anywhere; }
  .stMarkdown th, .stMarkdown td { padding: .3rem; font-size: .82rem; }
}
@media (prefers-reduced-motion: reduce) {
  *, *::before, *::after { animation-duration: .01ms !important; transition-duration: .01ms !important; }
}
</style>
"""

_document = st.components.v2.component(
    "clearhead_document",
    html="<span hidden></span>",
    js="""
export default function ({ data }) {
  document.documentElement.lang = data.language;
  if (!history.pushState.knowsWhatIsWritten) {
    history.pushState = completing(history.pushState, history.replaceState);
    history.pushState.knowsWhatIsWritten = true;
  }
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
""",
)


def show_frame() -> None:
    """Style every page alike and tell the browser, and so screen readers, which language it is in. Its
    history has one entry for a page as it opens, though the page completes its address when it is drawn."""
    st.html(_STYLE)
    codes = {"en": "en", "zh": "zh-Hans"}
    _document(data={"language": codes[language()]}, key="document", height=1)
