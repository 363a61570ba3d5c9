"""Why an edition is not built, not published or not believed: nouns, each with its remedy."""

from __future__ import annotations

__all__ = [
    "DocumentUnreadable",
    "EditionAltered",
    "EditionRefused",
    "FileWanted",
    "FontMissing",
    "KindUnknown",
    "ParameterRefused",
    "StepRefused",
]


class EditionRefused(ValueError):
    """Something about an edition is not as it must be."""


class KindUnknown(EditionRefused):
    """No area has handed in a kind of edition of this name."""


class ParameterRefused(EditionRefused):
    """A parameter of an edition cannot be used."""


class FileWanted(EditionRefused):
    """What is built again came of a file that nobody kept: a person brings it, or does without."""


class StepRefused(EditionRefused):
    """The edition is not in the state that this step needs."""


class FontMissing(EditionRefused):
    """No font on this machine has the letters of a text that must be written."""


class DocumentUnreadable(EditionRefused):
    """The document of an edition breaks a rule of its model; says where and which."""


class EditionAltered(EditionRefused):
    """A file, the list of files or the signature is not what was published."""
