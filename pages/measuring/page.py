"""Lesson measuring: which function fills which slot of the prose."""

from __future__ import annotations

from pages.measuring.shares import show_shares
from pages.parts.lesson import beside, show_lesson

show_lesson("measuring", {"shares": beside(show_shares)})
