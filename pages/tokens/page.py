"""Lesson tokens: which function fills which slot of the prose."""

from __future__ import annotations

from pages.parts.lesson import beside, show_lesson
from pages.tokens.shares import show_shares

show_lesson("tokens", {"shares": beside(show_shares)})
