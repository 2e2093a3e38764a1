"""Where the GPT that has learned to copy looks: in its answer, at the letter that comes next."""

from __future__ import annotations

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.errors import LearnerError
from core.questions.attention import HeadMaps
from core.store.look import Look
from core.store.solving import solving
from core.store.view import RunView
from core.text.tasks.registry import TASKS
from core.text.tasks.task import ASK, END
from pages.compare.state import TASKS_STATE
from pages.parts.frame.ask import ask
from pages.parts.frame.language import _, worded
from pages.parts.frame.state import fragment
from pages.parts.training.sources import of_run
from pages.parts.widgets.head_view import head_view

TASK = TASKS["copy"]
HEIGHT = 560
"""Pixels: all tokens of eight letters and their copy are in sight."""


def show_copied(look: Look) -> None:
    """Letters to copy, the layer that looks best, and how much of its look falls on the right letter."""
    run = look.finished(solving("copy", "gpt"))
    if run is None:
        st.info(_("The network that this asks is missing. Make it with: make starters."))
        return
    _show(run)


@fragment
def _show(run: RunView) -> None:
    typed = TASKS_STATE.copied.box(_("Letters to copy"), width=320)
    try:
        prompt = TASK.read(typed)
        answer = ask(HeadMaps(run.id, f"{END}{prompt}{ASK}{prompt}"))
    except LearnerError as error:
        st.warning(worded(error))
        return
    found = looked_at_next(answer.maps, len(prompt))
    layer, head = np.unravel_index(found.argmax(), found.shape)
    head_view(
        answer.tokens,
        answer.maps[layer],
        key="compare_copied",
        height=HEIGHT,
        selected_heads=[int(head)],
        caption=_(
            "Layer {layer}, counted from 0. From each letter of the answer the head that copies looks at "
            "the one that comes next."
        ).format(layer=layer),
        source=of_run(run.spec, layer=int(layer), own_text=typed != TASKS_STATE.copied.first),
    )
    st.markdown(
        _(
            "In the answer, head {head} of layer {layer} puts **{share:.0%}** of its attention on the letter "
            "that comes next; looking evenly at all that stands before would be {even:.0%}."
        ).format(head=head, layer=layer, share=found.max(), even=evenly(len(prompt)))
    )


def looked_at_next(maps: NDArray[np.float32], length: int) -> NDArray[np.float64]:
    """The mean weight [l h] that each head, at the places from which an answer is said, puts on the letter to
    be said. ``maps`` [l h q k] are of END, ``length`` letters, ASK and the letters again."""
    letters = np.arange(1, length + 1)
    from_where = letters + length  # the ASK says the first letter, each letter the next
    weights: NDArray[np.float64] = maps[:, :, from_where, letters].mean(axis=-1, dtype=np.float64)
    return weights


def evenly(length: int) -> float:
    """The same of a head that looks at all tokens alike."""
    return float(np.mean([1 / (length + place + 1) for place in range(1, length + 1)]))
