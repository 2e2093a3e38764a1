"""A model out of an article that calls it a GPT: which of its lines must change, chosen by the learner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from core.wording import N_
from pages.gpt.state import REPAIRS, REPAIRS_CHECKED
from pages.parts.frame.language import _
from pages.parts.frame.state import fragment


@dataclass(frozen=True)
class Line:
    """What the article's model does, in a few words; whether it must change for the model to be a "
    "GPT; and why."""

    does: str
    must: bool
    why: str


LINES: Mapping[str, Line] = {
    "positions": Line(
        N_("The embedding layer is all that goes in: no positions."),
        True,
        N_(
            "Attention alone does not know which token came first. Add a learned position, or rotate "
            "queries and keys."
        ),
    ),
    "mask": Line(
        N_("MultiHeadAttention is called on (x, x) without a causal mask."),
        True,
        N_(
            "Each place sees the token that it is to predict. The loss falls, and in writing nothing "
            "is left to look at. This is what makes it no language model."
        ),
    ),
    "key_dim": Line(
        N_("Each head has a key_dim larger than the width of x."),
        False,
        N_(
            "Allowed, and odd: queries and keys are made from x, so they can tell no more than x "
            "does. A GPT gives each of its h heads d / h numbers."
        ),
    ),
    "mlp": Line(
        N_("After attention comes the output layer at once: no MLP."),
        True,
        N_("Attention only mixes what tokens carry. Half of each block, the MLP, is missing."),
    ),
    "residual": Line(
        N_("The output of attention replaces x: nothing is added, no LayerNorm."),
        True,
        N_("A block adds to the stream and norms before each part. Without it a stack hardly learns."),
    ),
    "dropout": Line(
        N_("Dropout stands after the logits."),
        True,
        N_(
            "It sets logits to 0 at random, so the probabilities that the loss judges are not the "
            "model's. Dropout belongs inside the blocks."
        ),
    ),
    "last": Line(
        N_("The vectors are pooled into one, and only that one goes on to the output."),
        True,
        N_(
            "Attention gives a vector for each token, and a GPT asks its question at each of them. "
            "Pooling throws the places away."
        ),
    ),
    "label": Line(
        N_("Each training text has one label, drawn at random."),
        True,
        N_(
            "The labels of a GPT are the text itself, moved on by one: as many as there are tokens. "
            "Random labels can only be learned by heart."
        ),
    ),
    "vectors": Line(
        N_(
            "The article says: the tokens get Word2Vec or GloVe vectors. Its code draws a table and "
            "trains it."
        ),
        False,
        N_(
            "The sentence is wrong, the code is right: a GPT learns its own table, from the first "
            "step on, for its own question."
        ),
    ),
    "softmax": Line(
        N_("A last layer gives one number for each token of the vocabulary; softmax makes probabilities."),
        False,
        N_("That is what a GPT does, often with the table that brought the tokens in."),
    ),
    "heads": Line(
        N_("Attention has two heads, and there is one layer of it."),
        False,
        N_("Small, but not wrong: how many heads and layers there are is a matter of size."),
    ),
}  # fmt: skip
"""After what such articles show, in our own words; in the order of the way through the model."""


@fragment
def show_repairs() -> None:
    """All lines to choose among; once checked, what is said of each."""
    with st.container(border=True, key="gpt_repairs_box"):
        st.markdown(
            _(
                "**Your turn, on the screen** — Choose every line that *must* change before this "
                "model is a GPT."
            )
        )
        chosen = REPAIRS.draw(
            st.pills,
            _("Lines of the model"),
            words=lambda one: f"{_(LINES[one].does)}",
        )
        st.button(_("Check"), key="gpt_check_repairs", on_click=REPAIRS_CHECKED.set, args=(chosen,))
        if REPAIRS_CHECKED.value == chosen:
            _show_verdict(set(chosen))


def _show_verdict(chosen: set[str]) -> None:
    """Where something is judged wrongly, why; when all is right, why of each."""
    wrong = [name for name, line in LINES.items() if line.must != (name in chosen)]
    if wrong:
        st.warning(
            _("{right} of {all} lines are judged rightly. Not these:").format(
                right=len(LINES) - len(wrong), all=len(LINES)
            ),
            icon="↩️",
        )
    else:
        must = sum(line.must for line in LINES.values())
        st.success(_("Right: these {must} must change.").format(must=must), icon="✅")
    st.markdown("\n".join(_told(name) for name in wrong or LINES))


def _told(name: str) -> str:
    line = LINES[name]
    verdict = _("It must change.") if line.must else _("It may stay.")
    return f"- {_(line.does)} **{verdict}** {_(line.why)}"
