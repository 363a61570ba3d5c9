"""Whether an entry was amended by its issuer, or only read otherwise by a later program."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.core.listings.rules.entry import Entry, Name

__all__ = ["is_reread"]

_SIGNS: Final = re.compile(r"[;(]|\b(?:a\.?k\.?a|f\.?k\.?a|alias)\b", re.IGNORECASE)
"""A cell of names is parted at such signs; the parts come beside it."""


def is_reread(before: Entry, after: Entry) -> bool:
    """Whether two forms of an entry that differ hold the same words of the issuer.

    That is so where days of birth and measures alone differ, of which both keep the words, and
    where the names that one has more are parts of a cell of names that both have.
    """
    return (
        _words(before.births) == _words(after.births)
        and _words(before.measures) == _words(after.measures)
        and _same_cells(before.names, after.names)
        and _others(before) == _others(after)
    )


def _words(told: Iterable[object]) -> list[str]:
    """Give the letters and digits of what was written, else the whole thing, in one order."""
    found = []
    for each in told:
        text = "".join(filter(str.isalnum, getattr(each, "text", "")))
        found.append(text or repr(each))
    return sorted(found)


def _same_cells(before: tuple[Name, ...], after: tuple[Name, ...]) -> bool:
    both = [each for each in before if each in after]
    cells = [each.text.casefold() for each in both if _SIGNS.search(each.text)]
    more = [each for each in (*before, *after) if each not in both]
    return all(any(each.text.casefold() in cell for cell in cells) for each in more)


def _others(entry: Entry) -> Entry:
    """Give all that is kept without the words of a cell; rows move, and names are compared."""
    first = entry.names[:1]
    return replace(entry, births=(), measures=(), names=first, rows=(), file_key="")
