"""What linking files refuses, and why."""

__all__ = ["FilesMalformed", "LinkageError", "MemoryExhausted", "ModelMalformed", "SparkMissing"]


class LinkageError(ValueError):
    """Files cannot be linked as they are given."""


class FilesMalformed(LinkageError):
    """A column is shorter than others, or a span of days ends before it begins."""


class MemoryExhausted(LinkageError):
    """Tables are larger than the memory that they may take, and nothing may be written."""


class ModelMalformed(LinkageError):
    """A part is none, or a field lacks one of its levels."""


class SparkMissing(LinkageError):
    """Spark was asked for, and this machine lacks it; the message says what to install."""
