"""Where the next thing sealed to a record belongs, and writing down that it was sealed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, connections, transaction

from undaunted.core.audit.actions import record_entry
from undaunted.core.vault.models import Record, RecordKey, Sealing, mark, require_mark
from undaunted.core.vault.queries import team_keys
from undaunted.core.vault.rules import (
    KEY_KIND,
    KEY_VERSION,
    RECOVERY_KIND,
    SHARE_KIND,
    Binding,
    ErasedRecord,
    NotThatTeam,
    SealRefused,
    head_of,
    new_identity,
)
from undaunted.core.vault.writers import sealed

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from pyrage.x25519 import Identity

    from undaunted.core.access.rules import Actor

__all__ = [
    "Draft",
    "Place",
    "draft_in",
    "keep_record",
    "let_go",
    "note_sealing",
    "place_in",
    "place_of",
    "settle",
    "wait_for_team",
]


@dataclass(frozen=True, slots=True)
class Place:
    """What the next envelope is bound to, and the public key it is sealed to."""

    binding: Binding
    recipient: str


@dataclass(frozen=True, slots=True, repr=False)
class Draft:
    """A place that is not written down yet, with the private key of a record that is new."""

    place: Place
    identity: Identity | None


def place_in(  # noqa: PLR0913  (as `seal_for`)
    team: UUID, record: UUID, kind: str, version: int, *, actor: Actor, at: datetime, door: str
) -> Place:
    """Give the place of one more thing in `record`, which is made when it is new."""
    found = place_of(team, record, kind, version, door=door)
    if found is not None:
        return found
    return _write(new_identity(), team, record, kind, version, actor=actor, at=at, door=door)


def draft_in(  # noqa: PLR0913  (as `seal_for`)
    team: UUID, record: UUID, kind: str, version: int, *, actor: Actor, door: str
) -> Draft:
    """Give the place of one more thing without writing anything: it takes long to arrive."""
    found = place_of(team, record, kind, version, door=door)
    if found is not None:
        return Draft(found, None)
    identity = new_identity()
    bound = Binding(team_keys(actor, team, door=door).holder, record, kind, version, 1)
    return Draft(Place(bound, str(identity.to_public())), identity)


def settle(draft: Draft, team: UUID, *, actor: Actor, at: datetime, door: str) -> None:
    """Write a draft's place down, for whoever is in the team now. Raises `SealRefused`."""
    bound = draft.place.binding
    asked = (bound.record, bound.kind, bound.version)
    if draft.identity is not None:
        _write(draft.identity, team, *asked, actor=actor, at=at, door=door)
    elif place_of(team, *asked, door=door) != draft.place:
        raise SealRefused("something else was sealed to this record meanwhile; send it again")


def let_go(door: str) -> None:
    """Give the connection back while nothing is asked of it, unless a transaction is open on it."""
    if not connections[door].in_atomic_block:
        connections[door].close()


def place_of(team: UUID, record: UUID, kind: str, version: int, *, door: str) -> Place | None:
    """Give the place of one more thing in a record that exists; None where it does not.

    Raises `NotThatTeam`, `ErasedRecord`, `UnvouchedRow`, `SealRefused`.
    """
    if kind in {KEY_KIND, RECOVERY_KIND, SHARE_KIND}:
        raise SealRefused(f"kind {kind}: this name is the vault's own")
    with connections[door].cursor() as cursor:
        cursor.execute("SELECT * FROM vault_place(%s, %s)", [record, kind])
        found = cursor.fetchone()
    if found is None:
        return None
    tenant, holder_team, recipient, given, erased, sequence = found
    if holder_team != team:
        raise NotThatTeam("this record belongs to another team")
    if erased:
        raise ErasedRecord("this record was erased; nothing is sealed to it any more")
    require_mark(given, "record", record, tenant, team, recipient)
    return Place(Binding(tenant, record, kind, version, sequence), recipient)


def keep_record(  # noqa: PLR0913  (a record's columns)
    team: UUID, record: UUID, tenant: UUID, recipient: str, box: bytes, *, at: datetime, door: str
) -> None:
    """Write a new record and its sealed key. Raises `NotThatTeam` where the id is taken."""
    try:
        with transaction.atomic(using=door):
            Record.objects.using(door).create(
                pk=record,
                tenant=tenant,
                team_id=team,
                recipient=recipient,
                made_at=at,
                vouched=mark("record", record, tenant, team, recipient),
            )
    except IntegrityError as problem:
        raise NotThatTeam("there is no such record for you") from problem
    RecordKey.objects.using(door).create(record_id=record, sealed=box, sealed_at=at)


def wait_for_team(team: UUID, *, door: str) -> None:
    """Let a re-sealing of the team that is under way end first, so that no key misses a member."""
    with connections[door].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 0))", [str(team)])


def note_sealing(bound: Binding, start: bytes, *, actor: Actor, at: datetime, door: str) -> None:
    """Write down, in the vault and in the audit trail, what was sealed."""
    head = head_of(start)
    facts = (bound.record, bound.kind, bound.version, bound.sequence, head)
    Sealing.objects.using(door).create(
        record_id=bound.record,
        kind=bound.kind,
        version=bound.version,
        sequence=bound.sequence,
        head=head,
        at=at,
        vouched=mark("sealing", *facts),
    )
    record_entry(
        "record.sealed",
        actor=actor,
        subject_kind="sealed_record",
        subject_id=bound.record,
        at=at,
        detail={"kind": bound.kind, "sequence": bound.sequence, "head": head},
        using=door,
    )


def _write(  # noqa: PLR0913  (as `seal_for`)
    identity: Identity,
    team: UUID,
    record: UUID,
    kind: str,
    version: int,
    *,
    actor: Actor,
    at: datetime,
    door: str,
) -> Place:
    wait_for_team(team, door=door)
    keys = team_keys(actor, team, door=door)
    bound = Binding(keys.holder, record, KEY_KIND, KEY_VERSION, 1)
    box = sealed(str(identity).encode(), bound, keys.recipients.values(), key=True)
    recipient = str(identity.to_public())
    keep_record(team, record, keys.holder, recipient, box, at=at, door=door)
    return Place(Binding(keys.holder, record, kind, version, 1), recipient)
