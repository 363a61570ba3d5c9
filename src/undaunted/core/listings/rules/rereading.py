"""Whether an entry was amended by its issuer, or only read otherwise by a later program."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from undaunted.core.listings.rules.parting import named_apart
from undaunted.core.listings.rules.terms import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.core.listings.rules.entry import Entry

__all__ = ["is_reread"]


def is_reread(before: Entry, after: Entry) -> bool:
    """Whether two forms of an entry that differ hold the same words of the issuer.

    That is so where days of birth and measures alone differ, of which both keep the words, and
    where the names that the later has more are those which the signs of a cell that both have part.
    """
    return (
        _words(before.births) == _words(after.births)
        and _words(before.measures) == _words(after.measures)
        and _same_cells(before, after)
        and _others(before) == _others(after)
    )


def _words(told: Iterable[object]) -> list[tuple[str, str, str]]:
    """Give the letters and digits of what was written, else the whole thing, in one order.

    Where somebody was born stands beside it: no later program reads that out of the words.
    """
    found = []
    for each in told:
        text = "".join(filter(str.isalnum, getattr(each, "text", "")))
        where = [getattr(each, name, "") for name in ("place", "country")]
        found.append((text or repr(each), where[0], where[1]))
    return sorted(found)


def _same_cells(before: Entry, after: Entry) -> bool:
    """Whether no name went, and each that came is one that the signs of a cell part."""
    both = [each for each in before.names if each in after.names]
    parts = {
        (text.casefold(), quality)
        for each in both
        for text, quality in named_apart(each.text, each.quality, person=after.kind is Kind.PERSON)
    }
    came = [each for each in after.names if each not in both]
    return len(both) == len(before.names) and all(
        (each.text.casefold(), each.quality) in parts for each in came
    )


def _others(entry: Entry) -> Entry:
    """Give all that is kept without the words of a cell; rows move, and names are compared."""
    first = entry.names[:1]
    return replace(entry, births=(), measures=(), names=first, rows=(), file_key="")
