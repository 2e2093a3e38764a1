"""Which words keep company in the learner's sentence, and the questions that a model is asked of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from safetensors.numpy import load_file

from core.errors import LearnerError
from core.figures.theme import number, thousandths
from core.store.view import RunView
from core.worked.vectors.pairs import draw_noise, noise, pair_loss, pairs_around
from pages.embeddings.state import CENTRE, SENTENCE, WIDTH
from pages.embeddings.tables import in_language
from pages.embeddings.text import counts, is_known, training_words
from pages.parts.frame.escaped import code, escaped
from pages.parts.frame.language import _, language, worded
from pages.parts.frame.state import Text
from pages.parts.frame.unknown import name_unknown
from pages.parts.widgets.shaded_text import Shaded, shaded_text
from pages.parts.widgets.shared.source import Source

DRAWN = 5
"""So many words are drawn for a pair of the example: as many as training draws, unless somebody turns it."""
_FIRST_ZH, _CENTRE_ZH = "这只小狗在椅子旁边", 3
_MOST_WORDS = 40
_BEGINNING = 10
_AROUND = ' \t\n.,;:!?"“”‘’。，！？、；：（）()'
"""What stands around a word and is no part of it."""


def show_pairs(run: RunView | None) -> None:
    """The sentence word by word with a window about one of them, and the pairs that it makes."""
    if run is None:
        st.info(_("Train the vectors further down: then their words are shown here."))
        return
    declared = _sentence(run)
    sentence = declared.box(_("Your sentence"))
    width = WIDTH.slider(_("Words looked at on each side"))
    try:
        found = _read(run, sentence)
    except LearnerError as error:
        st.warning(worded(error))
        return
    name_unknown(run.tokenizer, sentence)
    if found.left_out:
        st.caption(
            _("The first {most} of {count} words are shown.").format(
                most=_MOST_WORDS, count=_MOST_WORDS + found.left_out
            )
        )
    words, centre = found.words, found.centre
    pairs = pairs_around(len(words), centre, width)
    shares = {pair.context: pair.share for pair in pairs}
    shaded_text(
        [
            Shaded(
                word,
                0.0 if place == centre else shares.get(place, 0.0),
                number(shares[place]) if place in shares else "·",
                _said(words, place, centre, shares),
                framed=place == centre,
            )
            for place, word in enumerate(words)
        ],
        key="embeddings_pairs",
        chosen=centre,
        on_choose=lambda place: CENTRE.set(place + 1),
        caption=_(
            "The framed word is in the middle; those with colour are near it. The number is how often "
            "the pair counts, since the width of the window is drawn anew each time. Pick another word."
        ),
        source=_source(sentence != declared.first),
        table=lambda: (
            (_("in the middle"), _("near it"), _("how often")),
            [(words[pair.centre], words[pair.context], pair.share) for pair in pairs],
        ),
    )
    st.markdown(
        _("{word} makes **{count}** pairs: {pairs}. The whole sentence makes {all}.").format(
            word=code(words[centre]),
            count=len(pairs),
            pairs=_(", ").join(
                f"{escaped(words[p.centre])} → {escaped(words[p.context])}" for p in pairs
            ),
            all=sum(len(pairs_around(len(words), place, width)) for place in range(len(words))),
        )
        if pairs
        else _("A word that stands alone makes no pair: type a longer sentence.")
    )


def show_questions(run: RunView | None) -> None:
    """One true pair of that sentence and some drawn words, as the trained model answers."""
    if run is None or not run.is_done:
        return
    try:
        found = _read(run, _sentence(run).value)
        ids, words, centre = found.ids, found.words, found.centre
        pairs = pairs_around(len(words), centre, WIDTH.value)
        known = [
            pair
            for pair in pairs
            if is_known(run.tokenizer, ids[centre]) and is_known(run.tokenizer, ids[pair.context])
        ]
        if not known:
            st.info(
                _(
                    "The model knows no pair with this word in the middle: pick another one in the "
                    "sentence above."
                )
            )
            return
        given, guessed = weights(run)
        pair = max(
            known, key=lambda one: (one.share, given[ids[centre]] @ guessed[ids[one.context]])
        )
        drawn = drawn_words(run, ids[pair.centre], ids[pair.context], len(ids) + pair.centre)
    except LearnerError:
        return  # the box above has said why
    others = [ids[pair.context], *drawn]
    answer = pair_loss(given[ids[pair.centre]], guessed[others[0]], guessed[others[1:]])
    names = [words[pair.context], *(run.tokenizer.show(one) for one in drawn)]
    header = (
        _("does it stand near {word}?").format(word=code(words[pair.centre])),
        _("the truth"),
        "$u \\cdot v$",
        "$\\sigma(u \\cdot v)$",
        _("cost in nats"),
    )
    lines = [f"| {' | '.join(header)} |", "|:--|:--|--:|--:|--:|"]
    for place, name in enumerate(names):
        truth = _("yes: it stands there") if place == 0 else _("no: drawn")
        right = answer.probabilities[place] if place == 0 else 1 - answer.probabilities[place]
        sign = r"\sigma" if place == 0 else r"(1 - \sigma)"
        lines.append(
            f"| {escaped(name)} | {truth} | {number(answer.dots[place])} | "
            f"{thousandths(answer.probabilities[place])} | "
            rf"$-\ln {sign} = -\ln {right:.3f} \approx {answer.losses[place]:.2f}$ |"
        )
    with st.container(border=True, key="embeddings_questions"):
        st.markdown("\n".join(lines))
        st.markdown(
            _(
                "Together **{total}** nats: the loss of this pair in the trained model. One that "
                "knows nothing says ½ each time, and pays {count} · ln 2 = {guessing}. Even of a true pair a "
                "good model need not be sure: the same word is drawn as a wrong one, too."
            ).format(
                total=number(answer.total),
                count=len(names),
                guessing=number(len(names) * float(np.log(2))),
            )
        )


@dataclass(frozen=True)
class _Sentence:
    """A sentence's words, their rows, which one is in the middle, and how many more there are."""

    ids: list[int]
    words: list[str]
    centre: int
    left_out: int


def _read(run: RunView, sentence: str) -> _Sentence:
    """The sentence as the run reads it. LearnerError without a word."""
    ids = [int(one) for one in run.tokenizer.encode(sentence)]
    if not ids:
        raise LearnerError("Type a sentence with at least two words.")
    pieces = [sentence[start:end] for start, end in run.tokenizer.spans(sentence)]
    words = [piece.strip(_AROUND) or "·" for piece in pieces]
    shown = min(len(ids), _MOST_WORDS)
    first = _CENTRE_ZH if language() == "zh" else CENTRE.first
    centre = CENTRE.clamped(1, shown, first).value - 1
    return _Sentence(ids[:shown], words[:shown], centre, len(ids) - shown)


def _said(words: list[str], place: int, centre: int, shares: dict[int, float]) -> str:
    if place == centre:
        return _("{word}: in the middle").format(word=words[place])
    if place in shares:
        return _("{word}: near, counts {share}").format(
            word=words[place], share=number(shares[place])
        )
    return _("{word}: too far away").format(word=words[place])


def _source(own: bool) -> Source:
    return Source(
        "counted", (_("The pairs of this sentence, by the rule that training uses."),), own
    )


def _sentence(run: RunView) -> Text:
    """The sentence, which begins with the first words of the run's text where that knows no others."""
    declared = in_language(SENTENCE, _FIRST_ZH)
    known = run.tokenizer.encode(declared.first)
    if np.mean([is_known(run.tokenizer, int(one)) for one in known]) > 0.5:
        return declared
    try:
        first = run.tokenizer.decode(training_words(run)[:_BEGINNING])
    except LearnerError:
        return declared
    return declared.beginning(first.strip()[: declared.most])


def drawn_words(run: RunView, centre: int, true: int, seed: int, count: int = DRAWN) -> list[int]:
    """Words drawn as in training, the same ones each time; never the two of the pair, so that the example
    is plain."""
    share = noise(counts(run))
    share[[centre, true]] = 0.0
    found = draw_noise(share / share.sum(), 4 * count, np.random.default_rng(seed))
    return list(dict.fromkeys(int(one) for one in found))[:count]


@lru_cache(maxsize=4)
def _weights_at(path: str, written: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    found = load_file(path)
    return (
        found["given.weight"].astype(np.float64),
        found["guessed.weight"].astype(np.float64),
    )


def weights(run: RunView) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The two tables of a finished run."""
    return _weights_at(str(run.model_path), run.weights_written)
