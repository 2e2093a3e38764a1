"""Marking sentences for translation where they are written. They are translated where they are shown."""


def N_(message: str) -> str:
    """The message itself; the name is what the extractor looks for."""
    return message
