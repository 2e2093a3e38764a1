"""Two experiments: how many numbers a word needs, and what a narrow and a wide window hear."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.figures.lines import Line, level_line, lines, lines_table
from core.figures.theme import palette
from core.store.look import Look
from core.store.view import RunView
from core.text.meaning.word_classes import word_classes, word_groups
from core.worked.vectors.neighbours import ClassAccuracy, class_accuracy
from lessons.embeddings.experiments import (
    NARROW_ARM,
    WIDE_ARM,
    WIDTH,
    WIDTH_ARMS,
    WIDTH_ZH,
    WINDOW,
    WINDOW_ZH,
)
from lessons.experiments import Arm
from pages.parts.frame.language import _, language
from pages.parts.frame.theme import theme
from pages.parts.training.experiment import Results, finished, show_experiment
from pages.parts.training.sources import of_experiment
from pages.parts.widgets.plot import plot

SLUG = "embeddings"
HEIGHT = 330
_GOOD, _CHANCE = 0.8, 0.1
"""Of the accuracy of the widest arm: as good from the first on; so much above chance is above it."""


def show_width(look: Look) -> None:
    """Vectors of 2, 4, 8 and 32 numbers on the same text."""
    show_experiment(
        "embeddings_width",
        _widths(),
        look,
        sentence=_width_sentence,
        bet=(SLUG, "bet_width"),
        curves=_show_kinds,
    )


def truth_width(look: Look) -> str | None:
    """How vectors of two numbers compare with the widest: same, half or chance; None before the end."""
    results = finished(_widths(), look)
    if results is None:
        return None
    narrow, wide = (_kinds(results[name]) for name in (WIDTH_ARMS[0], WIDTH_ARMS[-1]))
    if narrow.mean > _GOOD * wide.mean:
        return "same"
    return "half" if narrow.mean > narrow.chance + _CHANCE else "chance"


def show_window(look: Look) -> None:
    """Windows of 1, 4 and 10 words on the same text."""
    show_experiment(
        "embeddings_window",
        _windows(),
        look,
        sentence=_window_sentence,
        bet=(SLUG, "bet_window"),
        curves=_show_kinds,
        extra=_show_topics,
    )


def truth_window(look: Look) -> str | None:
    """Whose nearest words are more often of one kind, and whose of one topic: narrow, each or wide."""
    results = finished(_windows(), look)
    if results is None:
        return None
    narrow, wide = results[NARROW_ARM], results[WIDE_ARM]
    kind = _kinds(narrow).mean >= _kinds(wide).mean
    topic = _topics(narrow).mean >= _topics(wide).mean
    return {(True, False): "each", (True, True): "narrow"}.get((kind, topic), "wide")


def _widths() -> tuple[Arm, ...]:
    return WIDTH_ZH if language() == "zh" else WIDTH


def _windows() -> tuple[Arm, ...]:
    return WINDOW_ZH if language() == "zh" else WINDOW


def _width_sentence(results: Results) -> str:
    means = {name: _kinds(run).mean for name, run in results.items() if run.is_done}
    told = _(", ").join(f"{_(name)}: **{mean:.0%}**" for name, mean in means.items())
    chance = _kinds(next(iter(results.values()))).chance
    return _(
        "Of the five nearest of each word, so many are of its own kind: {told}. Chance is {chance:.0%}."
    ).format(told=told, chance=chance)


def _window_sentence(results: Results) -> str:
    told = _(", ").join(
        _("{arm}: **{kind:.0%}** and **{topic:.0%}**").format(
            arm=_(name), kind=_kinds(run).mean, topic=_topics(run).mean
        )
        for name, run in results.items()
        if run.is_done
    )
    return _(
        "Of the five nearest, so many are of the same kind, and of a thing's five nearest things, "
        "so many have the same topic: {told}. By chance that would be {chance:.0%}."
    ).format(told=told, chance=_topics(next(iter(results.values()))).chance)


def _show_kinds(key: str, arms: Sequence[Arm], runs: Sequence[RunView | None]) -> None:
    """How often a word's nearest are of its own kind, at each step of each arm."""
    drawn = [
        Line(
            _(arm.name),
            list(run.full_steps),
            [100 * accuracy(run, step, "kinds").mean for step in run.full_steps],
        )
        for arm, run in zip(arms, runs, strict=True)
        if run is not None and run.full_steps
    ]
    x, y = _("step"), _("nearest of the same kind, in %")
    figure = lines(drawn, theme(), x, y, markers=False)
    figure.update_xaxes(range=[0, max(arm.spec.recipe.steps for arm in arms)])
    figure.update_yaxes(range=[0, 104])
    if drawn:
        known = next(run for run in runs if run is not None and run.full_steps)
        chance = 100 * accuracy(known, known.full_steps[-1], "kinds").chance
        level_line(figure, chance, _("chance"), palette(theme()))
    else:
        figure.update_yaxes(showticklabels=False)
    plot(
        figure,
        key=f"{key}_curves",
        height=HEIGHT,
        caption=_(
            "How many of the five nearest of a word are of its own kind, such as an animal's "
            "animals, over the training."
        ),
        source=of_experiment(arms, runs),
        table=lambda: lines_table(drawn, x, y, _("model")),
    )


def _show_topics(results: Results) -> None:
    """Of each arm both shares, in a table."""
    first = next(iter(results.values()))
    kind, topic, chance = _("same kind"), _("same topic"), _("chance")
    rows = [
        f"| | {kind} | {topic} |",
        "|:--|--:|--:|",
        *(
            f"| {_(name)} | {_kinds(run).mean:.1%} | {_topics(run).mean:.1%} |"
            for name, run in results.items()
            if run.is_done
        ),
        f"| {chance} | {_kinds(first).chance:.1%} | {_topics(first).chance:.1%} |",
    ]
    st.markdown("\n".join(rows))


def _kinds(run: RunView) -> ClassAccuracy:
    return accuracy(run, run.full_steps[-1], "kinds")


def _topics(run: RunView) -> ClassAccuracy:
    return accuracy(run, run.full_steps[-1], "topics")


def accuracy(run: RunView, step: int, what: str) -> ClassAccuracy:
    """How well the nearest words at a step tell the "kinds" of words, or the "topics" of things."""
    return _accuracy(run.id, step, what, str(run.at(step)), run)


@st.cache_data(max_entries=1024, show_spinner=False)
def _accuracy(run: str, step: int, what: str, written: str, _run: RunView) -> ClassAccuracy:
    """``written`` tells a step from the same one of a training that was repeated."""
    known = (word_classes if what == "kinds" else word_groups)(_run.spec.corpus.name)
    words = [_run.tokenizer.show(token) for token in range(_run.tokenizer.vocabulary_size)]
    vectors = _run.arrays(step)["vectors"]
    return class_accuracy(vectors, [known.get(word.strip("␣")) for word in words])
