"""A text as it comes from the web: tags, menus, ligatures out of PDFs, accents in two spellings."""

from __future__ import annotations

import random
from unicodedata import normalize

_NAMES = ("Zoë Müller", "André Lefèvre", "Søren Ångström", "Nicolás Peña", "Gülşen Çelik")
_MENU = 'Home  |  Contents  |  Index\n<a href="#top">Back to the top</a>\n'
_A_PAGE = 4
"""Paragraphs."""


def as_web_pages(text: str, seed: int) -> str:
    """The same paragraphs in the same order. What is drawn by ``seed``: who wrote a page, how the accents of
    their name are spelled, and which paragraphs were copied out of a PDF, where "fi" is one sign."""
    chance = random.Random(seed)
    pages = []
    paragraphs = [line for line in text.splitlines() if line.strip()]
    for start in range(0, len(paragraphs), _A_PAGE):
        name = normalize(chance.choice(("NFC", "NFD")), chance.choice(_NAMES))
        blocks = [
            f"<p>{block.replace('fi', 'ﬁ') if chance.random() < 0.3 else block}</p>"
            for block in paragraphs[start : start + _A_PAGE]
        ]
        pages.append(f"{_MENU}<i>by {name}</i>\n" + "\n".join(blocks) + "\n")
    return "\n".join(pages)
