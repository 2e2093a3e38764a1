"""Words that belong to a step of a training: they follow the scrubber while it is dragged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pages.parts.frame.language import _
from pages.parts.frame.unknown import unknown_words
from pages.parts.widgets.shared.program import Program

_HTML = """
<div class="clearhead-at-step">
  <p class="words"></p>
  <pre class="sample" translate="no"></pre>
  <div class="beside" hidden><p></p><pre translate="no"></pre></div>
  <p class="note"></p>
</div>
"""
_PROGRAM = Program.of("at_step", _HTML)
_COMPONENT = _PROGRAM.component("clearhead_at_step")


@dataclass(frozen=True)
class Beside:
    """What another training wrote: ``says``, with ``{step}`` and ``{loss}``, stands above the sample of its
    step that is nearest. ``samples`` are (step, loss in words, sample), by rising step."""

    says: str
    samples: Sequence[tuple[int, str, str]]


def words_at_step(says: str, *, key: str, follows: Mapping[str, Any], loss: str) -> None:
    """One line: ``says`` with its ``{step}`` and ``{loss}``, which is in words. ``follows`` says whose
    scrubber moves it, and the step that it stands on now."""
    _COMPONENT(key=key, data=_data(says, follows, loss, framed=False))


def sample_at_step(
    says: str,
    sample: str | None,
    *,
    key: str,
    height: int,
    empty: str,
    follows: Mapping[str, Any] | None,
    loss: str,
    beside: Beside | None = None,
) -> None:
    """What the model wrote at the step, ``height`` pixels high, under the line of ``words_at_step``, and what
    another wrote ``beside``; where it wrote nothing, ``empty`` stands alone."""
    data = _data(says, follows, loss, framed=True)
    data |= {"sample": sample, "height": height}
    data["beside"] = None if beside is None else asdict(beside)
    data["words"] |= {"empty": empty, "name": _("What the model writes")}
    _COMPONENT(key=key, data=data, height=height)


def _data(
    says: str, follows: Mapping[str, Any] | None, loss: str, *, framed: bool
) -> dict[str, Any]:
    return {
        "follows": None if follows is None else dict(follows),
        "loss": loss,
        "sample": None,
        "beside": None,
        "framed": framed,
        "words": {"says": says, "unknown": unknown_words()},
    }
