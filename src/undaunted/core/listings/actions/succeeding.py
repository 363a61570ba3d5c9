"""Keys that stay: of a list without numbers, and of a row that lost its own.

An entry keeps its key though its name is written anew.

The file gives each entry a key made of its name. Where an entry stands under an older one, it says
so (`file_key`), and the next file finds it by that; a newcomer with a name that somebody had once
gets a key of its own. An entry of which one number is missing is known by its second.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from undaunted.core.listings.analysis import succession
from undaunted.core.listings.models import ListEntry
from undaunted.core.listings.rules import LIMITS, FaultRule

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from undaunted.core.listings.models import ListVersion
    from undaunted.core.listings.readers import Reading
    from undaunted.core.listings.rules import Entry

__all__ = ["Keys", "Numbers", "same_faults"]


@dataclass(slots=True)
class Keys:
    """Under which keys entries stand, and those that came and wait until the file is read.

    `moved` is whole before the first entry is asked about.
    """

    source: str
    moved: dict[str, str] = field(default_factory=dict)
    """The key under which an entry stands, by the one that the file gives it."""
    come: list[Entry] = field(default_factory=list)
    _held: frozenset[str] | None = None

    def standing(self, entry: Entry) -> Entry:
        """Give an entry under the key under which it stands, as far as that is known by now."""
        if entry.key in self.moved:
            return replace(entry, key=self.moved[entry.key], file_key=entry.key)
        if self._held is None:
            self._held = frozenset(self.moved.values())
        held, number = self._held, 2
        if entry.key not in held:
            return entry
        while (key := f"{entry.key}~{number}") in held:
            number += 1
        return replace(entry, key=key, file_key=entry.key)

    def waits(self, _key: str) -> bool:
        """Whether an entry that stands under a key may be another; by names none may."""
        return False

    def settled(self, gone: Collection[str], told: Reading) -> Iterator[Entry]:
        """Give those that waited, each under the key of the entry that it surely is.

        Where it only may be one, that is told as a fault, and it stands under its own.
        """
        left = {each.key: each for each in _left(self.source, gone if self.come else ())}
        found = succession(tuple(left.values()), self.come)
        for each in self.come:
            if each.key in found.sure:
                key, given = found.sure[each.key], each.file_key or each.key
                yield replace(each, key=key, file_key="" if key == given else given)
                continue
            for before in found.perhaps.get(each.key, ()):
                row = each.rows[0] if each.rows else 0
                told.find(row, "name", FaultRule.RESPELT, f"{before.name} ({before.key})")
            yield each


@dataclass(slots=True)
class Numbers:
    """Entries of which it is not plain under which key they stand, while their file is read.

    A row may have lost the number by which its entry stands, or have gained it. Under the key that
    the file gave it last it is found again, whatever else its row says now.
    """

    source: str
    second: str
    """The scheme of the other number."""
    moved: dict[str, str] = field(default_factory=dict)
    """The key under which an entry stands, by the one that the file gave it last."""
    come: list[Entry] = field(default_factory=list)

    def standing(self, entry: Entry) -> Entry:
        """Give an entry as it came."""
        return entry

    def waits(self, key: str) -> bool:
        """Whether an entry may stand under a key to which the file gave another last."""
        return key in self.moved.values()

    def settled(self, gone: Collection[str], told: Reading) -> Iterator[Entry]:
        """Give those that waited, each under the key of the one entry that it is.

        That is the one which had its key in the file before this, or stands under it; else the one
        that has its other number and is called alike. An entry whose row came and could not be
        read is not asked, nor one that two would be.
        """
        told.unread = {self.moved.get(key, key) for key in told.unread}
        left = {
            each.key: each
            for each in _left(self.source, set(gone) - told.unread if self.come else ())
        }
        placed: dict[str, str] = {}
        # whoever has a number of the list goes before whoever stands in the file without one
        for each in sorted(self.come, key=lambda each: each.key in self._numbers(each)):
            for key in (self.moved.get(each.key, each.key), each.key):
                if each.key not in placed and key in left:
                    placed[each.key] = key
                    del left[key]
        placed |= self._by_second(left, [each for each in self.come if each.key not in placed])
        taken = set(placed.values())
        for each in self.come:
            key, number = placed.get(each.key, each.key), 2
            while each.key not in placed and key in taken:
                key, number = f"{each.key}~{number}", number + 1
            taken.add(key)
            yield each if key == each.key else replace(each, key=key, file_key=each.key)

    def _by_second(self, left: dict[str, Entry], come: list[Entry]) -> dict[str, str]:
        """Give the entry that is left by the key of one that came, where both are surely one."""
        held: dict[str, list[Entry]] = defaultdict(list)
        came: Counter[str] = Counter()
        for one in left.values():
            for number in self._numbers(one):
                held[number].append(one)
        for each in come:
            came.update(self._numbers(each))
        found = {}
        for each in come:
            numbers = self._numbers(each)
            near = [one for number in numbers for one in held[number]]
            alone = len(near) == 1 and all(came[number] == 1 for number in numbers)
            if alone and each.key in succession(near, [each]).sure:
                found[each.key] = near[0].key
        return found

    def _numbers(self, entry: Entry) -> set[str]:
        return {number for scheme, number in entry.ids if scheme == self.second}


def _left(source: str, keys: Collection[str]) -> Iterator[Entry]:
    """Give the entries that stand under some keys."""
    rows = ListEntry.objects.using("default").filter(source=source, last__isnull=True, key__in=keys)
    return (each.entry for each in rows)


def same_faults(told: Reading, standing: ListVersion) -> bool:
    """Whether a file has the faults of the version in force but those that loading it added.

    These come last, and where a thousand others were kept before them nobody knows how many.
    """
    own = [each for each in standing.faults if each["rule"] != FaultRule.RESPELT]
    if len(own) < LIMITS["faults_kept"]:
        return told.count == len(own)
    if not standing.listing.by_name:
        return told.count == standing.fault_count
    return told.count <= standing.fault_count and [e.as_data() for e in told.faults] == own
