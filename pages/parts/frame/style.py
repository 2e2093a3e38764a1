"""What all pages share around their content: line length, side bar, phone, paper, and the document."""

from __future__ import annotations

import streamlit as st

from pages.parts.frame.document import show_document

_STYLE = """
<style>
.stMarkdown p, .stMarkdown li { max-width: 70ch; }
.stMainBlockContainer { max-width: 1360px; }
.stCaption, [data-testid="stCaptionContainer"] { overflow-wrap: anywhere; }
.stMarkdown .katex-display { overflow-x: auto; overflow-y: hidden; padding: .2rem 0; }
.stMarkdown code { white-space: pre-wrap; }
[data-testid="stTable"] { overflow-x: auto; }
[data-testid="stButtonGroup"] :is([role="radiogroup"], [role="group"]) { flex-wrap: wrap; }
[data-testid="stButtonGroup"] button { height: auto; }
[data-testid="stButtonGroup"] button p { white-space: normal; text-align: start; }
.stMarkdown table { display: block; overflow-x: auto; max-width: 100%; width: fit-content; }
[data-testid="stSidebarNav"] { display: none; }
[data-testid="stSidebarHeader"] > :first-child:not([data-testid="stLogoSpacer"])
  { display: flex; align-items: center; gap: .5rem; }
[data-testid="stSidebarHeader"] > :first-child:not([data-testid="stLogoSpacer"])::after
  { content: "Clearhead"; font-size: 1.35rem; font-weight: 650; }
[data-testid="stSidebarHeader"] { margin-bottom: 0; }
[data-testid="stSidebarUserContent"] { padding: .25rem 0 3rem; position: relative; }
[data-testid="stSidebarUserContent"] .st-key-language_switch
  { position: absolute; inset-block-start: .55rem; inset-inline-end: 0; width: auto; }
@media (max-width: 640px) {
  .stMainBlockContainer { padding-left: 1rem; padding-right: 1rem; }
  .stMainBlockContainer h1 { font-size: 1.9rem; overflow-wrap: anywhere; }
  .stMarkdown th, .stMarkdown td { padding: .3rem; font-size: .82rem; }
}
@media (pointer: coarse) {
  [data-testid="stCheckbox"] label, [data-testid="stRadio"] label { min-height: 44px; align-items: center; }
  [data-testid="stPageLink-NavLink"], [data-testid="stTextInputRootElement"], [role="option"],
  [data-testid="stExpander"] summary, [data-testid="stMainMenuList"] button, [data-testid="stTab"]
    { min-height: 44px; }
  [data-testid="stBaseButton-primary"], [data-testid="stBaseButton-secondary"],
  [data-testid="stBaseButton-tertiary"], [data-testid="stPopoverButton"], [data-testid="stLogoLink"],
  [data-testid="stButtonGroup"] button, [data-testid="stSidebarCollapseButton"] button,
  [data-testid="stExpandSidebarButton"], [data-testid="stMainMenuButton"],
  [data-testid="stSelectbox"] [role="group"] > :is(input, button),
  [data-testid="stNumberInputContainer"] :is(input, button)
    { min-height: 44px; min-width: 44px; }
  [data-testid="stSelectbox"] div:has(> [role="group"]), [data-testid="stSelectbox"] [role="group"],
  [data-testid="stNumberInput"] div:has(> [data-testid="stNumberInputContainer"]),
  [data-testid="stNumberInputContainer"], [data-testid="stNumberInputContainer"] > div { height: auto; }
  /* What is to stay small is pressed beside it, too. */
  [data-testid="stTooltipHoverTarget"] > button { position: relative; }
  [data-testid="stTooltipHoverTarget"] > button::after,
  [data-testid="stSlider"] [role="group"] div:has(> div > input)::after
    { content: ""; position: absolute; width: 44px; height: 44px; top: 50%; left: 50%; translate: -50% -50%; }
}
@media print {
  [data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stToolbar"], [data-testid="stPopover"],
  [data-testid="stButton"], [data-testid="stDownloadButton"], [data-testid="stPageLink"],
  [data-testid="stTooltipIcon"], [data-testid="stSlider"], [data-testid="stNumberInputContainer"] button
    { display: none !important; }
  .stApp, [data-testid="stAppViewContainer"], [data-testid="stMain"]
    { position: static !important; display: block !important; height: auto !important;
      overflow: visible !important; }
  .stMainBlockContainer { max-width: none; padding: 0; }
  .stApp { print-color-adjust: exact; }
  h1, h2, h3 { break-after: avoid; }
  [data-testid="stVerticalBlockBorderWrapper"], [data-testid="stElementContainer"] svg, .clearhead-plot,
  .stMarkdown p, .stMarkdown li, .stMarkdown table { break-inside: avoid; }
}
@media (prefers-reduced-motion: reduce) {
  *, *::before, *::after { animation-duration: .01ms !important; transition-duration: .01ms !important; }
}
</style>
"""


def show_frame() -> None:
    """Style every page alike, and have the browser know what its document is."""
    st.html(_STYLE)
    show_document()
