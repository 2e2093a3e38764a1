"""The experiments of the GPT lesson: what one table for two is worth."""

from __future__ import annotations

from core.spec.run import RunSpec
from core.store.starters import starter_of
from core.wording import N_
from lessons.experiments import Arm, arm

TIED_ARM = N_("one table: tied")
UNTIED_ARM = N_("two tables: untied")


def _tying() -> tuple[Arm, ...]:
    starter = starter_of("gpt")
    assert starter is not None
    spec: RunSpec = starter.spec
    return arm(TIED_ARM, spec, tied=True), arm(UNTIED_ARM, spec, tied=False)


TYING = _tying()
"""The GPT that ships, which is there already, and the same with an output table of its own. In small
(tests/experiments/test_gpt_inside.py) the second has a quarter more parameters, and with none of five seeds
is it better by a tenth of a nat."""
