"""The heads lesson's own numbers: what exercises draw, nine sentences, two heads added or side by side."""

from __future__ import annotations

import re

import numpy as np
import pytest

from lessons.exercises import load_exercises, posed
from lessons.heads.adding import HEADS, PROJECTIONS, joined, w_o
from lessons.heads.draws import DRAWS
from lessons.heads.mixing import PEOPLE, SENTENCES, one_head, tokens, two_heads, weights
from lessons.heads.small import HEADS as CUTS
from lessons.heads.small import inputs, layer
from lessons.judging import judge


def test_every_drawn_exercise_has_a_draw_and_no_draw_is_left_over() -> None:
    drawn = {name for name, e in load_exercises("heads", "en").items() if e.drawn}
    assert drawn == set(DRAWS)


@pytest.mark.parametrize("seed", range(30))
def test_the_answers_are_what_the_shown_numbers_give(seed: int) -> None:
    def draw(name: str):  # type: ignore[no-untyped-def]
        return DRAWS[name](np.random.default_rng(seed))

    width = draw("head_width")
    assert int(width.shown["d"]) == width.answer * int(width.shown["h"])
    entries = draw("weights_entries")
    b, h, t = (int(entries.shown[name]) for name in "bht")
    assert entries.answer == np.zeros((b, h, t, t)).size
    parameters = draw("parameters")
    d = int(parameters.shown["d"])
    assert d % int(parameters.shown["h"]) == 0
    assert parameters.answer == sum(matrix.size for matrix in [np.zeros((d, d))] * 4)
    concat = draw("concat_w_o")
    heads = [
        int(n.replace("−", "-"))
        for name in ("first", "second")
        for n in re.findall(r"−?\d", concat.shown[name])
    ]
    matrix = np.array([int(n) for n in re.findall(r"-?\d", concat.shown["w_o"])]).reshape(4, 2)
    np.testing.assert_allclose(np.array(heads) @ matrix, concat.answer[0])
    shown = concat.shown["one"].replace("·", "*").replace("−", "-")
    assert eval(shown) == concat.answer[0][0]
    for drawn in (width, entries, parameters, concat):
        for slip in drawn.slips.values():
            assert not np.allclose(slip, drawn.answer)


def test_no_slip_of_a_matrix_is_lost_and_each_says_another_thing() -> None:
    template = load_exercises("heads", "en")["concat_w_o"]
    for seed in range(30):
        exercise = posed("heads", template, seed)
        assert len(exercise.slips) == len(template.slips)
        assert len({str(slip.numbers) for slip in exercise.slips}) == len(template.slips)


def test_each_slip_of_the_tensor_of_weights_is_told_from_the_others() -> None:
    for seed in range(100):
        exercise = posed("heads", load_exercises("heads", "en")["weights_entries"], seed)
        for slip in exercise.slips:
            assert judge(exercise, repr(slip.value)).feedback == slip.feedback


def test_half_and_half_two_people_cannot_be_told_from_a_third() -> None:
    told = one_head(0.5)
    place = {pair: number for number, pair in enumerate(SENTENCES)}
    mia, ann, tom = (PEOPLE.index(name) for name in ("Mia", "Ann", "Tom"))
    for pair in ((mia, tom), (tom, mia), (ann, ann)):
        np.testing.assert_allclose(told.outputs[place[pair]], (2, 2))
    assert told.different == 5 and told.nearest == 0


@pytest.mark.parametrize("share", np.linspace(0, 1, 21))
def test_two_heads_keep_apart_what_one_head_cannot_at_any_share(share: float) -> None:
    one, two = one_head(share), two_heads()
    assert two.different == len(SENTENCES) and two.nearest == pytest.approx(2)
    assert one.nearest < two.nearest / 2
    np.testing.assert_allclose(weights(share).sum(axis=1), 1)
    assert len(tokens(0, 1)) == weights(share).shape[1]


def test_a_sum_forgets_and_side_by_side_does_not() -> None:
    before, after = joined(0.0, "adds"), joined(0.15, "adds")
    np.testing.assert_allclose(before.added, [0.3, 0.5, 0.3, 0.7])
    np.testing.assert_allclose(before.added, after.added)
    assert (np.abs(before.beside - after.beside) > 0.1).all()


def test_w_o_can_add_keep_one_and_take_the_difference() -> None:
    expected = {
        "adds": HEADS[0] + HEADS[1],
        "first": HEADS[0],
        "second": HEADS[1],
        "difference": HEADS[0] - HEADS[1],
    }
    for name in PROJECTIONS:
        assert w_o(name).shape == (8, 4)
        np.testing.assert_allclose(joined(0.0, name).out, expected[name], atol=1e-12)


def test_the_small_layer_keeps_its_numbers_however_it_is_cut() -> None:
    x = inputs(7, 4)
    whole = layer(x, 1, 7)
    for heads in CUTS:
        cut = layer(x, heads, 7)
        for name in ("q", "k", "v"):
            np.testing.assert_allclose(cut.joined(name), whole.joined(name), atol=1e-12)
        np.testing.assert_array_equal(cut.w_o, whole.w_o)
        assert cut.concatenated.shape == whole.concatenated.shape
