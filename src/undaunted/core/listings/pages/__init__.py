"""Pages of lists: public ones, and at the desk a file brought in."""

from undaunted.core.listings.pages.desk import board
from undaunted.core.listings.pages.public import changes, entries, entry, index, version, versions

__all__ = ["board", "changes", "entries", "entry", "index", "version", "versions"]
