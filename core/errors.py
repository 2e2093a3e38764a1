"""Errors that a learner can cause, worded for the learner."""

from __future__ import annotations


class LearnerError(Exception):
    """Something the learner asked for cannot be done; the sentence says what to change.

    ``template`` is an English sentence with ``{named}`` places and is the key under which a
    translation is looked up; ``values`` fill the places in whatever language is shown.
    """

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template = template
        self.values = values

    def __reduce__(self) -> tuple[object, ...]:
        """Cross a process boundary whole: the default would lose ``values``."""
        return (_rebuild, (self.template, self.values))


def _rebuild(template: str, values: dict[str, object]) -> LearnerError:
    return LearnerError(template, **values)
