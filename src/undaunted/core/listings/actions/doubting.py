"""One load while it goes on, and whether what came may be the list."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from undaunted.core.access.rules import PUBLIC
from undaunted.core.listings.models import ListVersion
from undaunted.core.listings.queries import missing_from
from undaunted.core.listings.readers import Reading, published_day
from undaunted.core.listings.rules import (
    Doubt,
    Kind,
    ListRefused,
    Nameless,
    doubts_of,
    halved_of,
    kept_of,
    nameless_of,
    said_by,
    too_faulty,
)

if TYPE_CHECKING:
    from undaunted.core.listings.actions.succeeding import Keys, Numbers

__all__ = ["ListDoubted", "Load", "demand_sound"]


class ListDoubted(ListRefused):
    """The file is whole and readable, and yet may not be the list; a person has to confirm it."""

    def __init__(self, message: str, doubts: tuple[Doubt, ...]) -> None:
        super().__init__(message)
        self.doubts = doubts


@dataclass(slots=True)
class Load:
    """One load while it goes on: what stood before, what came, and what waits to be written."""

    source: str
    version: str
    before: dict[str, str]
    """The digest of each entry that stands, by its key."""
    stood: Counter[str]
    """How many of each kind stand, and how many have come."""
    keys: Keys | Numbers | None = None
    """Of a list whose entries may come under other keys, and of which something stands."""
    came: Counter[str] = field(default_factory=Counter)
    seen: dict[str, str] = field(default_factory=dict)
    """The digest of each entry that has come, by its key."""
    kept: frozenset[str] = frozenset()
    """Keys of entries that stand, or stood before, and whose rows came and could not be read."""
    nameless: Nameless = field(default_factory=Nameless)
    """The rows that nobody can place."""
    added: int = 0
    amended: int = 0
    waiting: list[dict[str, Any]] = field(default_factory=list)

    @property
    def gone(self) -> set[str]:
        """Keys of entries that stand and have not come, not even in a row that nobody can read."""
        return self.before.keys() - self.seen.keys() - self.kept

    @property
    def said(self) -> str:
        """Name what the list says with this version, what is kept of the one before included."""
        standing = {key: self.before[key] for key in self.kept & self.before.keys()}
        return said_by({**standing, **self.seen})

    def settle(
        self, told: Reading, standing: ListVersion | None, restored: frozenset[str] = frozenset()
    ) -> None:
        """Say whose rows could not be read, once the last one was.

        `restored` are keys of those who had gone. A key that nobody ever had, as one that is cut or
        new, tells as little as none. A row that nobody can place may also be whom one person's file
        alone had dropped before.
        """
        self.kept = kept_of(self.gone, told.unread) | restored
        strange = sorted(told.unread - self.before.keys() - self.seen.keys())
        rows = (*told.nameless, *(f"key {key}" for key in strange))
        before = standing.unplaced if standing else Nameless()
        lost = standing.lost if standing else 0
        gone = bool(self.gone or (rows and missing_from(PUBLIC, self.source, face="default")))
        self.nameless = nameless_of(rows, before, gone=gone, told_before=lost)

    def lacks_the_same(self, standing: ListVersion) -> bool:
        """Whether the same rows could not be read as in the version in force."""
        doubtful, settled = map(list, (self.nameless.doubtful, self.nameless.settled))
        same = standing.settled is None or standing.settled == settled
        return self.kept == set(standing.kept) and standing.nameless == doubtful and same


def demand_sound(
    load: Load, told: Reading, standing: ListVersion | None, *, digest: str, confirmed: bool
) -> tuple[Doubt, ...]:
    """Refuse a file with too many bad rows; ask for a word where it may not be the list.

    `digest` is of its bytes. Gives the doubts that a person's word overcame; raises `ListRefused`
    and `ListDoubted`.
    """
    if too_faulty(told.lost, len(load.seen)):
        first = told.faults[0]
        raise ListRefused(
            f"{told.name}: {told.lost} rows give no entry, beside {len(load.seen)} that do; the "
            f"first fault is in row {first.row}, {first.field}: {first.rule}. Fetch the file again"
        )
    removed, taken_back = len(load.gone), _taken_back(load, digest)
    published, earlier = published_day(told), standing.published if standing else ""
    same = standing is not None and standing.digest == digest
    doubts = doubts_of(
        load.stood,
        load.came,
        removed=removed,
        older=bool(published and earlier and published < earlier),
        redated=bool(same and published and earlier and published > earlier),
        withdrawn=taken_back is not None and bool(load.added or load.amended or removed),
    )
    if doubts and not confirmed:
        words = {
            Doubt.HALVED: _shrunk(load),
            Doubt.REPLACED: f"{removed} of {len(load.before)} entries are gone: half or more",
            Doubt.OLDER: f"it is of {published}, the version in force of {earlier}",
            Doubt.REDATED: f"the same file stands as of {earlier}, and is now of {published}",
            Doubt.WITHDRAWN: f"it says what version {taken_back} said, which was withdrawn",
        }
        said = "; ".join(words[doubt] for doubt in doubts)
        raise ListDoubted(f"{told.name}: {said}", doubts)
    return doubts


def _taken_back(load: Load, digest: str) -> int | None:
    """Give the number of the last version of these bytes, or entries, that was withdrawn."""
    rows = ListVersion.objects.using("default").filter(source=load.source)
    same = rows.filter(Q(digest=digest) | Q(said=load.said), withdrawn_at__isnull=False)
    return same.order_by("-number").values_list("number", flat=True).first()


def _shrunk(load: Load) -> str:
    """Say of what half or fewer are left."""
    named = {"": "entries", Kind.PERSON: "persons", Kind.BODY: "organisations"}
    stood, came = Counter(load.stood), Counter(load.came)
    stood[""], came[""] = stood.total(), came.total()
    halved = halved_of(load.stood, load.came)
    said = ", ".join(f"{came[each]} {named[each]} where {stood[each]} stand" for each in halved)
    return f"{said}: half or fewer"
