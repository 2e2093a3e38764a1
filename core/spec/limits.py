"""The most that anybody may ask of a run, whatever its family."""

from __future__ import annotations

LONGEST_CONTEXT = 256
MOST_PARAMETERS = 5_000_000
MOST_STEPS = 20_000
MOST_TOKENS_A_STEP = 16_384
LONGEST_RUN_SECONDS = 900
