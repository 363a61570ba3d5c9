"""Rows that stand in a file and cannot be read: whose they are, and what they leave unsure.

Where the row names its entry, that entry stands as it last stood. Where nobody knows whose a row
is, whatever is missing from that version may be it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from undaunted.core.listings.rules.versions import vouched_gone

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

__all__ = ["UNREAD", "Nameless", "kept_of", "nameless_of", "perhaps_unread"]

UNREAD: Final = "unread"
"""The word for an entry that is missing, and that a row which nobody can place may be."""


@dataclass(frozen=True, slots=True)
class Nameless:
    """Rows of one version of which nobody knows whose they are, each by a mark of what it says.

    Attributes:
        doubtful: which may be an entry that is missing.
        settled: which are none: they stood beside everything that has gone since, or came when
            nothing was missing.
    """

    doubtful: tuple[str, ...] = ()
    settled: tuple[str, ...] = ()


def kept_of(gone: Iterable[str], unread: Collection[str]) -> frozenset[str]:
    """Give the keys of entries that stood, and that a row which could not be read names.

    Of a key that stands in a file several times the others are numbered, `key#2`; which of them
    the row is nobody can tell.
    """
    return frozenset(key for key in gone if key in unread or key.rpartition("#")[0] in unread)


def nameless_of(
    rows: Iterable[str], before: Nameless | None, *, gone: bool, told_before: int = 0
) -> Nameless:
    """Say which rows that nobody can place may be an entry that is missing.

    `before` is what the version in force says of its own, None where it says nothing: then
    `told_before` is how many rows of it gave no entry, and no more than these are none. `gone` is
    whether an entry of that version has not come. Equal rows are counted.
    """
    marks = _numbered(rows)
    if before is None:
        known = set(marks[:told_before])
        doubts = gone
    else:
        known = set(before.settled)
        doubts = gone or bool(before.doubtful)
    doubtful = tuple(each for each in marks if doubts and each not in known)
    return Nameless(doubtful, tuple(each for each in marks if each not in doubtful))


def perhaps_unread(
    doubtful: Iterable[int], read: Iterable[int], gone: int, back: int | None = None
) -> bool:
    """Whether what version `gone` dropped may be in a row of it, or of a later one, read by nobody.

    `doubtful` are the versions with such rows, and `read` those without that more than one person
    vouches for; `back` is the version that holds the entry again.
    """
    return vouched_gone(doubtful, gone, back) and not vouched_gone(read, gone, back)


def _numbered(rows: Iterable[str]) -> list[str]:
    """Give each row a mark of its own, however many are equal."""
    seen: Counter[str] = Counter()
    found = []
    for each in rows:
        seen[each] += 1
        found.append(each if seen[each] == 1 else f"{each}#{seen[each]}")
    return found
