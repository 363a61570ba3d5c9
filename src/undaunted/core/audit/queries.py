"""Reading the chain: verification against its own links and against an outside anchor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.core.audit.models import Detail, Entry, Head
from undaunted.core.audit.rules import GENESIS, chain_hash, digest_of

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Anchor", "ChainReport", "anchor", "entries_about", "verify_chain"]

_BATCH = 5_000


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
    """Walk the whole chain and compare it with `against`, an anchor kept outside."""
    previous, number, anchored = GENESIS, 0, against is None or against.seq == 0
    problems: list[str] = []
    for entry, detail in _entries():
        number += 1
        problems += _problems_of(entry, detail, number=number, previous=previous)
        if against is not None and entry.seq == against.seq:
            anchored = entry.hash == against.hash
        previous, number = entry.hash, entry.seq or number
    head = Head.objects.get(pk=1)
    if (head.seq, head.hash) != (number, previous):
        problems.append(f"the head says entry {head.seq}, the chain ends at {number}")
    if not anchored:
        problems.append("the chain does not contain the anchored entry")
    return ChainReport(entries=number, head=previous, problems=tuple(problems))


def entries_about(subject_kind: str, subject_id: str) -> Iterator[Entry]:
    """Entries about one thing, newest first, as far as row security shows them."""
    yield from Entry.objects.filter(subject_kind=subject_kind, subject_id=subject_id).order_by(
        "-seq"
    )


def _entries() -> Iterator[tuple[Entry, Detail | None]]:
    done = -(2**62)
    while batch := list(Entry.objects.filter(seq__gt=done).order_by("seq")[:_BATCH]):
        details = Detail.objects.in_bulk([entry.pk for entry in batch])
        yield from ((entry, details.get(entry.pk)) for entry in batch)
        done = batch[-1].seq or 0


def _problems_of(
    entry: Entry, detail: Detail | None, *, number: int, previous: str
) -> Iterator[str]:
    if entry.seq != number:
        yield f"entry {number} is missing or out of place"
    if entry.previous != previous:
        yield f"entry {entry.seq} does not follow the one before"
    made = chain_hash(
        previous=entry.previous,
        seq=entry.seq or 0,
        at=entry.at,
        actor=entry.actor,
        verb=entry.verb,
        subject_kind=entry.subject_kind,
        subject_id=entry.subject_id,
        right=entry.right,
        digest=entry.digest,
    )
    if made != entry.hash:
        yield f"entry {entry.seq} was changed"
    if detail is not None and digest_of(detail.detail) != entry.digest:
        yield f"the detail of entry {entry.seq} was changed"
