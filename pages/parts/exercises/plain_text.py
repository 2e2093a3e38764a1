"""Markdown and mathematics as plain text: what screen readers say, and what a search of the browser finds."""

from __future__ import annotations

import re

_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
_MATH = re.compile(r"\$([^$]*)\$")
_SIGNS = (
    (r"\begin{pmatrix}", "("),
    (r"\end{pmatrix}", ")"),
    (r"\\", ";"),
    ("&", ","),
    (r"\approx", "≈"),
    (r"\cdot", "·"),
    (r"\times", "×"),
    (r"\infty", "∞"),
    (r"^\top", "ᵀ"),
    (r"\sqrt", "√"),
    ("d_k", "dₖ"),
    (r"\ ", " "),
)


def spoken(text: str) -> str:
    """The text without its marks: ``*her*`` is her, a link its words, and a matrix its rows with semicolons
    between."""
    unlinked = _LINK.sub(r"\1", text)
    plain = re.sub(r"(?<!\\)\*+(\S(?:.*?\S)?)\*+", r"\1", unlinked)
    return re.sub(r"\s+", " ", _MATH.sub(lambda found: _spoken(found[1]), plain)).strip()


def _spoken(latex: str) -> str:
    spoken = re.sub(r"\\(?:text|mathbf|mathrm)\{([^{}]*)\}", r"\1", latex)
    for sign, shown in _SIGNS:
        spoken = spoken.replace(sign, shown)
    spoken = re.sub(r"\{\s*([^{}]*?)\s*\}", r"\1", spoken).replace("{", "").replace("}", "")
    return re.sub(r"\s+([,;)])", r"\1", re.sub(r"\(\s+", "(", spoken.replace("\\", "")))
