"""What every reader gathers on the way: faults by row, and the day that the file gives itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256

from undaunted.core.listings.rules import LIMITS, Entry, Fault, FaultRule, ListRefused

__all__ = ["Reading"]


_FEW = 3
"""Fewer garbled names may be so on the list itself."""
_SHARE = 100
"""So may less than one of so many names be."""


@dataclass(slots=True)
class Reading:
    """One reading of one file."""

    name: str
    published: str = ""
    part: str = ""
    """The file of a folder that is read now; it stands before the field of what is wrong in it."""
    faults: list[Fault] = field(default_factory=list)
    count: int = 0
    lost: int = 0
    unread: set[str] = field(default_factory=set)
    """Keys of entries whose rows stand in the file and could not be read."""
    nameless: list[str] = field(default_factory=list)
    """A mark for each row of which nobody knows whose it is, of what stands in it."""
    _keys: set[str] = field(default_factory=set)
    _weighed: int = 0
    """Names in all."""
    _lettered: int = 0
    """Names with other letters than those of ASCII."""
    _garbled: list[str] = field(default_factory=list)

    def find(  # noqa: PLR0913 - what is wrong where, and what is known of a row that is lost
        self,
        row: int,
        where: str,
        rule: FaultRule,
        value: object = "",
        *,
        key: str = "",
        said: object = None,
    ) -> None:
        """Note what is wrong; only the first thousand are kept word by word, all are counted.

        Of a row that gives no entry, `key` is the one that its entry has, and without one `said` is
        all that stands in it: by that the row is known again in the next file.
        """
        if self.part and not where.startswith(self.part):
            where = f"{self.part}: {where}"
        shown = str(value).replace("\x00", "\\0")[: LIMITS["value_shown"]]
        fault = Fault(row, where, rule, shown, key[: LIMITS["key"]])
        self.count += 1
        if fault.loses_the_entry:
            self.lost += 1
            if key:
                self.unread.add(key)
            else:
                self.nameless.append(_mark(rule, value if said is None else said))
        if len(self.faults) < LIMITS["faults_kept"]:
            self.faults.append(fault)

    def claim(self, key: str, row: int) -> str:
        """Give a key that no entry of the file has; a second one is told and numbered."""
        if key not in self._keys:
            self._keys.add(key)
            return key
        self.find(row, "key", FaultRule.TWICE, key)
        number = 2
        while f"{key}#{number}" in self._keys:
            number += 1
        return self.claim(f"{key}#{number}", row)

    def known(self, key: str, row: int) -> str:
        """Give the key of a row that gives no entry, as `claim` does; "" where it tells none."""
        return self.claim(key, row) if key else ""

    def weigh(self, name: str, *, garbled: bool) -> None:
        """Take a name into account that may have been read in another encoding."""
        self._weighed += 1
        self._lettered += not name.isascii()
        if garbled:
            self._garbled.append(name[: LIMITS["value_shown"]])

    def demand_letters(self) -> None:
        """Refuse a file most of whose letters are read as signs; a few names may be so themselves.

        Few are fewer than three, or than one of a hundred names of the file.
        """
        garbled = len(self._garbled)
        most = garbled * 2 > self._lettered and garbled * _SHARE >= self._weighed
        if garbled >= _FEW and most:
            raise ListRefused(
                f"{self.name}: letters were read as signs, as in {self._garbled[0]!r}; it says "
                "another encoding than it has, or was saved in one; fetch the file again"
            )

    def check(self, entry: Entry) -> Entry:
        """Note what a matcher should know of the names; refuse what no list can hold."""
        row = entry.rows[0] if entry.rows else 0
        if len(entry.key) > LIMITS["key"]:
            raise ListRefused(
                f"{self.name}, row {row}: the number {entry.key[:40]}… is longer than any; "
                "fetch the file again"
            )
        if len(entry.names) > LIMITS["names"]:
            raise ListRefused(f"{self.name}, row {row}: {len(entry.names)} names; fetch it again")
        for each in entry.names:
            if len(each.text.replace(" ", "")) == 1:
                self.find(row, "name", FaultRule.SHORT, each.text)
        return entry


def _mark(rule: FaultRule, said: object) -> str:
    text = f"{rule}|{said}".encode("utf-8", "replace")
    return sha256(text).hexdigest()[:16]
