"""Vectors of words that others trained: fetched on request, kept beside the runs, read from the disk."""

from core.store.pretrained.library import Pretrained, PretrainedState
from core.store.pretrained.package import GLOVE, Package
from core.store.pretrained.table import VectorTable

__all__ = ["GLOVE", "Package", "Pretrained", "PretrainedState", "VectorTable"]
