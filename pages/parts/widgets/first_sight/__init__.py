"""The top of a page as its first response says it: words and pictures, drawn before the page's program is.

Streamlit's program takes a second and more until it draws. What nobody has changed yet looks the same for all
who come, so the first response carries it: it is laid over the place where the page will stand, drawn by the
modules that draw it there, and taken away when the page is there, or at once when it is touched. Nobody reads
or operates it: to a screen reader there is the page alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape

from streamlit import config

from core.figures.figure import Figure
from core.figures.theme import Theme
from pages.parts.widgets.shared.program import needed
from pages.parts.widgets.shared.served import FILES, address

THEMES: tuple[Theme, ...] = ("light", "dark")
_NAME = "first_sight"
_CODE = {"light": "#0C5A44", "dark": "#7ED5B0"}
"""Streamlit's own colours of code in a sentence."""


def seen_first(
    html: str, figures: Mapping[Theme, Sequence[Figure]], language: str, asked: bool
) -> str:
    """For the head of a page: ``html`` as its top in ``language``, which the address ``asked`` for or the
    browser reads. Each element of the class ``picture`` in it takes the next figure of the theme, as high
    as it is itself."""
    drawn = {theme: [figure.to_json() for figure in figures[theme]] for theme in THEMES}
    data = json.dumps(drawn, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    said = "" if asked else f' data-language="{escape(language)}"'
    entry = f"{_NAME}/{_NAME}.js"
    modules = "".join(
        f'<link rel="modulepreload" href="./{address(name)}">\n' for name in needed(entry)
    )
    return (
        f'{modules}<template id="{_NAME}"{said}><style>{_colours()}{FILES[f"{_NAME}/{_NAME}.css"]}</style>'
        f'<div class="first-sight" aria-hidden="true" inert><div class="page">{html}</div></div>'
        f'<script type="application/json">{data}</script></template>\n'
        f'<script type="module" async>import {{ show }} from "./{address(entry)}";\n'
        f'show(document.getElementById("{_NAME}"));</script>\n'
    )


def _colours() -> str:
    return "".join(f'.first-sight[data-theme="{theme}"]{{{_of(theme)}}}' for theme in THEMES)


def _of(theme: Theme) -> str:
    names = {
        "paper": "backgroundColor",
        "ink": "textColor",
        "line": "borderColor",
        "box": "secondaryBackgroundColor",
    }
    found = {name: config.get_option(f"theme.{theme}.{option}") for name, option in names.items()}
    found |= {"code": _CODE[theme], "font": config.get_option("theme.font")}
    return "".join(f"--{name}:{value};" for name, value in found.items())
