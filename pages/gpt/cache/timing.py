"""What keeping is worth: multiplications by formula, and the time that it takes on this machine."""

from __future__ import annotations

from itertools import accumulate

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.errors import LearnerError
from core.figures.lines import Edge, Line, lines, lines_table
from core.figures.theme import number
from core.questions.kept import WritingTimes, WritingTimesAnswer
from core.spec.families.gpt import GPTSpec
from core.worked.budget import plan_of
from core.worked.kept import multiplications_anew, multiplications_kept
from pages.gpt.state import KEPT_MEASURED
from pages.parts.frame.ask import ask
from pages.parts.frame.language import _, worded
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.widgets.plot import plot
from pages.parts.widgets.shared.source import Source

MODEL = GPTSpec(layers=4, heads=4, width=128, context=256)
VOCABULARY, PROMPT, BEYOND = 1000, 128, 32
COUNT = MODEL.context - PROMPT + BEYOND
PLAN = plan_of(MODEL, VOCABULARY)
_TOGETHER = 8
"""So many neighbouring tokens are one point: their median."""


@fragment
def show_costs() -> None:
    """Multiplications of each new token over its place, both ways: by formula."""
    places = [1, *range(8, MODEL.context + 1, 8)]
    x, y = _("place of the token"), _("million multiplications")
    curves = [
        Line(_("nothing kept"), places, [multiplications_anew(PLAN, t) / 1e6 for t in places]),
        Line(_("all kept"), places, [multiplications_kept(PLAN, t) / 1e6 for t in places]),
    ]
    plot(
        lines(curves, theme(), x, y, markers=False),
        key="gpt_kept_costs",
        height=300,
        caption=_(
            "Multiplications of each new token in products of matrices, for a GPT of 4 layers, width 128 and "
            "1,000 tokens. Of hidden pairs the model may skip up to half."
        ),
        source=Source("formula", (_("A test holds them to what torch counts."),)),
        table=lambda: lines_table(curves, x, y, _("way")),
    )
    last = MODEL.context
    kept, anew = multiplications_kept(PLAN, last), multiplications_anew(PLAN, last)
    early = multiplications_kept(PLAN, last // 16)
    st.markdown(
        _(
            "Token {last} takes **{kept:,}** multiplications with all kept, {times} times as many as token "
            "{first}. With nothing kept it takes **{anew:,}**, {ratio:.0f} times as many as with all kept."
        ).format(
            last=last,
            first=last // 16,
            kept=kept,
            anew=anew,
            times=number(kept / early),
            ratio=anew / kept,
        )
    )


@fragment
def show_times() -> None:
    """The pause and the stream, measured by the warm worker once somebody asks: text over time, and time over
    text."""
    if not KEPT_MEASURED.value:
        st.button(
            "▶ " + _("Measure it on this server (a few seconds)"),
            key="gpt_kept_measure",
            on_click=KEPT_MEASURED.set,
            args=(True,),
        )
        return
    try:
        with st.spinner(_("Writing {count} tokens twice, to measure it …").format(count=COUNT)):
            found = ask(WritingTimes(MODEL, VOCABULARY, PROMPT, COUNT))
    except LearnerError as error:
        st.warning(worded(error))
        return
    source = Source(
        "measured",
        (
            _(
                "CPU time on this server, one thread: 4 layers, width 128, a context of 256, drawn weights. "
                "What the weights are does not change the time."
            ),
        ),
    )
    left, right = st.columns(2, gap="large")
    with left:
        _show_stream(found, source)
    with right:
        _show_each(found, source)
    st.markdown(_sentence(found))


def _show_stream(found: WritingTimesAnswer, source: Source) -> None:
    """How much stands there over time; writing stops where the context is full."""
    within = MODEL.context - PROMPT
    x, y = _("milliseconds since the question"), _("tokens written")
    curves = [
        Line(name, _since(found.prompt, seconds[:within]), list(range(within + 1)))
        for name, seconds in ((_("nothing kept"), found.anew), (_("all kept"), found.kept))
    ]
    plot(
        lines(curves, theme(), x, y, markers=False),
        key="gpt_kept_stream",
        height=320,
        caption=_(
            "A prompt of {prompt} tokens, then {count} are written. A line begins where the prompt has been "
            "read: that is the pause."
        ).format(prompt=PROMPT, count=within),
        source=source,
        table=lambda: lines_table(curves, x, y, _("way")),
    )


def _since(prompt: float, seconds: NDArray[np.float64]) -> list[float]:
    return [1000 * moment for moment in accumulate(seconds.tolist(), initial=prompt)]


def _show_each(found: WritingTimesAnswer, source: Source) -> None:
    x, y = _("place of the token"), _("milliseconds for this token")
    curves = [
        Line(name, *_medians(seconds))
        for name, seconds in ((_("nothing kept"), found.anew), (_("all kept"), found.kept))
    ]
    plot(
        lines(curves, theme(), x, y, edge=Edge(MODEL.context, _("full")), markers=False),
        key="gpt_kept_each",
        height=320,
        caption=_(
            "The time of each token over its place, medians of {count}. Right of the dashed line the context "
            "is full."
        ).format(count=_TOGETHER),
        source=source,
        table=lambda: lines_table(curves, x, y, _("way")),
    )


def _medians(seconds: NDArray[np.float64]) -> tuple[list[float], list[float]]:
    """Places and milliseconds of neighbouring tokens taken together; none spans the end of the context."""
    groups = np.asarray(seconds).reshape(-1, _TOGETHER)
    places = [PROMPT + _TOGETHER * (n + 0.5) for n in range(len(groups))]
    return places, (1000 * np.median(groups, axis=1)).tolist()


def _sentence(found: WritingTimesAnswer) -> str:
    within = MODEL.context - PROMPT
    last = slice(within - 2 * _TOGETHER, within)
    kept, anew = (float(np.median(one[last])) for one in (found.kept, found.anew))
    beyond = float(np.median(found.kept[within:]))
    stream = float(np.median(found.kept[:within]))
    return _(
        "Reading the {prompt} tokens of the prompt takes {pause} ms, as long as writing "
        "**{as_many:.0f} tokens**: the pause. Near place {last} a token takes {kept} ms with all kept and "
        "{anew} ms with nothing kept, **{times:.0f} times** as long. Once the context is full each token "
        "takes {beyond} ms, kept or not."
    ).format(
        prompt=PROMPT,
        pause=number(1000 * found.prompt),
        as_many=found.prompt / max(stream, 1e-9),
        last=MODEL.context,
        kept=number(1000 * kept),
        anew=number(1000 * anew),
        times=anew / max(kept, 1e-9),
        beyond=number(1000 * beyond),
    )
