"""What the engine refuses, each with what is wrong and what to do."""

from __future__ import annotations

__all__ = [
    "FactsMalformed",
    "NameRefused",
    "NamesError",
    "PairsMalformed",
    "SearchMalformed",
    "TableMalformed",
    "no_text",
]


class NamesError(Exception):
    """Whatever the engine of names refuses."""


class NameRefused(NamesError):
    """Nothing that could be compared: empty, too long, or no letter and no digit in it."""


class FactsMalformed(NamesError):
    """A birth date, a country or a gender means nothing."""


class PairsMalformed(NamesError):
    """Labelled pairs cannot be evaluated: none, or of one label alone."""


class SearchMalformed(NamesError):
    """A threshold or a number of hits means nothing."""


class TableMalformed(NamesError):
    """A table lacks the column of names, or says something of a row that means nothing."""


def no_text(name: object) -> str:
    """Say why what a frame or a list gave for a name is none: a gap, a number; "" for a text."""
    if isinstance(name, str):
        return ""
    return f"a name is a text, and this is {name!r:.100}; leave gaps out"
