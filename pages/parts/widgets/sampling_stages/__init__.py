"""From logits to a drawn token: each stage over the whole vocabulary, and the line on which numbers fall.

All stages and draws are in the browser, so each is there at once; the page is told what is looked at.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.models.decoding import Sampling, Stages, distribution_stages, tokens_at
from pages.parts.frame.language import _
from pages.parts.widgets.sampling_stages.words import sampling_words
from pages.parts.widgets.save import Page, save_popover
from pages.parts.widgets.shared.program import Program
from pages.parts.widgets.shared.source import Source, show_caption
from pages.parts.widgets.shared.valid_index import valid_index

_HTML = """
<div class="clearhead-sampling" translate="no">
  <div class="picture">
    <div class="strip" role="toolbar"></div>
    <div class="two">
      <div><div class="rows" role="toolbar" aria-orientation="vertical"></div>
      <button type="button" class="more"></button></div>
      <p class="sum" aria-live="polite"></p>
    </div>
  </div>
  <div class="draws">
    <button type="button" class="one"></button><button type="button" class="many"></button>
    <button type="button" class="again"></button>
  </div>
  <div class="line"></div>
  <p class="said" aria-live="polite"></p>
  <table class="tally"></table>
</div>
"""
_PROGRAM = Program.of("sampling_stages", _HTML)
_COMPONENT = _PROGRAM.component("clearhead_sampling")

STAGES = ("logits", "penalty", "temperature", "topK", "topP", "minP", "draw")


@dataclass(frozen=True)
class LookedAt:
    """The stage of STAGES that is taken apart, for which token (its id), and how many draws were made."""

    stage: str = "draw"
    token: int = -1
    drawn: int = 0


@dataclass(frozen=True, eq=False)
class Drawing:
    """``tokens`` of the vocabulary [v] as shown, their ``logits`` [v], the ids ``written`` so far, the
    ``sampling``, and uniform ``numbers`` [n] from [0, 1) that fall one after the other."""

    tokens: Sequence[str]
    logits: NDArray[np.float64]
    written: Sequence[int]
    sampling: Sampling
    numbers: NDArray[np.float64]

    @cached_property
    def stages(self) -> Stages:
        return distribution_stages(self.logits, self.sampling, self.written)

    @cached_property
    def order(self) -> NDArray[np.int64]:
        """The ids by rank, as the stages rank them: after the penalty, the best first."""
        return np.argsort(-self.lowered, kind="stable")

    @cached_property
    def lowered(self) -> NDArray[np.float64]:
        """The logits after the penalty, [v]."""
        lowered = self.logits.copy()
        lowered[sorted(set(self.written))] -= self.sampling.penalty
        return lowered

    @cached_property
    def fallen(self) -> NDArray[np.int64]:
        """The id that each number draws, as the model itself would draw it, [n]."""
        return tokens_at(self.stages.final, self.numbers)


def sampling_stages(
    drawing: Drawing,
    *,
    key: str,
    at: LookedAt,
    caption: str,
    source: Source,
    on_look: Callable[[LookedAt], None],
) -> None:
    """Draw it; ``on_look`` is told, before the script runs, what somebody looks at."""

    def heard() -> None:
        told = looked_at(st.session_state.get(key, {}).get("at"), drawing)
        if told is not None:
            on_look(told)

    data = sent(drawing, at, key, f"{caption} {source.told}")
    _COMPONENT(key=key, data=data, on_at_change=heard)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        show_caption(caption, source)
        save_popover(
            key, lambda: Page(_PROGRAM, data, caption, source), lambda: table(drawing, at.drawn)
        )


def looked_at(told: object, drawing: Drawing) -> LookedAt | None:
    """What the browser says, if there are such a stage, token and draw."""
    if not isinstance(told, dict):
        return None
    stage = told.get("stage")
    token = valid_index(told.get("token"), len(drawing.tokens))
    drawn = valid_index(told.get("drawn"), len(drawing.numbers) + 1)
    if stage not in STAGES or token is None or drawn is None:
        return None
    return LookedAt(stage, token, drawn)


def sent(drawing: Drawing, at: LookedAt, key: str, label: str) -> dict[str, Any]:
    """What the browser is sent. Arrays are by rank; ``line`` are ranks in the vocabulary's order, in which
    the tokens lie on the line."""
    stages, order = drawing.stages, drawing.order
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    cut = np.where(~stages.kept_k, 1, np.where(~stages.kept_p, 2, np.where(~stages.kept, 3, 0)))
    written = np.zeros(len(order), np.bool_)
    written[list(drawing.written)] = True
    sampling = drawing.sampling
    return {
        "tokens": [drawing.tokens[token] for token in order],
        "written": written[order].tolist(),
        "arrays": {
            "logits": _packed(drawing.logits[order]),
            "tempered": _packed(stages.tempered[order]),
            "final": _packed(stages.final[order]),
            "cut": _packed(cut[order].astype("u1")),
            "order": _packed(order.astype("<i4")),
            "line": _packed(rank.astype("<i4")),
            "numbers": _packed(drawing.numbers),
            "fallen": _packed(rank[drawing.fallen].astype("<i4")),
        },
        "sampling": {
            "temperature": sampling.temperature,
            "topK": sampling.top_k or 0,
            "topP": sampling.top_p,
            "minP": sampling.min_p,
            "penalty": sampling.penalty,
        },
        "at": asdict(at) | {"token": at.token if at.token >= 0 else int(order[0])},
        "filename": key,
        "label": label,
        "words": sampling_words(),
    }


def _packed(array: NDArray[Any]) -> dict[str, str]:
    """As ``arrays.js`` reads it: digits would be twice as long, and not exact."""
    little = array.astype("<f8") if array.dtype.kind == "f" else array
    kind = {"f": "f8", "i": "i4", "u": "u1"}[little.dtype.kind]
    return {"dtype": kind, "bdata": base64.b64encode(little.tobytes()).decode("ascii")}


def table(drawing: Drawing, drawn: int) -> tuple[Sequence[str], list[tuple[object, ...]]]:
    """All tokens by rank, with their numbers after each stage and how often they were drawn."""
    stages = drawing.stages
    counts = np.bincount(drawing.fallen[:drawn], minlength=len(drawing.tokens))
    header = (
        _("token"),
        _("logit"),
        _("logit after the penalty"),
        _("after temperature"),
        _("kept"),
        _("in the draw"),
        _("drawn"),
    )
    return header, [
        (
            drawing.tokens[token],
            float(drawing.logits[token]),
            float(drawing.lowered[token]),
            float(stages.tempered[token]),
            bool(stages.kept[token]),
            float(stages.final[token]),
            int(counts[token]),
        )
        for token in drawing.order.tolist()
    ]
