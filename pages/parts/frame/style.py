"""What all pages share around their content: line length, side bar, phone, paper, and the document."""

from __future__ import annotations

from starlette.types import Scope

from pages.parts.frame.document import show_document

_STYLE = """
<style>
:root {
.stMarkdown p, .stMarkdown li { max-width: 70ch; }
.stMainBlockContainer { max-width: 1360px; }
.stCaption, [data-testid="stCaptionContainer"] { overflow-wrap: anywhere; }
/* Where a picture's numbers come from: as quiet as the caption it ends, and told wherever its words are
   pointed at or tapped. */
[data-testid="stCaptionContainer"] .stMarkdownBadge {
  color: inherit !important; background: none !important; white-space: nowrap;
  border: 1px solid color-mix(in srgb, currentColor 35%, transparent);
}
[data-testid="stCaptionContainer"] .stTooltipIcon button { position: relative; cursor: help; }
[data-testid="stCaptionContainer"] .stTooltipIcon button::after {
  content: ""; position: absolute; inset: -4px -4px -4px -5em;
}
.stMarkdown .katex-display { overflow-x: auto; overflow-y: hidden; padding: .2rem 0; }
/* While the program for formulas comes, a line stands for the words around them: here they are many. */
[class*="st-key-section_"] [data-testid="stMarkdownContainer"] > [data-testid="stSkeleton"] { height: 24rem; }
[class*="st-key-section_"] [class*="st-key-bet_"] [data-testid="stSkeleton"] { height: 2.5rem; }
/* The heading of a section that is not drawn yet is part of its words. */
[class*="st-key-section_"] [data-testid="stHeaderActionElements"] { display: none; }
.stMarkdown code { white-space: pre-wrap; }
.clearhead-quoted {
  margin: 0; padding: .8rem 1rem; border-radius: var(--st-base-radius);
  background: var(--st-code-background-color); color: var(--st-text-color);
  font: .875rem/1.6 var(--st-code-font); white-space: pre-wrap; overflow-wrap: anywhere;
}
.st-key-terms, .st-key-terms > * { width: 0 !important; }
.st-key-terms { position: absolute; inset-inline-start: 0; }
.stMarkdown a[href*="glossary?"] {
  color: inherit; text-decoration: underline dotted 1px; text-underline-offset: .2em; padding-block: .3em;
}
.stMarkdown a[href*="glossary?"]:hover { text-decoration-thickness: 2px; }
[data-testid="stTable"] { overflow-x: auto; }
[data-testid="stButtonGroup"] :is([role="radiogroup"], [role="group"]) { flex-wrap: wrap; }
[data-testid="stButtonGroup"] button { height: auto; }
[data-testid="stButtonGroup"] button p { white-space: normal; text-align: start; }
.stMarkdown table { display: block; overflow-x: auto; max-width: 100%; width: fit-content; }
/* It stands behind our own list: widgets/course_list says why. */
[data-testid="stSidebarNav"] { display: none; }
[data-testid="stSidebarHeader"] > :first-child:not([data-testid="stLogoSpacer"])
  { display: flex; align-items: center; gap: .5rem; }
[data-testid="stSidebarHeader"] > :first-child:not([data-testid="stLogoSpacer"])::after
  { content: "Clearhead"; font-size: 1.35rem; font-weight: 650; }
[data-testid="stSidebarHeader"] { margin-bottom: 0; }
[data-testid="stSidebarUserContent"] { padding: .25rem 0 3rem; position: relative; }
[data-testid="stSidebarUserContent"] .st-key-language_switch
  { position: absolute; inset-block-start: .55rem; inset-inline-end: 0; width: auto; z-index: 1; }
@media (max-width: 640px) {
  .stMainBlockContainer { padding-left: 1rem; padding-right: 1rem; }
  .stMainBlockContainer h1 { font-size: 1.9rem; overflow-wrap: anywhere; }
  .stMarkdown th, .stMarkdown td { padding: .3rem; font-size: .82rem; }
}
@media (pointer: coarse) {
  [data-testid="stCaptionContainer"] .stTooltipIcon button::after { inset: -14px -14px -14px -5em; }
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
@media (min-width: 769px) {
  [data-testid="stAppViewContainer"]:not(:has([data-testid="stSidebar"])) { padding-left: 300px; }
}
[data-testid="stSidebarContent"]:not(:has([data-testid="stSidebarNav"])) [data-testid="stSidebarUserContent"]
  { visibility: hidden; }
}
</style>
"""
"""All is nested in ``:root``, which outweighs Streamlit's own looks: they come later. The last rules keep
the place of the side bar until it is there, and what stands under its list unseen until the list is."""


def style(_path: str, _language: str | None, _request: Scope) -> str:
    """What every page looks like, for its head: there before anything is drawn, so that nothing jumps."""
    return _STYLE


def show_frame() -> None:
    """Have the browser know what its document is."""
    show_document()
