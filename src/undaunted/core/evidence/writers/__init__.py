"""Clean copies of files: the same content, without what tells who made them, where and when."""

from undaunted.core.evidence.writers.apart import clean_copy

__all__ = ["clean_copy"]
