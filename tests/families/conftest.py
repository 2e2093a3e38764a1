"""Two further families, known for the time of a test as if their files lay beside the others."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from core.spec import families
from core.spec.run import RunSpec
from core.training import families as training_families
from tests.families.networks import PairsFamily, UnigramFamily
from tests.families.specs import PairsSpec, UnigramSpec


@pytest.fixture
def further_families() -> Iterator[None]:
    specs, trained = dict(families.FAMILIES), dict(training_families.FAMILIES)
    families.FAMILIES.update(unigram=UnigramSpec, pairs=PairsSpec)
    training_families.FAMILIES.update(unigram=UnigramFamily(), pairs=PairsFamily())
    RunSpec.model_rebuild(force=True)
    yield
    for known, before in ((families.FAMILIES, specs), (training_families.FAMILIES, trained)):
        known.clear()
        known.update(before)
    RunSpec.model_rebuild(force=True)
