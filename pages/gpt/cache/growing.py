"""Keys and values while the learner's text is written: with what is kept, and with nothing kept."""

from __future__ import annotations

import streamlit as st

from core.errors import LearnerError
from core.questions.kept import KeptRows, KeptRowsAnswer
from core.spec.families.gpt import GPTSpec
from core.spec.run import RunSpec
from core.worked.budget import Plan, plan_of
from core.worked.kept import kept_bytes, multiplications_anew, multiplications_kept
from pages.gpt.state import KEPT_HEAD, KEPT_LAYER, KEPT_STEP, KEPT_TEXT, KEPT_WAY, WAYS
from pages.parts.frame.ask import ask
from pages.parts.frame.escaped import code
from pages.parts.frame.language import _, worded
from pages.parts.frame.services import library
from pages.parts.frame.state import fragment
from pages.parts.frame.unknown import name_unknown_to
from pages.parts.training.sources import of_run
from pages.parts.widgets.kept_rows import Growing, kept_rows


@fragment
def show_growing(spec: RunSpec) -> None:
    """Text, way, layer and head on top; the rows; then that both ways write the same, and the bytes."""
    model = spec.model
    assert isinstance(model, GPTSpec)
    text = KEPT_TEXT.box(_("A text to go on from"), width=420)
    name_unknown_to(spec.id, text)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        way = KEPT_WAY.draw(
            st.segmented_control,
            _("From step to step"),
            words=lambda one: _(WAYS[one]),
            required=True,
        )
        layer = KEPT_LAYER.among(range(model.layers), first=0).draw(
            st.selectbox, _("Layer"), width=110
        )
        head = KEPT_HEAD.among(range(model.heads), first=0).draw(st.selectbox, _("Head"), width=110)
    try:
        found = ask(KeptRows(spec.id, text))
    except LearnerError as error:
        st.warning(worded(error))
        return
    if found.cut:
        st.caption(
            _(
                "Only the last {kept} tokens of the text are read here, so that all rows fit."
            ).format(kept=len(found.prompt))
        )
    tokens = (*found.prompt, *found.written[:-1])
    tokenizer = library().tokenizer(spec.id)
    size = spec.tokenizer.vocabulary if tokenizer is None else tokenizer.vocabulary_size
    plan = plan_of(model, size)
    anew = way == "anew"
    step = KEPT_STEP.value if 0 <= KEPT_STEP.value < len(found.written) else 0
    kept_rows(
        Growing(
            tokens=tokens,
            prompt=len(found.prompt),
            written=found.written,
            keys=found.keys[layer, head],
            values=found.values[layer, head],
            multiplied=_multiplied(plan, len(found.prompt), len(found.written), anew),
            anew=anew,
        ),
        key="gpt_kept",
        step=step,
        on_step=KEPT_STEP.set,
        caption=_(
            "A row is a token: left its key, right its value, in the chosen layer and head. Framed rows are "
            "reckoned in this step, others are read as they stand. Press “Write” or “Play”."
        ),
        source=of_run(spec, layer=layer, head=head, own_text=text != KEPT_TEXT.first),
    )
    st.markdown(_sentence(found, model, tokens))


def _multiplied(plan: Plan, prompt: int, steps: int, anew: bool) -> list[int]:
    """Multiplications of each step; the first reads the whole prompt either way."""
    first = multiplications_anew(plan, prompt)
    each = multiplications_anew if anew else multiplications_kept
    return [first, *(each(plan, prompt + step) for step in range(1, steps))]


def _sentence(found: KeptRowsAnswer, model: GPTSpec, tokens: tuple[str, ...]) -> str:
    same = found.written == found.anew
    told = (
        _("Both ways write the **same** {count} tokens: {text}.")
        if same
        else _("The two ways part: rounding decided between two tokens that were equally likely.")
    ).format(count=len(found.written), text=code("".join(found.written).replace("␣", " ").strip()))
    formula = kept_bytes(model.layers, model.width, len(tokens))
    return f"{told} " + _(
        "In the end {tokens} tokens are kept in all {layers} layers: 2 · {layers} · {tokens} · {width} "
        "numbers of 4 bytes are {formula:,} bytes; the tensors of the model take **{size:,}**."
    ).format(
        tokens=len(tokens),
        layers=model.layers,
        width=model.width,
        formula=formula,
        size=found.size,
    )
