"""Why several heads: nine sentences that one head blurs and two heads keep apart."""

from __future__ import annotations

import streamlit as st

from core.figures import heatmap, plane
from core.figures.heatmap import annotated_heatmap, heatmap_table
from core.figures.theme import number
from core.wording import N_
from lessons.heads.mixing import (
    PEOPLE,
    SENTENCES,
    VALUES,
    Mixture,
    one_head,
    tokens,
    two_heads,
    weights,
)
from pages.heads.state import GIVER, RECEIVER, SHARE
from pages.parts.exercises.box import bet_placed
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _
from pages.parts.frame.state import Choice, fragment
from pages.parts.frame.theme import theme
from pages.parts.widgets.plot import plot
from pages.parts.widgets.shared.source import Source

_EXTENT = (0.0, 4.0)


@fragment
def show_mixing() -> None:
    """Choose a sentence and how one head shares out its weight; see all nine answers of "so". Those to equal
    shares would answer the bet, and wait for it."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        giver = _person(GIVER, _("Who gave?"))
        receiver = _person(RECEIVER, _("Who got?"))
        share = SHARE.slider(_("One head: weight on who gave"), width=240)
    sentence = tokens(giver, receiver)
    _show_weights(sentence, share)
    if share == SHARE.first and not bet_placed("heads", "blur"):
        st.info(_("Place your bet above first, then look."), icon="✍️")
        return
    selected = SENTENCES.index((giver, receiver))
    one, two = one_head(share), two_heads()
    left, right = st.columns(2, gap="small")
    with left:
        st.markdown("**" + _("One head of width 2") + "**")
        _show_plane(one, selected, "heads_one", _source(share), {}, sides=True)
        st.markdown(_worked(share, giver, receiver, one, selected))
    with right:
        st.markdown("**" + _("Two heads of width 1, side by side") + "**")
        _show_plane(
            two,
            selected,
            "heads_two",
            _source(),
            {"x": N_("head 0: who gave"), "y": N_("head 1: who got")},
        )
        who_gave, who_got = (number(float(value)) for value in two.outputs[selected])
        st.markdown(
            _("Head 0 hands over {first}, head 1 hands over {second}: [{first}, {second}].").format(
                first=who_gave, second=who_got
            )
        )
    st.markdown(_seen(share, one, two))


def _person(person: Choice[str], label: str) -> int:
    return PEOPLE.index(person.draw(st.segmented_control, label, required=True))


def _show_weights(sentence: tuple[str, ...], share: float) -> None:
    rows = [_("one head"), _("two heads: 0"), _("two heads: 1")]
    labels = labels_of({**heatmap.LABELS, "rows": N_("head (row)"), "row": N_("head")})
    grid = weights(share)
    plot(
        annotated_heatmap(grid, rows, sentence, theme(), labels=labels),
        key="heads_mixing_weights",
        height=190,
        caption=_("Where “so” looks. Each row is a head, each column a token; a row adds up to 1."),
        source=_source(share),
        table=heatmap_table(grid, rows, sentence, labels=labels),
    )


def _show_plane(
    mixture: Mixture,
    selected: int,
    key: str,
    source: Source,
    words: dict[str, str],
    sides: bool = False,
) -> None:
    names = [f"{PEOPLE[giver]}→{PEOPLE[receiver]}" for giver, receiver in SENTENCES]
    labels = labels_of({**plane.LABELS, **words})
    plot(
        plane.plane(
            mixture.outputs,
            names,
            theme(),
            selected=selected,
            extent=_EXTENT,
            sides=sides,
            labels=labels,
        ),
        key=key,
        height=330,
        caption=_(
            "The two numbers that “so” gets, for all nine sentences. “Mia→Tom”: Mia gave, Tom got."
        ),
        source=source,
        table=plane.plane_table(mixture.outputs, names, labels=labels),
    )


def _source(share: float = SHARE.first) -> Source:
    """The people's values are made up; how the one head shares out its weight, the learner may say."""
    values = _("Every person's value was chosen so that you can follow it.")
    if share == SHARE.first:
        return Source("chosen", (values,))
    return Source("numbers", (_("The one head's weight is as you have set it."), values))


def _worked(share: float, giver: int, receiver: int, mixture: Mixture, selected: int) -> str:
    def pair(person: int) -> str:
        return "(" + r",\, ".join(f"{value:g}" for value in VALUES[person]) + ")"

    output = f"({mixture.outputs[selected][0]:.2f},\\, {mixture.outputs[selected][1]:.2f})"
    return (
        f"${{{share:.2f} \\cdot {pair(giver)}}} + {{{1 - share:.2f} \\cdot "
        f"{pair(receiver)}}} = {output}$"
    )


def _seen(share: float, one: Mixture, two: Mixture) -> str:
    alike = _(
        "With {share} on who gave, the one head gives nine sentences only **{count} different** "
        "outputs: some of them nobody can tell apart."
    )
    near = _(
        "With {share} on who gave, all nine outputs of the one head differ, but the nearest two are "
        "only **{near}** apart."
    )
    sentence = (near if one.different == len(SENTENCES) else alike).format(
        share=number(share), count=one.different, near=number(one.nearest)
    )
    return (
        sentence
        + " "
        + _("Two heads, with as many numbers in all, keep them at least **{apart}** apart.").format(
            apart=number(two.nearest)
        )
    )
