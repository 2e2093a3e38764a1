"""Lesson compare: which function fills which slot of the prose."""

from __future__ import annotations

from pages.compare.shares import show_shares
from pages.parts.lesson import beside, show_lesson

show_lesson("compare", {"shares": beside(show_shares)})
