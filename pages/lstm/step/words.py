"""What the page says of each stage of a step, and of each line of its arithmetic."""

from __future__ import annotations

from collections.abc import Mapping

from core.wording import N_
from pages.parts.widgets.chain.words import StageWords

WORDS: Mapping[str, StageWords] = {
    "x": StageWords(N_("The token x"), "x"),
    "w": StageWords(N_("Weights on the token W"), "W"),
    "h_before": StageWords(N_("State before h"), N_("h before")),
    "u": StageWords(N_("Weights on the state U"), "U"),
    "b_w": StageWords(N_("Biases b"), "b"),
    "b_u": StageWords(N_("Second biases"), "b′"),
    "c_before": StageWords(N_("Cell before c"), N_("c before")),
    "from_word": StageWords(
        N_("From the token"),
        "W·x",
        N_("Each row of W times the token's numbers: what the new token says."),
    ),
    "from_state": StageWords(
        N_("From the state"),
        "U·h",
        N_("Each row of U times the state before: what the memory says."),
    ),
    "sums": StageWords(N_("Sums"), "+", N_("Both added up, and the bias.")),
    "gates": StageWords(
        N_("Gates"),
        N_("gates"),
        N_("σ brings each sum to between 0 (closed) and 1 (open)."),
    ),
    "kept": StageWords(N_("Kept"), "f⊙c", N_("The forget gate times the old cell: what stays.")),
    "written": StageWords(
        N_("Written"), "i⊙g", N_("The input gate times the candidate: what is new.")
    ),
    "cell": StageWords(N_("New cell c"), "c", N_("What stays plus what is new.")),
    "squashed": StageWords(
        "tanh(c)", "tanh", N_("The new cell, brought to between −1 and 1 again.")
    ),
    "recalled": StageWords(
        N_("The state for the candidate"),
        "U·h",
        N_("The state's sum that the reset gate lets pass or not."),
    ),
    "reset": StageWords(
        N_("After the reset gate"), "r⊙", N_("The reset gate times what the state says.")
    ),
    "candidate_sum": StageWords(
        N_("Sum of the candidate"), "+", N_("What the token says, plus what was let pass.")
    ),
    "candidate": StageWords(
        N_("Candidate"),
        N_("cand."),
        N_("tanh brings its sum to between −1 and 1: what could be written."),
    ),
    "hidden": StageWords(N_("New state h"), "h", N_("What is handed on to the next token.")),
}
"""By the name of the stage; what is given has no saying."""

LINE_NAMES: Mapping[str, str] = {
    "word": N_("weights times the token, number by number"),
    "state": N_("weights times the state before, number by number"),
    "products": N_("the products, added up"),
    "sum": N_("token, bias and state, added up"),
    "sigmoid": N_("σ of the sum"),
    "tanh": N_("tanh of it"),
    "kept": N_("forget gate times old cell"),
    "written": N_("input gate times candidate"),
    "cell": N_("what is kept plus what is written"),
    "hidden": N_("output gate times tanh of the cell"),
    "recalled": N_("the state's sum, with its bias"),
    "reset": N_("reset gate times what the state says"),
    "mixture": N_("the update gate shares between the candidate and the old state"),
    "mixture_sum": N_("what is written plus what is kept"),
}
"""By the kind of the line."""
