"""Settings for a purpose, judged by what the model truly does: ten stories, and a form with ten blanks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from core.errors import LearnerError
from core.models.decoding import Sampling, distribution_stages
from core.models.stopping import Stop
from core.questions import SamplingStages
from core.spec.run import RunSpec
from core.worked.writing import different_texts
from pages.gpt.drawing.asked import Wanted, continued, written
from pages.gpt.state import (
    PURPOSE_TEMPERATURE,
    PURPOSE_TOP_K,
    PURPOSE_TOP_P,
    PURPOSE_TRIED,
)
from pages.parts.exercises.box import bet_placed
from pages.parts.frame.ask import ask
from pages.parts.frame.escaped import code
from pages.parts.frame.language import _, worded
from pages.parts.frame.quoted import show_quoted
from pages.parts.frame.services import shipped
from pages.parts.frame.state import fragment
from pages.parts.training.sources import of_run
from pages.parts.widgets.shared.source import show_caption

STORY = "Mia"
BLANK, RIGHT = "The cards close to the tree", ("␣were", "␣are")
"""A form's blank stands after this text, and these are the tokens that are right there."""
TEXTS, LENGTH = 10, 60
LEAST_DIFFERENT, MOST_STRANGE, SURE = 8, 10, 0.95
"""What is wanted: so many of ten stories different, no more pairs in all that no training story has; and all
ten blanks right with this probability."""

SETTINGS: Mapping[str, Sampling] = {
    "zero": Sampling(0.0),
    "warm": Sampling(0.9, top_p=0.9),
    "hot": Sampling(2.0),
    "one": Sampling(2.0, top_k=1),
}
"""Those that the bet names."""
BOTH = Sampling(0.8, top_p=0.8)
"""Rather warm, and where the model is sure only what it is sure of is left."""


@dataclass(frozen=True)
class Served:
    """How well settings serve both purposes. ``strange``: pairs in all stories that no training story has;
    ``right``: the probability of a right token at one blank."""

    stories: tuple[str, ...]
    different: int
    strange: int
    right: float

    @property
    def all_right(self) -> float:
        """The probability that all blanks are right."""
        return float(self.right**TEXTS)

    @property
    def tells(self) -> bool:
        return self.different >= LEAST_DIFFERENT and self.strange <= MOST_STRANGE

    @property
    def fills(self) -> bool:
        return self.all_right >= SURE


def reader(spec: RunSpec) -> RunSpec:
    """The GPT that is tried: the chosen one, or the one that ships where it reads other stories."""
    ships = shipped("gpt")
    return (
        spec
        if spec.corpus == ships.corpus and spec.tokenizer == ships.tokenizer
        else shipped("gpt")
    )


def served(run: str, sampling: Sampling, first_seed: int = 1) -> Served:
    """What these settings give with ten seeds. Raises LearnerError where the model cannot be asked."""
    seeds = range(first_seed, first_seed + TEXTS)
    texts = written(run, STORY, [Wanted(sampling, seed, LENGTH, Stop("story")) for seed in seeds])
    blank = ask(SamplingStages(run, BLANK))
    final = distribution_stages(blank.logits, sampling, blank.prompt).final
    return Served(
        tuple(text.text for text in texts),
        different_texts([[token.id for token in text.tokens] for text in texts]),
        sum(sum(text.strange or ()) for text in texts),
        float(sum(final[blank.vocabulary.index(one)] for one in RIGHT if one in blank.vocabulary)),
    )


def truth_settings(spec: RunSpec) -> str | None:
    """Of SETTINGS the one whose stories differ and have the fewest strange pairs."""
    try:
        found = {name: served(reader(spec).id, one) for name, one in SETTINGS.items()}
    except LearnerError:
        return None
    varied = [name for name, one in found.items() if one.different >= LEAST_DIFFERENT]
    return min(varied, key=lambda name: found[name].strange, default=None)


def truth_both(spec: RunSpec) -> str | None:
    """Whether one setting serves both purposes."""
    try:
        found = served(reader(spec).id, BOTH)
    except LearnerError:
        return None
    return "cut" if found.tells and found.fills else "no"


@fragment
def show_purposes(spec: RunSpec) -> None:
    """The settings of the bet for both purposes; below, settings of one's own, judged when asked."""
    run = reader(spec)
    try:
        if bet_placed("gpt", "bet_settings"):
            _show_settings(run)
        else:
            st.info(_("Place your bet first: then it is shown here how it comes out."), icon="🔒")
        if bet_placed("gpt", "bet_settings") and bet_placed("gpt", "bet_both"):
            _show_own(run)
    except LearnerError as error:
        st.warning(worded(error))


def _show_settings(run: RunSpec) -> None:
    found = {_named(one): served(run.id, one) for one in SETTINGS.values()}
    header = (
        _("settings"),
        _("different stories of {count}").format(count=TEXTS),
        _("pairs never read"),
        _("right verb at a blank"),
        _("all {count} blanks right").format(count=TEXTS),
    )
    lines = [f"| {' | '.join(header)} |", "|:--|--:|--:|--:|--:|"]
    for name, one in found.items():
        cells = (
            f"{one.different}",
            f"{one.strange}",
            f"{one.right:.1%}",
            f"{one.all_right:.1%}",
        )
        lines.append(f"| {name} | {' | '.join(cells)} |")
    st.markdown("\n".join(lines))
    show_caption(
        _(
            "Stories after {story}, seeds 1 to {count}, to their blank line or {length} tokens. A "
            "pair never read: two tokens in a row that no training story has. A blank: what comes "
            "after “{blank}”, where only {right} are right; reckoned from the draw's probabilities."
        ).format(
            story=f"[{STORY}]",
            count=TEXTS,
            length=LENGTH,
            blank=BLANK,
            right=", ".join(f"[{one}]" for one in RIGHT),
        ),
        of_run(run),
    )


def _show_own(run: RunSpec) -> None:
    with st.container(border=True, key="gpt_purposes"):
        st.markdown(
            _(
                "**Your turn, on the screen** — Find settings with which at least {least} of ten stories are "
                "different, with at most {most} pairs never read in all of them, *and* with which a "
                "form of ten blanks comes out right {sure:.0%} of the time."
            ).format(least=LEAST_DIFFERENT, most=MOST_STRANGE, sure=SURE)
        )
        left, middle, right = st.columns(3)
        with left:
            temperature = PURPOSE_TEMPERATURE.slider(_("Temperature"))
        with middle:
            top_k = PURPOSE_TOP_K.slider(_("Top-k (0: all)"))
        with right:
            top_p = PURPOSE_TOP_P.slider(_("Top-p"))
        st.button(
            _("Try with ten seeds"),
            key="gpt_try_purposes",
            on_click=PURPOSE_TRIED.set,
            args=((run.id, temperature, top_k, top_p),),
        )
        if PURPOSE_TRIED.value == (run.id, temperature, top_k, top_p):
            _show_verdict(run, served(run.id, Sampling(temperature, top_k or None, top_p)))


def _show_verdict(run: RunSpec, found: Served) -> None:
    told = _(
        "**{different}** of {count} stories are different, with **{strange}** pairs never read. The "
        "right verb has {right:.1%} at each blank, so all ten are right {all_right:.1%} of the time."
    ).format(
        different=found.different,
        count=TEXTS,
        strange=found.strange,
        right=found.right,
        all_right=found.all_right,
    )
    if found.tells and found.fills:
        serves = _("These settings serve both.")
        st.success(f"{told} {serves}", icon="✅")
    else:
        st.warning(f"{told} {_advice(found)}", icon="↩️")
    with st.expander(_("The ten stories")):
        show_quoted("\n—\n".join(continued(run.id, STORY, one).strip() for one in found.stories))


def _advice(found: Served) -> str:
    if found.different < LEAST_DIFFERENT:
        return _("The stories are too much alike: leave more to chance.")
    if found.strange > MOST_STRANGE:
        return _("Too much is drawn that nobody has read: cut more of what is improbable.")
    return _(
        "The stories are fine, the form is not: where the model is sure, too much else is still left."
    )


def _named(sampling: Sampling) -> str:
    told = [f"T = {sampling.temperature:g}"]
    if sampling.top_k:
        told.append(f"top-k {sampling.top_k}")
    if sampling.top_p < 1:
        told.append(f"top-p {sampling.top_p:g}")
    return code(", ".join(told))
