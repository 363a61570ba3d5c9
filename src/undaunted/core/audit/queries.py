"""Reading the chain: verification against its own links and against an outside anchor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

from undaunted.core.audit.models import Entry, Head
from undaunted.core.audit.rules import GENESIS

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Anchor", "ChainReport", "anchor", "entries_about", "verify_chain"]

_FOUND = {
    "missing": "entry {} is missing or out of place",
    "loose": "entry {} does not follow the one before",
    "changed": "entry {} was changed",
    "detail": "the detail of entry {} was changed",
}


@dataclass(frozen=True, slots=True)
class Anchor:
    """Number and hash of an entry, kept outside the instance."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What verification found; `problems` says at which entry and what."""

    entries: int
    head: str
    problems: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Nothing was edited, deleted, reordered or cut."""
        return not self.problems


def anchor() -> Anchor:
    """Give the head of the chain, to be kept where the server's master cannot reach it."""
    head = Head.objects.get(pk=1)
    return Anchor(seq=head.seq, hash=head.hash)


def verify_chain(against: Anchor | None = None) -> ChainReport:
    """Walk the whole chain and compare it with `against`, an anchor kept outside.

    The database walks it and compares each detail with its digest, so that nobody reads for it what
    others did.
    """
    kept = against or Anchor(seq=0, hash=GENESIS)
    number, head, anchored = 0, GENESIS, kept.seq == 0
    problems: list[str] = []
    for found, at, link in _walked(kept):
        if found in _FOUND:
            problems.append(_FOUND[found].format(at))
        elif found == "anchored":
            anchored = True
        else:
            number, head = at, link
    told = Head.objects.get(pk=1)
    if (told.seq, told.hash) != (number, head):
        problems.append(f"the head says entry {told.seq}, the chain ends at {number}")
    if not anchored:
        problems.append("the chain does not contain the anchored entry")
    return ChainReport(entries=number, head=head, problems=tuple(problems))


def entries_about(subject_kind: str, subject_id: str) -> Iterator[Entry]:
    """Entries about one thing, newest first, as far as row security shows them."""
    yield from Entry.objects.filter(subject_kind=subject_kind, subject_id=subject_id).order_by(
        "-seq"
    )


def _walked(kept: Anchor) -> list[tuple[str, int, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT found, number, hash FROM audit_walk(%s, %s)", [kept.seq, kept.hash])
        walked: list[tuple[str, int, str]] = cursor.fetchall()
    return walked
