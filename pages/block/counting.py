"""Counting a model: every tensor by its formula, memory, and the work for each token."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from core.figures.lines import Edge, Line, lines, lines_table
from core.wording import N_
from core.worked.budget import (
    COMPONENTS,
    GPT2_SMALL,
    TRANSFORMER_BASE,
    Component,
    Plan,
    attention_overtakes_mlp,
    block_tensors,
    megabytes,
    parameters,
    tensors,
    work,
)
from pages.block.pictures import short_name, tensor_areas
from pages.block.state import (
    CONTEXT,
    HEADS,
    LAYERS,
    TIED,
    VOCABULARY,
    WAVES,
    WIDTH,
    shipped_plan,
)
from pages.parts.frame.language import _
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.widgets.plot import plot
from pages.parts.widgets.shared.source import Source

COMPONENT_NAMES: Mapping[Component, str] = {
    "embedding": N_("tables in"),
    "attention": N_("attention"),
    "mlp": "MLP",
    "norm": "LayerNorm",
    "output": N_("table out"),
}


@fragment
def show_counting() -> None:
    """Presets and sizes on top; the areas to the left, formulas and numbers to the right."""
    plan = _controls()
    if plan.width % plan.heads:
        st.warning(
            _(
                "A width of {width} cannot be shared by {heads} heads. The count below does not depend on "
                "the heads, but such a model cannot be built."
            ).format(width=plan.width, heads=plan.heads)
        )
    counts = tensors(plan)
    left, right = st.columns([6, 6], gap="large")
    with left:
        plot(
            tensor_areas(
                counts, theme(), {p: _(COMPONENT_NAMES[p]) for p in COMPONENTS}, _("whole model")
            ),
            key="block_areas",
            height=470,
            caption=_(
                "Each field is a tensor, all layers together; its area is its number of parameters."
            ),
            source=_source(plan),
            table=(
                (_("tensor"), _("shape"), _("how many"), _("parameters")),
                [(t.name, " × ".join(map(str, t.shape)), t.times, t.count) for t in counts],
            ),
        )
    with right:
        st.markdown(_formula_table(plan))
    st.markdown(_counting_sentence(plan))


@fragment
def show_work() -> None:
    """What one token costs in one block, over the length of the text; same sizes as above."""
    plan = _plan()
    meeting = attention_overtakes_mlp(plan.width)
    last = 2 * max(meeting, plan.context)
    lengths = [last * place / 64 for place in range(65)]
    costs = [work(plan, round(length)) for length in lengths]
    x, y = _("tokens in the text"), _("million operations for a token")

    def millions(name: str) -> list[float]:
        return [getattr(cost, name) / 1e6 for cost in costs]

    curves = [
        Line("MLP", lengths, millions("mlp")),
        Line(_("attention: projections"), lengths, millions("projections")),
        Line(_("attention: scores and values"), lengths, millions("attention")),
    ]
    plot(
        lines(curves, theme(), x, y, edge=Edge(plan.context, _("context")), markers=False),
        key="block_work",
        height=340,
        caption=_(
            "All layers, forward pass, products of matrices only. Hidden pairs are counted too: a causal "
            "mask saves up to half of the rising line."
        ),
        source=_source(plan),
        table=lambda: lines_table(curves, x, y, _("part")),
    )
    whole = work(plan)
    st.markdown(
        _(
            "At its whole context of {context} tokens this model does **{total} million** operations for "
            "each token; scores and weighted sums are **{share:.1%}** of that. They cost more than the MLP "
            "from t = 4·d = **{meeting:,}** tokens on."
        ).format(
            context=f"{plan.context:,}",
            total=f"{whole.total / 1e6:,.2f}",
            share=whole.attention / whole.total,
            meeting=meeting,
        )
    )
    st.caption(
        _(
            "Left out: norms, softmax, the MLP's curve, biases, additions, look-ups. They grow with d, not "
            "with d². Training costs about three times the forward pass."
        )
    )


def _source(plan: Plan) -> Source:
    """The sizes decide: those of the course's GPT, or others."""
    whose = (
        _("With the sizes of the GPT of this course.")
        if plan == shipped_plan()
        else _("With the sizes that you have chosen.")
    )
    return Source("formula", (whose,))


def _controls() -> Plan:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(_("Start from"), width="content")
        for name, label in (
            ("shipped", _("the GPT of this course")),
            ("gpt2", "GPT-2 small"),
            ("base", _("the first Transformer's encoder")),
        ):
            st.button(label, key=f"block_preset_{name}", on_click=_set_sizes, args=(name,))
    first, second = st.columns(2, gap="large")
    with first:
        WIDTH.draw(st.select_slider, _("Width d"))
        LAYERS.slider(_("Layers"))
        TIED.toggle(_("Tied: one table in and out"))
    with second:
        CONTEXT.draw(st.select_slider, _("Context t"))
        HEADS.draw(st.selectbox, _("Heads in each layer"), width=180)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            VOCABULARY.box(_("Vocabulary V"), width=180)
            WAVES.toggle(
                _("Post-norm and waves, as in 2017"),
                help=_("Waves of sine and cosine have no parameters, and no last norm is needed."),
            )
    return _plan()


def _plan() -> Plan:
    """The sizes as they stand on the page."""
    waves = WAVES.value
    return Plan(
        layers=LAYERS.value,
        heads=HEADS.value,
        width=WIDTH.value,
        context=CONTEXT.value,
        vocabulary=VOCABULARY.value,
        tied=TIED.value,
        learned_positions=not waves,
        last_norm=not waves,
    )


def _set_sizes(name: str) -> None:
    plan = {"gpt2": GPT2_SMALL, "base": TRANSFORMER_BASE}.get(name) or shipped_plan()
    LAYERS.set(plan.layers)
    HEADS.set(plan.heads)
    WIDTH.set(plan.width)
    CONTEXT.set(plan.context)
    VOCABULARY.set(plan.vocabulary)
    TIED.set(plan.tied)
    WAVES.set(not plan.learned_positions)


def _formula_table(plan: Plan) -> str:
    """Markdown: each tensor with its formula, the numbers put in, and what they come to."""
    counts = tensors(plan)
    header = (_("tensor"), _("formula and numbers"), _("parameters"))
    lines = ["| " + " | ".join(header) + " |", "|:--|:--|--:|"]
    for component in COMPONENTS:
        tensors_of_it = [tensor for tensor in counts if tensor.component == component]
        if not tensors_of_it:
            continue
        name = _(COMPONENT_NAMES[component])
        lines.append(f"| **{name}** | | **{parameters(counts, component):,}** |")
        for tensor in tensors_of_it:
            times = f"{tensor.times} \\cdot " if tensor.times > 1 else ""
            letters = r"L \cdot " if tensor.times > 1 else ""
            formula = f"${letters}{tensor.formula} = {times}{tensor.numbers}$"
            lines.append(f"| `{short_name(tensor)}` | {formula} | {tensor.count:,} |")
    whole = _("whole model")
    lines.append(f"| **{whole}** | | **{parameters(counts):,}** |")
    return "\n".join(lines)


def _counting_sentence(plan: Plan) -> str:
    counts = tensors(plan)
    whole, blocks = parameters(counts), parameters(block_tensors(plan))
    one = blocks // plan.layers
    sentence = _(
        "One block has 12·{width}² + 13·{width} = **{one:,}** parameters; {layers} of them are "
        "**{share:.0%}** of all {whole:,}. In a block, attention has {attention:.0%} and the MLP "
        "{mlp:.0%}. At four bytes a number that is **{weights} MB**; to train it with Adam takes four "
        "numbers for each parameter, {training} MB, and what every layer has computed on top."
    )
    of_blocks = block_tensors(plan)
    return sentence.format(
        width=plan.width,
        one=one,
        layers=plan.layers,
        share=blocks / whole,
        whole=whole,
        attention=parameters(of_blocks, "attention") / blocks,
        mlp=parameters(of_blocks, "mlp") / blocks,
        weights=f"{megabytes(whole):,.1f}",
        training=f"{megabytes(whole, training=True):,.1f}",
    )
