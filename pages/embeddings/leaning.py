"""A text that is as lopsided as the learner likes, and how far the words of its people's work lean."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.errors import LearnerError
from core.figures.bars import likeness
from core.spec.text import TokenizerSpec
from core.store.view import RunView
from core.text.meaning.professions import JOBS, PAIRS, Language, professions
from core.text.tokenizers import train_tokenizer
from core.worked.vectors.bias import along, direction
from core.worked.vectors.cooccurrence import counted_vectors
from core.worked.vectors.words import row_of
from pages.embeddings.state import PAIRED, PROBED, WOMEN
from pages.embeddings.tables import in_text, table_of
from pages.parts.exercises.box import after_bet
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _, in_a_row, language, worded
from pages.parts.frame.state import fragment
from pages.parts.frame.theme import theme
from pages.parts.training.sources import of_run
from pages.parts.widgets.plot import plot
from pages.parts.widgets.shared.source import Source

SLUG, BET = "embeddings", "bet_bias"
SENTENCES, WINDOW, WIDTH, SEED, POWER = 4000, 6, 32, 1, 0.75
GONE = 0.1
"""A gap between the two halves of the work that is no lean any more."""
PAIRED_ZH, PROBED_ZH = "他 她", "高兴 难过 小狗 苹果 公园"


@dataclass(frozen=True, eq=False)
class Lean:
    """Of each kind of work the share of women in the text, and the cosine with the step from men to women."""

    jobs: tuple[str, ...]
    women: NDArray[np.float64]
    lean: NDArray[np.float64]

    @property
    def gap(self) -> float:
        """How much further the first half of the work leans than the second."""
        half = len(self.jobs) // 2
        return float(self.lean[:half].mean() - self.lean[half:].mean())


@fragment
def show_bias(run: RunView | None) -> None:
    """A slider for the text, after the bet how far each word leans, and the same of the trained vectors."""
    share = WOMEN.slider(_("How many of ten nurses are women, and how many of ten pilots men"))
    _show_sentences(share)
    after_bet(SLUG, BET, lambda: _show_lean(share))()
    st.markdown(_("**Now the vectors that you have trained above**, on whatever text:"))
    _show_probe(run)


def truth_bias() -> str:
    """What becomes of the lean in an even text: it goes, stays, or turns."""
    even = leaning(5, _tongue()).gap
    if abs(even) < GONE:
        return "goes"
    return "stays" if even > 0 else "turns"


@st.cache_data(max_entries=24, show_spinner=False)
def leaning(share: int, tongue: Language) -> Lean:
    """Count the text of this share, in tenths, and see how far its words lean."""
    told = professions(SENTENCES, share / 10, SEED, tongue)
    tokenizer = train_tokenizer(TokenizerSpec(kind="bare", vocabulary=1000), told.text)
    found = counted_vectors(
        tokenizer.encode(told.text), tokenizer.vocabulary_size, WINDOW, WIDTH, power=POWER
    )
    pairs = [(row_of(tokenizer, one), row_of(tokenizer, other)) for one, other in PAIRS[tongue]]
    jobs = JOBS[tongue]
    rows = [row_of(tokenizer, job) for job in jobs]
    return Lean(
        jobs,
        np.array([told.women[job] for job in jobs]),
        along(found.vectors, rows, direction(found.vectors, pairs)),
    )


def _show_sentences(share: int) -> None:
    stop = "。" if _tongue() == "zh" else "."
    sentences = _first_sentences(share, _tongue())
    st.markdown("\n".join(f"> {one}{stop}\n>" for one in sentences))


@st.cache_data(max_entries=24, show_spinner=False)
def _first_sentences(share: int, tongue: Language) -> list[str]:
    text = professions(SENTENCES, share / 10, SEED, tongue).text
    return [one.strip() for one in text.split("。" if tongue == "zh" else ". ")[:3]]


def _show_lean(share: int) -> None:
    found = leaning(share, _tongue())
    order = np.argsort(-found.lean, kind="stable")
    names = [
        _("{job} ({share:.0%} women)").format(job=found.jobs[place], share=found.women[place])
        for place in order
    ]
    values = found.lean[order].tolist()
    labels = {
        **labels_of(likeness.LABELS),
        "cosine": _("lean: to the right women, to the left men"),
    }
    plot(
        likeness.likeness_bars(names, values, theme(), labels=labels),
        key="embeddings_lean",
        height=430,
        caption=_(
            "How far the vector of each kind of work points along the mean step of {pairs}. In brackets: how "
            "often the text speaks of women."
        ).format(pairs=_(", ").join(f"{one} → {other}" for one, other in PAIRS[_tongue()])),
        source=Source(
            "counted",
            (
                _(
                    "{count:,} sentences made for this page, counted with a window of {window}."
                ).format(count=SENTENCES, window=WINDOW),
            ),
        ),
        table=(
            (_("work"), _("women in the text"), _("lean")),
            [
                (found.jobs[place], float(found.women[place]), float(found.lean[place]))
                for place in order
            ],
        ),
    )
    words = (
        _(
            "With {share} of ten, the first half of the work ({first}) leans **{gap:.2f}** further towards "
            "women than the second ({second})."
        )
        if found.gap >= 0
        else _(
            "With {share} of ten, the first half of the work ({first}) leans **{gap:.2f}** further towards "
            "men than the second ({second})."
        )
    )
    said = words.format(
        share=share,
        gap=abs(found.gap),
        first=_(", ").join(found.jobs[: len(found.jobs) // 2]),
        second=_(", ").join(found.jobs[len(found.jobs) // 2 :]),
    )
    if share != 5:
        even = leaning(5, _tongue()).gap
        said = in_a_row((said, _("With five of ten it is {gap:+.2f}.").format(gap=even)))
    st.markdown(said.replace("-", "−"))


def _show_probe(run: RunView | None) -> None:
    table = table_of(run)
    if run is None or table is None:
        st.info(_("Train the vectors above: then they are asked here."))
        return
    left, right = st.columns(2)
    with left:
        pairs = in_text(PAIRED, PAIRED_ZH, table, (0, 1)).box(
            _("Pairs of words, a comma between two pairs")
        )
    with right:
        words = in_text(PROBED, PROBED_ZH, table, range(2, 7)).box(_("Words to measure"))
    try:
        found = direction(
            table.vectors,
            [(table.row(one), table.row(other)) for one, other in _pairs(pairs)],
        )
        if not found.vector.any():
            raise LearnerError(
                "These pairs make no step: each takes back what another does, or goes from a word to itself."
            )
        names = words.replace("，", " ").replace("、", " ").replace(",", " ").split()[:12]
        if not names:
            raise LearnerError("Type at least one word to measure.")
        rows = [table.row(one) for one in names]
    except LearnerError as error:
        st.warning(worded(error))
        return
    lean = along(table.vectors, rows, found)
    order = np.argsort(-lean, kind="stable")
    listed = [table.words[rows[place]] for place in order]
    values = lean[order].tolist()
    first = _pairs(pairs)[0]
    labels = {
        **labels_of(likeness.LABELS),
        "cosine": _("to the right {second}, to the left {first}").format(
            first=first[0], second=first[1]
        ),
    }
    plot(
        likeness.likeness_bars(listed, values, theme(), labels=labels),
        key="embeddings_probe",
        height=90 + 30 * len(listed),
        caption=_(
            "How far each word points along the mean step from the first to the second of each pair."
        ),
        source=of_run(run.spec),
        table=likeness.likeness_table(listed, values, labels=labels),
    )


def _pairs(typed: str) -> list[tuple[str, str]]:
    """ "he she, him her" as pairs. LearnerError where one has not two words."""
    parts = [part.split() for part in typed.replace("，", ",").replace("；", ",").split(",")]
    parts = [part for part in parts if part]
    if not parts or any(len(part) != 2 for part in parts):
        raise LearnerError("Type two words for each pair, as in: he she, him her")
    return [(part[0], part[1]) for part in parts]


def _tongue() -> Language:
    return "zh" if language() == "zh" else "en"
