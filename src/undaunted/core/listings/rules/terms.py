"""Words of lists: kinds of entries, qualities of names, measures, events, and what can be wrong."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["LIMITS", "Came", "EventKind", "FaultRule", "Kind", "ListChange", "Measure", "Quality"]

LIMITS = {
    "file_bytes": 512 * 2**20,
    "record_bytes": 16 * 2**20,
    "rows": 2_000_000,
    "name": 1_000,
    "key": 200,
    "text": 60_000,
    "value_shown": 120,
    "faults_kept": 1_000,
    "names": 2_000,
}
"""What a list may hold at most: real lists stay far below."""


class Kind(StrEnum):
    """What an entry is about."""

    PERSON = "person"
    BODY = "body"
    SHIP = "ship"
    AIRCRAFT = "aircraft"
    OTHER = "other"


class Quality(StrEnum):
    """How an issuer gives a name."""

    PRIMARY = "primary"
    ALIAS = "alias"
    WEAK = "weak"
    FORMER = "former"


class Measure(StrEnum):
    """What is imposed on an entry."""

    ASSET_FREEZE = "asset_freeze"
    ENTRY_BAN = "entry_ban"
    ARMS = "arms"
    EXPORT = "export"
    IMPORT = "import"
    FINANCE = "finance"
    INVESTMENT = "investment"
    SERVICES = "services"
    TRANSPORT = "transport"
    DEBARMENT = "debarment"
    CLAIMS = "claims"
    OTHER = "other"


class EventKind(StrEnum):
    """What happened to an entry on a day; each is a fact of its own."""

    DESIGNATED = "designated"
    AMENDED = "amended"
    RE_ENACTED = "re_enacted"
    DELISTED = "delisted"
    EXPIRES = "expires"


class Came(StrEnum):
    """How a file came here: brought by a person, or fetched from the address an operator gave.

    Of a file that tells no day of its own, whoever brings it may give one.
    """

    BROUGHT = "brought"
    DATED = "dated"
    FETCHED = "fetched"


class ListChange(StrEnum):
    """What a later version did to an entry."""

    ADDED = "added"
    AMENDED = "amended"
    REMOVED = "removed"


class FaultRule(StrEnum):
    """What is wrong with a row or a field; the first ones cost the entry, the others a field."""

    NO_NAME = "no_name"
    NO_KEY = "no_key"
    CELLS = "cells"
    TWICE = "twice"
    ORPHAN = "orphan"
    TOO_LONG = "too_long"
    DATE = "date"
    SERIAL = "serial"
    WORD = "word"
    SHORT = "short"
    HIDDEN = "hidden"
    MIXED = "mixed"
    RESPELT = "respelt"

    @property
    def loses_the_entry(self) -> bool:
        """Whether a row with this fault gives no entry."""
        return self in {FaultRule.NO_NAME, FaultRule.NO_KEY, FaultRule.CELLS, FaultRule.ORPHAN}
