"""What every part of a specification is: values that are checked once and never change."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """Validated when made, immutable after; a field that does not exist is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")
