"""Editions as the desk keeps them and as the public reads them."""

from undaunted.core.editions.models.editions import Edition, EditionFile, EditionSubject
from undaunted.core.editions.models.published import PublishedEdition, PublishedEditionFile

__all__ = [
    "Edition",
    "EditionFile",
    "EditionSubject",
    "PublishedEdition",
    "PublishedEditionFile",
]
