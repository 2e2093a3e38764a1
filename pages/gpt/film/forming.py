"""When a head forms: its curve under the loss, and what the layers say at the scrubber's step."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.figures.watching import forming
from core.figures.watching.forming import HeadShares
from core.store.view import RunView
from core.text.corpus import LinkKind
from pages.gpt.links import LINKS
from pages.gpt.state import FORMING_KIND
from pages.parts.exercises.box import after_bet
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.training.panel import Panel, chosen_step
from pages.parts.training.scrubbing import follows, show_scrubber
from pages.parts.training.sources import of_run
from pages.parts.training.watched import show_lens_at_step, show_next
from pages.parts.widgets.plot import plot

SLUG, BET = "gpt", "bet_forming"
KINDS: tuple[LinkKind, ...] = ("pronoun", "agreement", "topic", "measure", "recall")
"""In the order of the arrays: that of ``core.inspection.gold_links``, which needs torch."""
FOUND = 2.0
"""So many times even attention, and a head has found a link."""
EARLY, LATE = 0.5, 0.9
"""Shares of the loss's fall: what a head is early or late against."""


@dataclass(frozen=True, eq=False)
class Formed:
    """Of one kind of link: ``shares`` [n l h] at the ``steps`` and ``losses`` [n], and what even attention
    would have."""

    kind: LinkKind
    steps: tuple[int, ...]
    losses: tuple[float, ...]
    shares: NDArray[np.float64]
    chance: float

    @property
    def best(self) -> tuple[int, int]:
        """The head that ends highest."""
        layer, head = np.unravel_index(int(self.shares[-1].argmax()), self.shares[-1].shape)
        return int(layer), int(head)

    @property
    def is_found(self) -> bool:
        return float(self.shares[-1].max()) >= FOUND * self.chance

    @property
    def half_way(self) -> int:
        """The place of the first step at which the best head has half of what it ends with."""
        shares = self.shares[(slice(None), *self.best)]
        return int(np.argmax(shares >= shares[-1] / 2))

    @property
    def fallen(self) -> float:
        """How much of the loss's whole fall had happened there."""
        first, last = self.losses[0], self.losses[-1]
        return (first - self.losses[self.half_way]) / (first - last) if first != last else 1.0


def formed(run: RunView | None) -> dict[str, Formed]:
    """By kind of link, as far as the run has recorded; empty where its text has no known links."""
    if run is None or len(run.full) < 2:
        return {}
    seen = [run.arrays(step) for step in run.full_steps]
    if not all({"links", "link_chance"} <= one.keys() for one in seen):
        return {}
    links = np.stack([one["links"].astype(np.float64) for one in seen])
    chances = seen[0]["link_chance"].astype(np.float64)
    losses = tuple(float(snapshot.validation_loss or 0.0) for snapshot in run.full)
    return {
        kind: Formed(kind, run.full_steps, losses, links[:, place], float(chances[place]))
        for place, kind in enumerate(KINDS)
        if not np.isnan(links[:, place]).any()
    }


def forming_truth(run: RunView | None) -> str | None:
    """When the head that finds the subject has half of what it ends with, against the fall of the loss."""
    found = formed(run).get("agreement")
    if found is None or not found.is_found:
        return None
    return "late" if found.fallen >= LATE else "middle" if found.fallen >= EARLY else "early"


@fragment
def show_forming(panel: Panel | None) -> None:
    """After the bet: a scrubber of its own, the loss over the heads' curves, bars and lens."""
    after_bet(SLUG, BET, partial(_show, panel))()


def _show(panel: Panel | None) -> None:
    found = formed(panel.view) if panel is not None else {}
    if panel is None or not found:
        st.info(_("This shows a GPT that has trained on stories whose links are known."))
        return
    kind = FORMING_KIND.among(tuple(found), first="agreement" if "agreement" in found else None)
    chosen = found[kind.draw(st.segmented_control, _("Link"), words=lambda name: _(LINKS[name]))]
    show_scrubber(panel, name="forming_scrubber")
    step = chosen_step(panel)
    left, right = st.columns([6, 6], gap="large")
    with left:
        _show_curves(panel, chosen, step)
    with right:
        show_lens_at_step(panel, step, 420)
    show_next(panel, step, 260, alone=True)
    st.markdown(_sentence(chosen))


def _show_curves(panel: Panel, found: Formed, step: int | None) -> None:
    layers, heads = found.shares.shape[1:]
    curves = [
        HeadShares(layer, head, found.shares[:, layer, head].tolist())
        for layer in range(layers)
        for head in range(heads)
    ]
    labels = labels_of(forming.LABELS)
    figure = forming.forming_curves(
        found.steps,
        found.losses,
        curves,
        found.chance,
        theme(),
        marker=step if step is not None else found.steps[-1],
        end=found.steps[-1],
        labels=labels,
    )
    figure.update_layout(meta={"follows": follows(panel, alone=True)})
    plot(
        figure,
        key=f"{panel.key}_forming",
        height=420,
        caption=_(
            "Above the loss on stories that it never saw; below how much of its attention each head puts on "
            "the linked word, where that has to be predicted from. Both over the same steps."
        ),
        source=of_run(panel.spec, step=step),
        table=forming.forming_table(found.steps, found.losses, curves, labels),
    )


def _sentence(found: Formed) -> str:
    layer, head = found.best
    if not found.is_found:
        return _(
            "**{link}**: no head has found it. The best one ends at {share:.0%} of its attention, and even "
            "attention would have {chance:.0%}."
        ).format(
            link=_(LINKS[found.kind]),
            share=float(found.shares[-1, layer, head]),
            chance=found.chance,
        )
    place = found.half_way
    return _(
        "**{link}**: layer {layer}, head {head} ends at {share:.0%} of its attention. It had half of that at "
        "step **{step}** of {last}. The loss was {loss:.2f} by then: **{fallen:.0%}** of its whole fall had "
        "happened."
    ).format(
        link=_(LINKS[found.kind]),
        layer=layer,
        head=head,
        share=float(found.shares[-1, layer, head]),
        step=found.steps[place],
        last=found.steps[-1],
        loss=found.losses[place],
        fallen=found.fallen,
    )
