"""WordPiece and Unigram beside byte-pair encoding: the learner's text, and the arithmetic of one word."""

from __future__ import annotations

import streamlit as st

from core.text.bpe import shown_bytes
from core.text.pieces import encodable
from core.worked.merges import Path, best_paths, learn, scores, unigram_words
from lessons.tokens.samples import MERGED
from pages.parts.frame.escaped import code
from pages.parts.frame.language import _
from pages.parts.widgets.shared.source import Source
from pages.parts.widgets.token_strip import Strip, token_strip
from pages.tokens.cut import SMALL, chips, english, other_chips
from pages.tokens.state import TEXT, WORD

MOST_WORDS = 40
LONGEST_WORD = 60


def show_other_ways() -> None:
    """Three strips, then one word's ways through Unigram."""
    text = encodable(TEXT.value)
    if not text.strip():
        st.info(_("There is no text yet: type one at the top of the lesson, or choose another."))
        return
    ways = english()
    token_strip(
        text,
        [
            Strip("BPE", _("merges in the order in which they were learned"), chips(ways.bpe, text)),
            Strip(
                "WordPiece",
                _("from the left, always the longest entry; ## goes on with a word"),
                other_chips(ways.wordpiece, text),
            ),
            Strip(
                "Unigram",
                _("the most probable way through the word; ▁ stands for a space"),
                other_chips(ways.unigram, text),
            ),
        ],
        key="tokens_other_ways",
        caption=_("The same text, cut by three tokenizers with {entries} entries each.").format(
            entries=SMALL
        ),
        source=Source(
            "counted",
            (
                _("Trained by the tokenizers library on the same 400 English Tiny tales."),
                _("Of the BPE's entries, 256 are single bytes; the other two begin with characters."),
            ),
            own_text=TEXT.value != TEXT.first,
        ),
    )  # fmt: skip
    _show_paths(text)


def show_scores() -> None:
    """Which pair a count chooses first in the small text, and which one the score of WordPiece."""
    learned = learn(MERGED, 1)
    ranked = scores(learned)
    by_score, by_count = ranked[0], max(ranked, key=lambda score: score.times)

    def said(of: tuple[int, int]) -> str:
        return " + ".join(code(shown_bytes(learned.tokens[part])) for part in of)

    st.markdown(
        _(
            "In the small text above the most frequent pair is {frequent}: {times}/({left}·{right}) = "
            "{score:.2f}. By that ratio another would come first, {best}: "
            "{best_times}/({best_left}·{best_right}) = {best_score:.2f}, since neither part "
            "stands anywhere else."
        ).format(
            frequent=said(by_count.pair),
            times=by_count.times,
            left=by_count.left,
            right=by_count.right,
            score=by_count.score,
            best=said(by_score.pair),
            best_times=by_score.times,
            best_left=by_score.left,
            best_right=by_score.right,
            best_score=by_score.score,
        )
    )


def _show_paths(text: str) -> None:
    """One word of the text: its most probable ways through Unigram, as sums."""
    found = (word for word in unigram_words(text) if word.strip() and len(word) <= LONGEST_WORD)
    words = list(dict.fromkeys(found))[:MOST_WORDS]
    if not words:
        return
    longest = max(words, key=len)
    word = WORD.among(tuple(words), first=longest).draw(
        st.selectbox, _("Take a word apart with Unigram")
    )
    paths = best_paths(word, english().unigram.log_probabilities())
    if not paths:
        st.info(
            _("No way leads through {word}: it has a character that these stories do not have.").format(
                word=code(word)
            )
        )  # fmt: skip
        return
    st.markdown(_("The best ways, with ln p of each piece; the highest sum wins:"))
    st.markdown("\n".join(f"{place}. {_worked(path)}" for place, path in enumerate(paths, 1)))


def _worked(path: Path) -> str:
    pieces = " ".join(code(piece) for piece in path.pieces)
    sum_ = " ".join(f"− {-part:.2f}" for part in path.parts)
    return f"{pieces}: {sum_} = **−{-path.total:.2f}**"
