"""What issuers say themselves: an entry that bears the number of another list's entry.

The British lists name the entry of the United Nations that they carry out, and each other's; the
European file names that of the United Nations. Nothing is likelier, and no name need be alike.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from undaunted.core.listings.rules import Entry
    from undaunted.core.matching.rules import EntryKey

__all__ = ["Referring", "numbers_of"]

_SCHEMES: Final = frozenset({"UN", "FCDO", "OFSI"})
"""Numbers of entries that issuers besides the list's own write."""
_UNITED_NATIONS = re.compile(r"\b[A-Z]{2}[EI]\.\d{3}\b", re.IGNORECASE)


def numbers_of(entry: Entry) -> Iterator[tuple[str, str]]:
    """Give the numbers of lists that an entry bears, as kind and number of a register."""
    for scheme, number in entry.ids:
        if scheme in _SCHEMES:
            for each in _UNITED_NATIONS.findall(number) if scheme == "UN" else (number,):
                yield f"list {scheme}", each.casefold()


class Referring:
    """Entries by the numbers of lists that they bear."""

    def __init__(self, entries: Mapping[EntryKey, Entry]) -> None:
        self._entries = entries
        self._bearers: dict[tuple[str, str], list[EntryKey]] = defaultdict(list)
        for key, entry in entries.items():
            for number in numbers_of(entry):
                self._bearers[number].append(key)

    def of(self, key: EntryKey) -> frozenset[EntryKey]:
        """Give the entries of other lists that bear a number which an entry bears."""
        found = (other for one in numbers_of(self._entries[key]) for other in self._bearers[one])
        return frozenset(other for other in found if other[0] != key[0])
