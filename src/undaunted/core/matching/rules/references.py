"""What can be judged to be the same as something else, named without naming anybody."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["EntryKey", "Named", "Reference", "ReferenceMalformed", "entry_reference"]

EntryKey = tuple[str, str]
"""Source and key of an entry of a list: what stays when versions come and go."""


class ReferenceMalformed(ValueError):
    """A text names nothing that can be judged; the message says how it is written."""


class Named(StrEnum):
    """What a reference names."""

    ENTRY = "entry"
    """An entry of a list; everybody may read it."""
    PARTY = "party"
    """Somebody of the ledger of events."""
    PERSON = "person"
    """A person of the registry."""
    COMPANY = "company"
    """Somebody with a part in an investment that is screened."""
    NOTICE = "notice"
    """Somebody named by a notice of a police organisation."""


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """Names one thing: what it is, and its key. The key of an entry is `source:key`."""

    kind: Named
    key: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"

    @property
    def entry(self) -> EntryKey:
        """Source and key. Raises `ReferenceMalformed` for what is no entry."""
        source, colon, key = self.key.partition(":")
        if self.kind is not Named.ENTRY or not (source and colon and key):
            raise ReferenceMalformed(f"{self}: is no entry of a list; write source:key")
        return source, key

    @classmethod
    def read(cls, text: str) -> Reference:
        """Give the reference that a text writes. Raises `ReferenceMalformed`."""
        kind, colon, key = text.partition(":")
        if not (colon and key and kind in set(map(str, Named))):
            kinds = ", ".join(Named)
            raise ReferenceMalformed(f"{text!r}: write kind:key, the kind one of {kinds}")
        return cls(Named(kind), key)


def entry_reference(key: EntryKey) -> Reference:
    """Name an entry by its source and key."""
    return Reference(Named.ENTRY, ":".join(key))
