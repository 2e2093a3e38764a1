"""When a text that is being written ends before all of its tokens are used up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from core.errors import LearnerError

StopAt = Literal["count", "story", "sentence", "text"]
"""Nothing but the number of tokens; a blank line, which ends a story; a full stop; a text of one's own."""

LONGEST_STOP = 40
_BLANK_LINE = "\n\n"
_FULL_STOPS = (".", "。")


@dataclass(frozen=True)
class Stop:
    """The condition besides the number of tokens. ``text`` is looked for if ``at`` is "text"; the text
    that it ends keeps it.

    Raises LearnerError if that text is empty or too long.
    """

    at: StopAt = "count"
    text: str = ""

    def __post_init__(self) -> None:
        if self.at == "text" and not self.text:
            raise LearnerError("Type the text at which the writing is to stop.")
        if len(self.text) > LONGEST_STOP:
            raise LearnerError(
                "The text to stop at has {count} characters: use at most {most}.",
                count=len(self.text),
                most=LONGEST_STOP,
            )

    def reached(self, written: str) -> bool:
        """Whether ``written``, the continuation so far and nothing before it, has come to its end.

        It is asked after each token, of the text and not of tokens: what is looked for may lie across
        several tokens, or end within one.
        """
        match self.at:
            case "count":
                return False
            case "story":
                return _BLANK_LINE in written
            case "sentence":
                return any(sign in written for sign in _FULL_STOPS)
            case "text":
                return self.text in written
