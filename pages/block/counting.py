"""Counting a model: every tensor by its formula, memory, and the work for each token."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from core.figures.lines import Edge, Line, lines, lines_table
from core.spec.families.gpt import GPTSpec
from core.wording import N_
from core.worked.budget import (
    GPT2_SMALL,
    PARTS,
    TRANSFORMER_BASE,
    Part,
    Plan,
    attention_overtakes_mlp,
    block_tensors,
    megabytes,
    parameters,
    plan_of,
    tensors,
    work,
)
from pages.block.pictures import short_name, tensor_areas
from pages.parts.frame.language import _
from pages.parts.frame.services import library, shipped
from pages.parts.frame.state import linked_choice
from pages.parts.frame.theme import theme
from pages.parts.widgets.plot import plot

WIDTHS = (16, 32, 48, 64, 80, 96, 128, 192, 256, 384, 512, 768, 1024, 1600, 2048, 4096)
HEADS = (1, 2, 4, 5, 8, 12, 16, 25, 32)
CONTEXTS = (16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 32768, 131072)
MOST_LAYERS, MOST_VOCABULARY = 48, 200_000
PART_NAMES: Mapping[Part, str] = {
    "embedding": N_("tables in"),
    "attention": N_("attention"),
    "mlp": "MLP",
    "norm": "LayerNorm",
    "output": N_("table out"),
}
_SIZES = ("width", "heads", "layers", "vocabulary", "context", "tied", "waves")


def shipped_plan() -> Plan:
    """The GPT that ships with the course."""
    spec = shipped("gpt")
    assert isinstance(spec.model, GPTSpec)
    written = library().weights_written(spec.id)
    size = _vocabulary(spec.id, written) if written else spec.tokenizer.vocabulary
    return plan_of(spec.model, size)


@st.cache_data(max_entries=2, show_spinner=False)
def _vocabulary(run_id: str, written: int) -> int:
    """How many tokens a finished run knows; ``written`` is when its weights were."""
    run = library().look(run_id)
    assert run is not None
    return run.tokenizer.vocabulary_size


@st.fragment
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
            tensor_areas(counts, theme(), {p: _(PART_NAMES[p]) for p in PARTS}, _("whole model")),
            key="block_areas",
            height=470,
            caption=_(
                "Each field is a tensor, all layers together; its area is its number of parameters."
            ),
            table=(
                (_("tensor"), _("shape"), _("how many"), _("parameters")),
                [(t.name, " × ".join(map(str, t.shape)), t.times, t.count) for t in counts],
            ),
        )
    with right:
        st.markdown(_formula_table(plan))
    st.markdown(_counting_sentence(plan))


@st.fragment
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


def _controls() -> Plan:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(_("Start from"), width="content")
        for name, label in (
            ("shipped", _("the GPT of this course")),
            ("gpt2", "GPT-2 small"),
            ("base", _("the first Transformer's encoder")),
        ):
            st.button(label, key=f"block_preset_{name}", on_click=_set_sizes, args=(name,))
    _begin()
    first, second = st.columns(2, gap="large")
    with first:
        st.select_slider(_("Width d"), WIDTHS, key="block_width", bind="query-params")
        st.slider(_("Layers"), 1, MOST_LAYERS, key="block_layers", bind="query-params")
        st.toggle(_("Tied: one table in and out"), key="block_tied", bind="query-params")
    with second:
        st.select_slider(_("Context t"), CONTEXTS, key="block_context", bind="query-params")
        linked_choice(
            st.selectbox,
            _("Heads in each layer"),
            HEADS,
            key="block_heads",
            first=shipped_plan().heads,
            width=180,
        )
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.number_input(
                _("Vocabulary V"),
                2,
                MOST_VOCABULARY,
                step=1,
                key="block_vocabulary",
                bind="query-params",
                width=180,
            )
            st.toggle(
                _("Post-norm and waves, as in 2017"),
                key="block_waves",
                bind="query-params",
                help=_("Waves of sine and cosine have no parameters, and no last norm is needed."),
            )
    return _plan()


def _begin() -> None:
    """The sizes at first are those of the shipped model; a link may say others."""
    for name, value in _values(shipped_plan()).items():
        if name != "heads":
            st.session_state.setdefault(f"block_{name}", value)


def _plan() -> Plan:
    """The sizes as they stand on the page; sizes that a link has broken are those of the shipped model."""
    first = _values(shipped_plan())
    size = {name: st.session_state.get(f"block_{name}", first[name]) for name in _SIZES}
    return Plan(
        layers=min(max(int(size["layers"]), 1), MOST_LAYERS),
        heads=int(size["heads"]),
        width=int(size["width"]),
        context=int(size["context"]),
        vocabulary=min(max(int(size["vocabulary"]), 2), MOST_VOCABULARY),
        tied=bool(size["tied"]),
        learned_positions=not size["waves"],
        last_norm=not size["waves"],
    )


def _values(plan: Plan) -> dict[str, int | bool]:
    return {
        "width": plan.width,
        "heads": plan.heads,
        "layers": plan.layers,
        "vocabulary": plan.vocabulary,
        "context": plan.context,
        "tied": plan.tied,
        "waves": not plan.learned_positions,
    }


def _set_sizes(name: str) -> None:
    plan = {"gpt2": GPT2_SMALL, "base": TRANSFORMER_BASE}.get(name) or shipped_plan()
    for size, value in _values(plan).items():
        st.session_state[f"block_{size}"] = value


def _formula_table(plan: Plan) -> str:
    """Markdown: each tensor with its formula, the numbers put in, and what they come to."""
    counts = tensors(plan)
    header = (_("tensor"), _("formula and numbers"), _("parameters"))
    lines = ["| " + " | ".join(header) + " |", "|:--|:--|--:|"]
    for part in PARTS:
        of_part = [tensor for tensor in counts if tensor.part == part]
        if not of_part:
            continue
        name = _(PART_NAMES[part])
        lines.append(f"| **{name}** | | **{parameters(counts, part):,}** |")
        for tensor in of_part:
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
        "{mlp:.0%}. In float32 that is **{weights} MB**; to train it with Adam takes four "
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
