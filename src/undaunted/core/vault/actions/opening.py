"""Opening what was sealed to a record, for somebody in its team whose key is open."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from pyrage import x25519

from undaunted.core.audit.actions import record_entry
from undaunted.core.vault.queries import record_key_for, sealing_for, sealings_for
from undaunted.core.vault.readers import opened, opened_stream
from undaunted.core.vault.rules import (
    HEAD,
    KEY_KIND,
    KEY_VERSION,
    AlteredEnvelope,
    Binding,
    NotForThisKey,
    OlderSequence,
    OpenKey,
    WrongVersion,
    head_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from pyrage.x25519 import Identity

    from undaunted.core.access.rules import Actor
    from undaunted.core.vault.models import RecordKey, Sealing
    from undaunted.core.vault.writers import Sink

__all__ = ["identity_of", "open_all", "open_sealed", "open_stream"]


def open_sealed(  # noqa: PLR0913  (what, as what, with which key, by whom, when, by which right)
    envelope: bytes,
    record: UUID,
    *,
    kind: str,
    version: int,
    key: OpenKey,
    actor: Actor,
    at: datetime,
    sequence: int | None = None,
    right: str = "role",
) -> bytes:
    """Give the content of `envelope`, which must be what `record` holds under `kind`.

    Without `sequence` only the latest is accepted; an earlier one put in its place is refused. Who
    opened what under which `right` is in the audit trail.

    Raises a `VaultError` that names what is wrong; then nothing was released.
    """
    held, sealing = _asked(record, kind, version, sequence, actor=actor)
    identity = identity_of(held, key=key, actor=actor)
    content = opened(envelope, _bound(held, sealing), identity)
    _require_head(envelope[:HEAD], sealing)
    _note(sealing, actor=actor, at=at, right=right)
    return content


def open_all(  # noqa: PLR0913  (as `open_sealed`)
    envelopes: Sequence[tuple[str, int, bytes]],
    record: UUID,
    *,
    version: int,
    key: OpenKey,
    actor: Actor,
    at: datetime,
    right: str = "role",
) -> list[bytes]:
    """Give the contents of many things of one record, as `open_sealed`: (kind, sequence, envelope).

    The record's key is opened once, and one entry of the audit trail names them all. Raises a
    `VaultError`; then nothing was released.
    """
    held = record_key_for(actor, record)
    identity = identity_of(held, key=key, actor=actor)
    sealings = sealings_for(actor, held.record)
    contents = []
    for kind, sequence, envelope in envelopes:
        sealing = sealings.get((kind, sequence))
        if sealing is None:
            raise OlderSequence(f"nothing of kind {kind} was sealed under that number")
        if sealing.version != version:
            raise WrongVersion(f"version {sealing.version} was sealed, {version} was asked for")
        contents.append(opened(envelope, _bound(held, sealing), identity))
        _require_head(envelope[:HEAD], sealing)
    record_entry(
        "record.opened",
        actor=actor,
        subject_kind="sealed_record",
        subject_id=record,
        at=at,
        right=right,
        detail={"sealings": [f"{kind} {sequence}" for kind, sequence, _ in envelopes]},
    )
    return contents


def open_stream(  # noqa: PLR0913  (as `open_sealed`)
    source: IO[bytes],
    sink: Sink,
    record: UUID,
    *,
    kind: str,
    version: int,
    key: OpenKey,
    actor: Actor,
    at: datetime,
    sequence: int | None = None,
    right: str = "role",
) -> int:
    """Release the content of the envelope in `source` into `sink`, as `open_sealed`; its length.

    `source` is read twice from where it stands, and nothing is released before all of it was found
    good. Keep it from being written meanwhile: hand in a file that is already open.
    """
    held, sealing = _asked(record, kind, version, sequence, actor=actor)
    identity = identity_of(held, key=key, actor=actor)
    begin = source.tell()
    start = source.read(HEAD)
    source.seek(begin)
    _require_head(start, sealing)
    length = opened_stream(source, sink, _bound(held, sealing), identity)
    _note(sealing, actor=actor, at=at, right=right)
    return length


def identity_of(held: RecordKey, *, key: OpenKey, actor: Actor) -> Identity:
    """Give the private key of a record to the vault's own actions."""
    if key.user != actor.person:
        raise NotForThisKey("this is somebody else's key")
    bound = Binding(held.record.tenant, held.record_id, KEY_KIND, KEY_VERSION, held.sequence)
    text = opened(bytes(held.sealed), bound, key.identity, key=True)
    identity = x25519.Identity.from_str(text.decode())
    if str(identity.to_public()) != held.record.recipient:
        raise AlteredEnvelope("the key in the table is not this record's")
    return identity


def _asked(
    record: UUID, kind: str, version: int, sequence: int | None, *, actor: Actor
) -> tuple[RecordKey, Sealing]:
    held = record_key_for(actor, record)
    sealing = sealing_for(actor, record, kind, sequence)
    if sealing.version != version:
        raise WrongVersion(f"version {sealing.version} was sealed, {version} was asked for")
    return held, sealing


def _bound(held: RecordKey, sealing: Sealing) -> Binding:
    return Binding(
        held.record.tenant, held.record_id, sealing.kind, sealing.version, sealing.sequence
    )


def _require_head(start: bytes, sealing: Sealing) -> None:
    if head_of(start) != sealing.head:
        raise AlteredEnvelope("this is not the envelope that was sealed under that number")


def _note(sealing: Sealing, *, actor: Actor, at: datetime, right: str) -> None:
    record_entry(
        "record.opened",
        actor=actor,
        subject_kind="sealed_record",
        subject_id=sealing.record_id,
        at=at,
        right=right,
        detail={"kind": sealing.kind, "sequence": sealing.sequence},
    )
