"""Lesson measuring: what a loss says, when two compare, and how a model seems good without being so."""

from __future__ import annotations

from functools import partial

from pages.measuring.accuracy import show_accuracy, show_equal, show_random
from pages.measuring.calibration import show_calibration
from pages.measuring.doubt import show_doubt, truth_doubt
from pages.measuring.leaking import show_leak, truth_leak
from pages.measuring.overtraining import show_overtraining, truth_over
from pages.measuring.sentence import show_sentence, truth_dear
from pages.measuring.surprise import show_curve, show_four
from pages.measuring.units import show_units
from pages.parts.frame import services
from pages.parts.lesson import below, beside, inline, show_lesson

look = services.look()
show_lesson(
    "measuring",
    {
        "curve": beside(show_curve),
        "four": beside(show_four),
        "sentence": below(show_sentence),
        "units": below(show_units),
        "accuracy": beside(show_accuracy),
        "equal": inline(show_equal),
        "random": below(show_random),
        "leak": beside(show_leak),
        "overtraining": below(partial(show_overtraining, look)),
        "calibration": beside(show_calibration),
        "doubt": below(show_doubt),
    },
    truths={
        "bet_dear": truth_dear,
        "bet_leak": truth_leak,
        "bet_over": partial(truth_over, look),
        "bet_doubt": truth_doubt,
    },
)
