"""Lesson new_lesson: which function fills which slot of the prose."""

from __future__ import annotations

from pages.new_lesson.shares import show_shares
from pages.parts.lesson import beside, show_lesson

show_lesson("new_lesson", {"shares": beside(show_shares)})
