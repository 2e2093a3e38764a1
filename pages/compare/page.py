"""Lesson compare: which function fills which slot of the prose."""

from __future__ import annotations

from pages.compare.shares import show_shares
from pages.compare.tasks.slots import TASK_TRUTHS, task_slots
from pages.parts.frame import services
from pages.parts.lesson import beside, show_lesson

look = services.look()
show_lesson("compare", {"shares": beside(show_shares), **task_slots(look)}, truths={**TASK_TRUTHS})
