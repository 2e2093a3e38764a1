"""When a text that is being written ends."""

from __future__ import annotations

import pytest

from core.errors import LearnerError
from core.models.stopping import LONGEST_STOP, Stop


@pytest.mark.parametrize(
    ("stop", "goes_on", "ends"),
    [
        (Stop("story"), " home.\n", " home.\n\n"),
        (Stop("sentence"), ' "Help!" he', " home."),
        (Stop("sentence"), "他们", "他们回家了。"),
        (Stop("text", "The end"), " The en", " The end"),
    ],
)
def test_a_text_goes_on_until_what_is_looked_for_stands_in_it(
    stop: Stop, goes_on: str, ends: str
) -> None:
    assert not stop.reached(goes_on)
    assert stop.reached(ends)


def test_without_a_condition_nothing_but_the_number_of_tokens_ends_it() -> None:
    assert not Stop().reached(" home.\n\nThe end.")


def test_a_text_to_stop_at_is_neither_empty_nor_endless() -> None:
    for text in ("", "x" * (LONGEST_STOP + 1)):
        with pytest.raises(LearnerError):
            Stop("text", text)
