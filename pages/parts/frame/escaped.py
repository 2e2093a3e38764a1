"""A learner's words within Markdown."""

from __future__ import annotations


def escaped(token: str) -> str:
    """A learner's token in Markdown, taken literally."""
    return "".join("\\" + sign if sign in "\\`*_{}[]()#+-.!|~$:<>" else sign for sign in token)
