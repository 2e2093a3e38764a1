"""The GPT that copies, with other positions: what each does on the first length that was never trained."""

from __future__ import annotations

import streamlit as st

from core.text.tasks.registry import TASKS
from lessons.compare.solved import POSITIONS, POSITIONS_TASK
from pages.compare.tasks.curves import of_recorded, of_seeds, recorded, show_curves, style_of
from pages.parts.frame.language import _

WITHIN = range(1, TASKS[POSITIONS_TASK].trained + 1)
NEXT = TASKS[POSITIONS_TASK].trained + 1
"""The first length that was never trained."""
STYLES = (style_of("gpt"), 4, 5, 1)
"""The first looks as the GPT does elsewhere."""


def show_positions() -> None:
    """Four ways of telling positions on one task."""
    task, found = TASKS[POSITIONS_TASK], recorded(POSITIONS_TASK, POSITIONS)
    if len(found) < len(POSITIONS):
        st.info(_("What these models solve has not been recorded yet."))
        return
    show_curves(
        "compare_positions",
        task,
        [
            of_seeds(_(POSITIONS[one]), each, style)
            for style, (one, each) in zip(STYLES, found.items(), strict=True)
        ],
        _(
            "Copying letters: the same GPT, the same text, and only the way in which positions are told is "
            "another. Lines: five seeds together; bands: from the worst seed to the best."
        ),
        of_recorded(task),
    )
    parts = [
        _("{name} **{before:.0%}** → **{after:.0%}**").format(
            name=_(POSITIONS[one]), before=each.share(NEXT - 1), after=each.share(NEXT)
        )
        for one, each in found.items()
    ]
    st.markdown(
        _("From length {before}, the longest trained, to length {after}: {parts}.").format(
            before=NEXT - 1, after=NEXT, parts=_("; ").join(parts)
        )
    )


def beyond_truth() -> str | None:
    """Which positions do worst on what is one letter longer than anything trained."""
    found = recorded(POSITIONS_TASK, POSITIONS)
    if len(found) < len(POSITIONS):
        return None
    return min(found, key=lambda one: found[one].share(NEXT))
