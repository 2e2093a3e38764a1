"""With which seeds a claim must hold: the first one in every test run, all five with ``make experiments``."""

import pytest

SEEDS = (1, *(pytest.param(seed, marks=pytest.mark.experiments) for seed in (2, 3, 4, 5)))
