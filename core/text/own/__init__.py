"""The learner's own text: from whatever bytes, checked before it is used."""

from core.text.own.checking import (
    FEWEST_CHARACTERS,
    MOST_BYTES,
    MOST_CHARACTERS,
    Preview,
    check_own_text,
    digest,
    preview,
    read_file,
    read_upload,
)
from core.text.own.decoding import ENCODINGS, Reading

__all__ = [
    "ENCODINGS",
    "FEWEST_CHARACTERS",
    "MOST_BYTES",
    "MOST_CHARACTERS",
    "Preview",
    "Reading",
    "check_own_text",
    "digest",
    "preview",
    "read_file",
    "read_upload",
]
