"""A learner's words within Markdown."""

from __future__ import annotations

import re


def escaped(token: str) -> str:
    """A learner's token in Markdown, taken literally."""
    return "".join("\\" + sign if sign in "\\`*_{}[]()#+-.!|~$:<>&" else sign for sign in token)


def code(token: str) -> str:
    """A learner's token as code in Markdown: between more backticks than it has in a row."""
    fence = "`" * (1 + max(map(len, re.findall("`+", token)), default=0))
    # One space on each side is taken off again, so a token of backticks or spaces stays whole.
    inner = f" {token} " if token[:1] in "` " or token[-1:] in "` " else token
    return f"{fence}{inner}{fence}" if token.strip() else f"`{token or ' '}`"


def literal(sentence: str) -> str:
    """A sentence with learner's tokens in it that is no Markdown elsewhere: a picture's caption."""
    return re.sub(r"([\\`*_<\[$~&]|:(?=\w))", r"\\\1", sentence)
