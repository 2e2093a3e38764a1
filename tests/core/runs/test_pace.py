"""Announced times: from what was measured here, who else trains, and who waits."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.runs.pace import (
    FILE,
    Measured,
    Pace,
    finish,
    read_pace,
    shipped_seconds,
    starts,
    write_pace,
)
from core.spec.families.gpt import GPTSpec
from core.spec.families.ngram import NGramSpec
from core.spec.recipe import RecipeSpec
from core.spec.run import RunSpec
from core.store.look import Look
from core.store.store import Library, Store

STARTERS_FOLDER = Path(__file__).parents[3] / "starters"
GPT = RunSpec(recipe=RecipeSpec(steps=300))
slots_free = st.lists(st.floats(0, 1e4), min_size=1, max_size=8)
lengths = st.lists(st.floats(0, 1e3), max_size=12)


@pytest.fixture
def look() -> Look:
    return Look(Library([Store(STARTERS_FOLDER, read_only=True)]))


def measured(ratio: float, together: float = 1.0, family: str = "gpt") -> Measured:
    return Measured(family, ratio, together, starting=2.0)


def test_before_anything_was_trained_here_the_shipped_run_tells(look: Look) -> None:
    pace = Pace()
    assert pace.seconds(GPT, look) == pytest.approx(shipped_seconds(GPT, look) + pace.starting)


def test_a_machine_twice_as_slow_is_announced_as_twice_as_slow(look: Look) -> None:
    pace = Pace(measured=(measured(2.0), measured(1.9), measured(2.1)))
    assert pace.seconds(GPT, look) == pytest.approx(2 * shipped_seconds(GPT, look) + 2.0)


def test_one_odd_run_does_not_change_what_is_announced() -> None:
    assert Pace(measured=(measured(1.0), measured(40.0), measured(1.1))).alone("gpt") == 1.1


def test_what_one_family_showed_stands_for_another_until_it_has_shown_its_own() -> None:
    pace = Pace(measured=(measured(2.0),))
    assert pace.alone("recurrent") == 2.0
    own = Pace(measured=(measured(2.0), measured(3.0, family="recurrent")))
    assert own.alone("recurrent") == 3.0


def test_two_at_once_take_as_much_longer_as_was_measured() -> None:
    pace = Pace(measured=(measured(1.0), measured(1.8, together=2.0)))
    assert pace.crowding(1) == 1.0
    assert pace.crowding(2) == pytest.approx(1.8)
    assert pace.crowding(3) == pytest.approx(2.6)


def test_only_crowded_runs_still_tell_how_long_one_takes_alone() -> None:
    pace = Pace(measured=(measured(3.0, together=2.0),))
    assert pace.alone("gpt") * pace.crowding(2) == pytest.approx(3.0)


def test_a_queue_is_counted(look: Look) -> None:
    busy = Pace(slots=2, free_at=(130.0, 160.0))
    assert busy.wait(now=100.0) == 30.0
    assert Pace(slots=2, free_at=(130.0,)).wait(now=100.0) == 0.0, "one worker is free"
    assert busy.wait(now=200.0) == 0.0, "an announcement grows old by itself"


def test_two_runs_on_two_workers_take_as_long_as_one_beside_another(look: Look) -> None:
    pace = Pace(slots=2, measured=(measured(1.0), measured(1.8, together=2.0)))
    both = pace.seconds_for_all([GPT, GPT], look, now=0.0)
    assert both == pytest.approx(pace.seconds(GPT, look, together=2))
    assert both > pace.seconds(GPT, look)


def test_on_one_worker_they_take_their_sum(look: Look) -> None:
    pace = Pace(slots=1)
    assert pace.seconds_for_all([GPT] * 3, look, now=0.0) == pytest.approx(
        3 * pace.seconds(GPT, look)
    )


def test_a_counted_model_takes_a_second(look: Look) -> None:
    counted = RunSpec(model=NGramSpec())
    assert Pace(measured=(measured(50.0),)).seconds(counted, look) == 1.0


def test_longer_runs_of_bigger_models_take_longer(look: Look) -> None:
    pace = Pace()
    longer = RunSpec(recipe=RecipeSpec(steps=600))
    bigger = RunSpec(model=GPTSpec(layers=4), recipe=RecipeSpec(steps=300))
    assert pace.seconds(longer, look) > pace.seconds(GPT, look)
    assert pace.seconds(bigger, look) > pace.seconds(GPT, look)


@given(lengths, slots_free)
def test_jobs_start_in_their_order_and_end_within_sum_and_longest(
    seconds: list[float], free: list[float]
) -> None:
    begin, after = starts(seconds, free)
    assert begin == sorted(begin)
    assert len(after) == len(free)
    end = finish(seconds, free)
    assert end <= min(free) + sum(seconds) + 1e-6 or end <= max(free) + 1e-6
    assert all(end >= min(free) + one - 1e-6 for one in seconds)


NAN = (
    b'{"slots": 1, "free_at": [], "starts": {}, "measured": '
    b'[{"family": "gpt", "ratio": NaN, "together": 1, "starting": 1}]}'
)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b'{"measured": 3}', b"\xff", b'{"measured": [{"a": 1}]}', NAN],
)
def test_a_damaged_file_is_as_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    assert read_pace(tmp_path) == Pace()


def test_written_and_read_again_it_is_the_same(tmp_path: Path) -> None:
    pace = Pace((measured(1.5, 2.0),), 2, (12.5,), {"a" * 16: 3.0})
    write_pace(tmp_path, pace)
    assert read_pace(tmp_path) == pace


def test_old_measurements_are_forgotten() -> None:
    pace = Pace()
    for ratio in range(100):
        pace = Pace(measured=pace.with_measured(measured(float(ratio))))
    assert len(pace.measured) == 40
    assert pace.measured[-1].ratio == 99.0
