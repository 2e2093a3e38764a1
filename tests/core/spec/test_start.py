"""A specification that goes on from another run: its id, and what it may not be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import LearnerError
from core.spec.families.ngram import NGramSpec
from core.spec.recipe import RecipeSpec
from core.spec.run import RunSpec, read_spec


@given(st.text("0123456789abcdef", min_size=16, max_size=16))
def test_whoever_begins_elsewhere_is_another_run_and_reads_back_as_itself(start: str) -> None:
    spec = RunSpec(start=start)
    assert spec.id != RunSpec().id
    assert read_spec(spec.canonical_json()) == spec
    assert "start" not in RunSpec().canonical_json()


@pytest.mark.parametrize("start", ["", "0" * 15, "G" * 16, "../../../secrets", "0" * 16 + "\n"])
def test_what_is_no_id_is_refused(start: str) -> None:
    with pytest.raises(LearnerError, match="start"):
        read_spec({"start": start})


def test_what_counts_begins_nowhere_and_replay_needs_somewhere() -> None:
    with pytest.raises(LearnerError, match="counts"):
        read_spec({"model": NGramSpec().model_dump(), "start": "0" * 16})
    with pytest.raises(LearnerError, match="mix in"):
        read_spec({"recipe": {"replay": 0.5}})
    assert RunSpec(recipe=RecipeSpec(replay=0.5), start="0" * 16).id
